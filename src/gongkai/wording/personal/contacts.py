"""Mail boxes, number plates, homes and health (PII.MAIL, PII.L3, PII.CAR, PII.ADDR, PII.HEALTH)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from gongkai.wording.data_files import lines_of
from gongkai.wording.personal.addresses import address_from, is_dwelling
from gongkai.wording.personal.health import find_health
from gongkai.wording.personal.names import Name
from gongkai.wording.personal.phones import stands_between
from gongkai.wording.personal.surroundings import Hit, sentence_start

_MAIL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,63}\s?@\s?((?:[A-Za-z0-9-]+\s?\.\s?)+[A-Za-z]{2,12})")
_PRIVATE_BOX = re.compile(
    r"申请人|申请者|原告|第三人|投诉人|举报人|来信人|信访人|当事人|个人邮箱|私人邮箱|本人邮箱|家长|业主|村民"
)
_OFFICE_BOX = re.compile(
    r"邮箱|信箱|投稿|联系|受理|咨询|办公|举报|监督|单位|机构|电子邮件|传真|邮编|地址|投递|报送|发送至|反馈|官方|客服|mail",
    re.IGNORECASE,
)
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼](?<![A-Za-z0-9].)"
    r"(?<!四.)[A-HJ-NP-Z]\s?[·•.]?\s?(?=[A-HJ-NP-Z0-9]{0,5}\d)[A-HJ-NP-Z0-9]{5,6}(?![A-Za-z0-9/_-])"
    # 云A12345号公告 is a document
    r"(?!号(?:公告|令|通知|通告|决定|文|批复|函|许可|备案|标准|航班|地块|宗地|提案|建议|议案))"
)
_HOME_CUE = re.compile(
    r"家庭住址|家庭地址|家住|住址|现居住?|现住|常住地址|户籍地|户籍所在地|户籍位于|户口所在地|户籍地址|户口地址|居住[地在于]"
    r"|住(?=[^宿房建所院户宅址])"
)
# 邮寄地址, 联系地址: an office has one too, so a private person must be named in the sentence.
_POST_CUE = re.compile("地址|坐落")
_OF_A_PERSON = re.compile(r"(?:通讯|联系|邮寄|收件|收货|送达|房屋)\Z")


def find_contacts(text: str, names: Sequence[Name]) -> list[Hit]:
    """Mail boxes, plates, homes and words of health in simplified text."""
    hits: list[Hit] = []
    if "@" in text:
        hits += _mail_boxes(text, names)
    hits += [Hit("PII.CAR", found.start(), found.end(), "private") for found in _PLATE.finditer(text)]
    hits += homes(text)
    hits += _post_addresses(text, names)
    if names:
        hits += find_health(text, names)
    return hits


def _mail_boxes(text: str, names: Sequence[Name]) -> Iterator[Hit]:
    """A box beside a private person is that person's; else a commercial one is a poor contact (PII.L3)."""
    for found in _MAIL.finditer(text):
        earliest = max(0, found.start() - 200)
        sentence = max(earliest, *(text.rfind(stop, earliest, found.start()) + 1 for stop in "。;\n"))
        private = stands_between(names, sentence, found.start())
        if private or _PRIVATE_BOX.search(text, max(sentence, found.start() - 20), found.start()):
            if not _is_official(found.group(1)):
                yield Hit("PII.MAIL", found.start(), found.end(), "private")
        elif "".join(found.group(1).lower().split()) in commercial_mailboxes():
            yield Hit("PII.L3", found.start(), found.end(), "contact")
        elif not _is_official(found.group(1)) and not _OFFICE_BOX.search(text, sentence, found.start()):
            yield Hit("PII.MAIL", found.start(), found.end(), "unclear")


def _is_official(domain: str) -> bool:
    return "".join(domain.lower().split()).endswith(".gov.cn")


@cache
def commercial_mailboxes() -> frozenset[str]:
    """Domains of commercial mail providers, from data/commercial_mailboxes.txt."""
    return frozenset(line.strip() for line in lines_of("commercial_mailboxes.txt"))


def homes(text: str) -> Iterator[Hit]:
    """An address with a number of a house or a group after a word of residence, which no office has."""
    for cue in _HOME_CUE.finditer(text):
        if cue.group() == "住" and text[cue.start() - 1 : cue.start()] not in ("(", ","):  # 某某(住某镇…)
            continue
        place = address_from(text, cue.end())
        if place:
            yield Hit("PII.ADDR", *place, "private")


def _post_addresses(text: str, names: Sequence[Name]) -> Iterator[Hit]:
    """地址, 坐落: an office has one too, so a person must be named, or the place be where people live."""
    for cue in _POST_CUE.finditer(text):
        place = address_from(text, cue.end())
        if place is None:
            continue
        sentence = sentence_start(text, cue.start())
        personal = _OF_A_PERSON.search(text, max(0, cue.start() - 2), cue.start())
        named = stands_between(names, sentence, cue.start()) or _PRIVATE_BOX.search(
            text, sentence, cue.start()
        )
        received = stands_between(names, place[1], place[1] + 4)
        if (personal and (named or received)) or is_dwelling(text, max(sentence, cue.start() - 30), *place):
            yield Hit("PII.ADDR", *place, "private")
