"""Names in letters and replies (PII.NAME): before 先生, 女士, 同志, in a salutation, on an envelope.

先生 and 女士 are written of anybody, 同志 of officials above all: before 同志 a name is a private
person's only where the words around it are of requests, complaints or relief. Whoever holds a post, or acts
as one who does, stays, and so do names that everybody knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from gongkai.wording.data_files import lines_of
from gongkai.wording.personal.name_data import is_name
from gongkai.wording.personal.surroundings import sentence_start

_TITLE = re.compile("先生|女士|小姐|同志")
# What may stand right before a name, beside the beginning of a clause and any sign.
_LEFT = re.compile(
    r"(?:\A|[^一-龥]|[的将对由和与及给向为让把被致因叫按以]|感谢|关于|收到|接到|回复|答复|慰问|看望|帮助|救助|约见|走访|通知|告知"
    r"|群众|村民|居民|市民|农民|业主|网友|职工|学生|老人|患者|家属|对象|人员|军人|[诉举来申当死信]人|人|户|者)\Z"
)
_POST = re.compile(
    r"(?:[长席]|书记|主任|常委|委员|领导|干部|教授|代表|专员|参事|总裁|总监|经理|董事|律师|专家|院士|记者|秘书|助理|顾问|作者|嘉宾"
    r"|联系人|主持人|发言人|负责人|主讲人|经办人|承办人|审核人|签发人|任|免去|学习|缅怀|纪念|弘扬|悼念|任命|选举|提名|推荐|委派)"
    r"[:\s]{0,2}\Z"
)
_PUBLIC_ACT = re.compile(
    r"[^。;!?\n]{0,16}?(?:主持|强调|指出|讲话|出席|部署|调研|批示|授课|致辞|作报告|会见|带队|担任|任职|任[一-龥]{1,8}[长记任席员]"
    r"|为[一-龥]{2,14}[长记任席员]|的?(?:先进|光辉|革命|重要)|精神|诞辰|逝世)"
)
_PRIVATE_ACT = re.compile(
    r"(?:(?![就在。;!?\n])[^:]){0,10}?(?:反映|来[信电函访]|咨询|投诉|举报|信访|申请|要求公开|诉求|符合|享受|领取|补贴|救助|低保"
    r"|家庭|家住|住[^院]|因病|患|住院|困难|身份证|户籍|手机|[您你]好|收)|:\s{0,4}[您你]"
)
_PRIVATE_BEFORE = re.compile(
    r"(?:感谢|收到|接到|慰问|看望|走访|救助|困难|低保|村民|居民|市民|群众|尊敬的|现将|信访|来信)[^。;!?,:\n]{0,6}\Z"
)
_DOTTED = re.compile(r"[一-龥]{1,8}[·•・][一-龥]{2,8}\Z")
# 请与某某先生联系: whom the office names to be asked.
_TO_BE_ASKED = re.compile(r"请[^。;!?\n]{0,10}?(?:与|同|和|找|向)\Z")
_ASK = re.compile(r"(?:联系|咨询|接洽|联络)")
# 某某：您的……申请已收到; 某某：本机关收到您……
_SALUTATION = re.compile(
    r":\s{0,8}(?=[您你](?!单位|公司|局|厂|校|们|村|社|院)|(?:本机关|我[局镇乡委办厅区县市])[^。\n]{0,30}?收到[您你])"
)
_LINE_HEAD = re.compile(r"(?:\A|\n)[ \t]*(?:尊敬的)?\Z")
_YOU = re.compile(r"[您你]\s?\(\s?([一-龥·•・]{2,14})\s?\)")
_RECEIVER = re.compile(r"收(?:件人)?(?=$|[\s。;,)])")
_BEFORE_THE_WORD = re.compile(r"(?:先生|女士)?\s?\(?\Z")
_SENT = re.compile("地址|邮寄|寄[至到往]|邮编")
_OFFICE = re.compile("办公室|政府|委员会|大厅|中心|单位|机关|[局办科股厅委](?=[\\s(]|[一-龥]{2,3}收)")
_BEFORE_RECEIVER = re.compile(r"(?:[^一-龥]|[室号元组户楼幢栋])\Z")


def names_in_letters(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and role of such names in simplified text."""
    yield from _titled(text)
    yield from _saluted(text)
    yield from _receivers(text)
    for found in _YOU.finditer(text):
        name = found.group(1)
        if is_name(name) or _DOTTED.fullmatch(name):
            yield (*found.span(1), "requester")


@cache
def well_known() -> frozenset[str]:
    """Names of leaders, heroes and models that official texts honour, from data/well_known_people.txt."""
    return frozenset(" ".join(lines_of("well_known_people.txt")).split())


def _titled(text: str) -> Iterator[tuple[int, int, str]]:
    for title in _TITLE.finditer(text):
        start = _name_before(text, title.start(), _LEFT)
        if start < 0 or text[start : title.start()] in well_known():
            continue
        if _POST.search(text, max(0, start - 6), start) or _PUBLIC_ACT.match(text, title.end()):
            continue
        if _ASK.match(text, title.end()) and _TO_BE_ASKED.search(text, max(0, start - 14), start):
            continue
        private = title.group() != "同志" or (
            _PRIVATE_ACT.match(text, title.end()) or _PRIVATE_BEFORE.search(text, max(0, start - 14), start)
        )
        if private:
            yield start, title.start(), "person"


def _saluted(text: str) -> Iterator[tuple[int, int, str]]:
    for colon in _SALUTATION.finditer(text):
        start = _name_before(text, colon.start(), _LINE_HEAD)
        if start >= 0 and not text.endswith(("先生", "女士", "小姐", "同志"), start, colon.start()):
            yield start, colon.start(), "requester"


def _receivers(text: str) -> Iterator[tuple[int, int, str]]:
    for word in _RECEIVER.finditer(text):
        link = _BEFORE_THE_WORD.search(text, max(0, word.start() - 4), word.start())
        end = link.start() if link else word.start()
        start = _name_before(text, end, _BEFORE_RECEIVER)
        first = sentence_start(text, start, 60) if start >= 0 else 0
        if start >= 0 and _SENT.search(text, first, start) and not _OFFICE.search(text, first, word.end()):
            yield start, end, "person"


def _name_before(text: str, end: int, left: re.Pattern[str]) -> int:
    """Where the name that ends at `end` begins, with `left` before it; -1 if none does."""
    if not _DOTTED.search(text, max(0, end - 17), end):
        lengths = [length for length in (4, 3, 2) if length <= end and is_name(text[end - length : end])]
    else:
        dot = max(text.rfind(sign, max(0, end - 9), end) for sign in "·•・")
        lengths = [end - start for start in range(dot - 2, max(-1, dot - 8), -1)] if dot > 1 else []
    for length in lengths:
        if left.search(text, max(0, end - length - 12), end - length):
            return end - length
    return -1
