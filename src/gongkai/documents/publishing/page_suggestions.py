"""What a document says of itself: its title, its number, its date. Suggestions, for a person to confirm."""

from __future__ import annotations

import datetime as dt
import re
from itertools import takewhile

from gongkai.documents.publishing.page_blocks import Block, Paragraph
from gongkai.statute.catalogue import genre_of_title
from gongkai.statute.identifiers import parse_document_number

_HEAD = 25  # paragraphs from the top in which title and number stand
_NUMBER = re.compile(
    r"[一-龥]{1,20}?\s*[〔\[［（(【〖]\s*(?:(?:19|20)\d{2}|[二一][〇○零一二三四五六七八九]{3})\s*年?[〕\]］）)】〗]\s*第?\s*[0-9０-９]{1,6}\s*号"
    r"|[一-龥]{2,20}(?:令|公告)\s*第?\s*\d{1,5}\s*号"
)
_ARABIC_DATE = re.compile(r"((?:19|20)\d{2})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日\Z")
_CHINESE_DATE = re.compile(
    r"([二一][〇○零Ｏ一二三四五六七八九]{3})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日\Z"
)
_COUNT = "〇一二三四五六七八九"
_RED_HEAD = re.compile(r"(?:文件|令|公告|函|通报|纪要)\Z")
_NO_TITLE = re.compile(r"(?:附件|密级|签发人|抄送|机密|秘密|特急|加急|（|\()")
_LONGEST_TITLE = 120
_LONGEST_SALUTATION = 200  # a notice may name a long row of offices
_SENTENCE = re.compile(r"[。；;！!？?：:]")
_NO_SALUTATION = re.compile(rf"{_SENTENCE.pattern}|如下|现[将就把]|根据|按照|为[了做进切贯规]|下列|以下|的")
_ORGAN = re.compile(
    r"(?:政府|委员会|办公室|党委|局|厅|委|部|院|处|科|所|站|中心|馆|社|会|办|指挥部|领导小组|公司|学校|大队|支队)\Z"
)
_MOST_SIGNERS = 6
_SHORT = 60  # characters of a line that holds a number and perhaps a signer


def title_of(blocks: list[Block]) -> tuple[str, list[Paragraph]]:
    """The title and its lines: the first lines in the middle in the largest letters."""
    head = [block for block in blocks[:_HEAD] if isinstance(block, Paragraph)]
    middle = [
        one
        for index, one in enumerate(head)
        if (one.cls in ("centre", "title") or one.titled) and _may_be_title(one) and not _heads(index, head)
    ]
    titled = [one for one in middle if one.titled]
    candidates = titled or middle
    if not candidates:
        return "", []
    largest = max(one.size for one in candidates)
    first = next(one for one in candidates if one.size == largest)
    lines = _title_lines(first, candidates, head)
    text = "".join(" ".join(one.text.split()) for one in lines)
    return (text, lines) if len(text) <= _LONGEST_TITLE else (" ".join(first.text.split()), [first])


def _title_lines(first: Paragraph, candidates: list[Paragraph], head: list[Paragraph]) -> list[Paragraph]:
    """A title of several lines: the same letters, directly below.

    Where the file tells no size, or has all in one, it ends where it names what kind of document it is.
    """
    below = list(
        takewhile(lambda one: one in candidates and one.size == first.size, head[head.index(first) :])
    )
    if first.size > min(one.size for one in head):
        return below
    for count in range(1, len(below) + 1):
        text = "".join("".join(one.text.split()) for one in below[:count])
        if genre_of_title(text) is not None:
            return below[:count]
    return below if first.size else [first]


def _heads(index: int, head: list[Paragraph]) -> bool:
    """Whether a line is the red head (版头), whatever its colour: an organ's name and 文件, then a number."""
    text = "".join(head[index].text.split())
    if not text.endswith("文件") or "关于" in text or "《" in text:
        return False
    return any(_NUMBER.search(one.text) and len(one.text) < _SHORT for one in head[index + 1 : index + 4])


