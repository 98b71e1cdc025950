"""What a record says, joined to the words of a letter: one stop where a sentence ends, nothing said twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

STOPS = frozenset("。，；、：.,;:")
_FULL_STOPS = "。！？；…!?;"
_QUOTED = "”’」』）)》]"
_LOOSE = "，、,"  # what no sentence ends with
_LABEL = re.compile(r"(?P<words>[^。，；：！？\s]{2,20})[：:]$")
_CLAUSE = re.compile(r"(?P<words>[^。，；：！？\s]{2,8})，$")
_REVIEWED = re.compile(r"经审[查核]，$")
_REVIEWED_AS = re.compile(r"经[审核查检][^，。；]{0,6}，")


def is_closed(words: str) -> bool:
    """Whether a sentence ends here, be it within a quotation or brackets; after a colon something follows.

    >>> is_closed("不存在。"), is_closed("他问：“在吗？”"), is_closed("明细表（电子版）")
    (True, True, False)
    """
    return words.endswith(("：", ":")) or words.rstrip(_QUOTED).endswith(tuple(_FULL_STOPS))


def closed(words: str) -> str:
    """The words as a sentence; each line but the last of several as a part of it.

    >>> closed("资金拨付明细表（电子版）"), closed("没有找到。")
    ('资金拨付明细表（电子版）。', '没有找到。')
    """
    *lines, last = words.split("\n")
    return "\n".join([*(_ended(line, "；") for line in lines), _ended(last, "。")])


def entries(listed: Sequence[str], *, closes: bool) -> Iterator[str]:
    """A list as lines of a letter: numbered where there are several, and closed as one sentence.

    >>> list(entries(("登记表", "平面图"), closes=True))
    ['1.登记表；', '2.平面图。']
    """
    for number, one in enumerate(listed, 1):
        words = f"{number}.{one}" if len(listed) > 1 else one
        stop = "。" if number == len(listed) else "；"
        yield _ended(words, stop) if closes else words


def joined(line: str, following: str) -> str:
    """A line that goes on with the template's own words: never two stops.

    >>> joined("申请内容为：会议纪要。", "。"), joined("因档案较多；", "，本机关延期")
    ('申请内容为：会议纪要。', '因档案较多，本机关延期')
    """
    if following[:1] not in STOPS or not following:
        return line + following
    kept = line.rstrip("".join(STOPS)) or line
    if following[0] == "。" and is_closed(kept):
        return kept + following[1:]
    return kept + following


def open_end(line: str, words: str) -> str:
    """The line without what the words that come now say themselves.

    >>> open_end("收到您的申请，申请内容为：", "申请公开会议纪要"), open_end("经审查，", "经审查，不存在")
    ('收到您的申请，', '')
    """
    label = _LABEL.search(line)
    if label is not None and label["words"][:2] == words[:2]:
        return line[: label.start()]
    clause = _CLAUSE.search(line)
    if clause is not None and words.startswith(clause["words"]):
        return line[: clause.start()]
    reviewed = _REVIEWED.search(line)
    if reviewed is not None and _REVIEWED_AS.match(words):
        return line[: reviewed.start()]
    if line.endswith("因") and words.startswith("因"):
        return line[:-1]
    said = next((n for n in range(min(len(line), len(words), 8), 2, -1) if line.endswith(words[:n])), 0)
    return line[: len(line) - said]


def open_words(words: str, following: str) -> str:
    """Words within a sentence that goes on: without the stop they were written down with."""
    return (words.rstrip("".join(STOPS)) or words) if following else words


def _ended(words: str, stop: str) -> str:
    words = words.rstrip()
    if not words or is_closed(words):
        return words
    return (words.rstrip(_LOOSE) or words) + stop