def _may_be_title(one: Paragraph) -> bool:
    text = one.text.strip()
    if (
        not 1 < len(text) <= _LONGEST_TITLE
        or _NO_TITLE.match(text)
        or _NUMBER.fullmatch(text)
        or date_in(text)
    ):
        return False
    return not (one.red and _RED_HEAD.search(text))


def document_number_of(blocks: list[Block]) -> str:
    """The document number (META.3) in its right form; "" where none stands in the head."""
    for block in blocks[:_HEAD]:
        if not isinstance(block, Paragraph):
            continue
        found = _NUMBER.search(block.text)
        # Within a sentence it is another document's.
        if found is None or len(block.text) > len(found.group()) + 20 or "《" in block.text:
            continue
        number = parse_document_number(found.group())
        if number.ok:
            return str(number)
        suggestion = getattr(number, "suggestion", "")
        if suggestion:
            return str(suggestion)
    return ""


def salutation_of(blocks: list[Block]) -> Paragraph | None:
    """Who is written to (主送机关): the first line under head and title that is set nowhere, with a colon.

    GB/T 9704-2012, 7.3.2: at the left edge, without the indent of a paragraph.
    """
    for block in blocks[:_HEAD]:
        if not isinstance(block, Paragraph) or block.tag != "p":
            return None
        if block.cls or _NUMBER.fullmatch("".join(block.text.split())):
            continue
        text = block.text.strip()
        is_one = text.endswith(("：", ":")) and len(text) <= _LONGEST_SALUTATION
        return block if is_one and not _NO_SALUTATION.search(text[:-1]) else None
    return None


def signature_of(blocks: list[Block]) -> list[Paragraph]:
    """The organs' names and the date under the text that the file sets nowhere: they belong at the right."""
    lines = [one for one in blocks if isinstance(one, Paragraph)]
    dated = [at for at, one in enumerate(lines) if date_in(one.text)]
    if not dated or any(lines[at].cls == "right" for at in dated) or lines[dated[-1]].cls:
        return []
    at = dated[-1]
    names: list[Paragraph] = []
    while at - len(names) > 0 and len(names) < _MOST_SIGNERS:
        above = lines[at - len(names) - 1]
        text = "".join(above.text.split())
        if above.tag != "p" or above.cls or len(text) > _SHORT or not _ORGAN.search(text):
            break
        if _SENTENCE.search(text):
            break
        names.append(above)
    return [*names, lines[at]] if names else []


def date_of(blocks: list[Block]) -> dt.date | None:
    """The date under the text (成文日期): a line of nothing but a date, at the right before any other."""
    lines = [block for block in blocks if isinstance(block, Paragraph)]
    dated = [(one, date) for one in lines if (date := date_in(one.text))]
    at_right = [date for one, date in dated if one.cls == "right"]
    if at_right:
        return at_right[0]
    return dated[-1][1] if dated else None


def date_in(text: str) -> dt.date | None:
    """The date that a line consists of; None for any other line.

    >>> date_in("2024年3月5日"), date_in("二〇二四年十二月三十日")
    (datetime.date(2024, 3, 5), datetime.date(2024, 12, 30))
    """
    plain = re.sub(r"\s+", "", text).translate(str.maketrans("０１２３４５６７８９", "0123456789"))
    found = _ARABIC_DATE.match(plain)
    if found:
        parts = [int(part) for part in found.groups()]
    else:
        found = _CHINESE_DATE.match(plain)
        if not found:
            return None
        year = "".join(str(_COUNT.find(digit) if digit in _COUNT else 0) for digit in found[1])
        parts = [int(year), _small(found[2]), _small(found[3])]
    try:
        return dt.date(*parts)
    except ValueError:
        return None


def _small(text: str) -> int:
    """A number below 100 in Chinese.

    >>> _small("十"), _small("二十一")
    (10, 21)
    """
    tens, ten, ones = text.rpartition("十")
    worth = _COUNT.find(ones) if ones else 0
    return (_COUNT.find(tens) if tens else 1) * 10 + worth if ten else worth
