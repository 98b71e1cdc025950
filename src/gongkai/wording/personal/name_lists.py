"""Lists of names: 甲、乙和丙, from a place where one may begin."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from gongkai.wording.personal.name_data import is_name, name_data

_DOT = re.compile("[·•・]")
SEPARATOR = re.compile(r"[、和与及]|以及")
# A minority or foreign name with its dot.
_DOTTED = re.compile(
    r"(?:(?![和与及等的、])[一-龥]){2,7}[·•・]"
    r"(?:(?![等向于通申来称的因对就在住诉]|提[出交]|要求|先生|女士|小姐|同志|到场|到访|反映|投诉|举报|当[日场]|身份|不服|收)[一-龥]){2,8}"
)


def list_after(text: str, start: int, follow: re.Pattern[str], room: int = 40) -> list[tuple[int, int]]:
    """NAME (、NAME)* from `start`, if `follow` stands after the last; of a long list the first `room`."""
    for end in name_ends(text, start):
        separator = SEPARATOR.match(text, end) if room else None
        if separator:
            rest = list_after(text, separator.end(), follow, room - 1)
            if rest:
                return [(start, end), *rest]
        if room == 0 or follow.match(text, end):
            return [(start, end)]
    return []


def name_ends(text: str, start: int) -> Iterator[int]:
    """Where a name that begins at `start` may end, the longest first."""
    dotted = _DOTTED.match(text, start) if _DOT.search(text, start, start + 8) else None
    if dotted:  # what comes first may be a surname's character too: never the half of such a name
        least = max(text.rfind(sign, start, dotted.end()) for sign in "·•・") + 3
        yield from range(dotted.end(), least - 1, -1)
        return
    if text[start : start + 1] not in first_characters():
        return
    for length in (4, 3, 2):
        end = start + length
        if len(text) < end or not is_name(text[start:end]):
            continue
        if text[end - 1] in "一二两三四五六七八九十" and text[end : end + 1] in ("人", "名", "位", "户"):
            continue  # 张晓燕三人
        yield end


@cache
def first_characters() -> frozenset[str]:
    data = name_data()
    return data.plain | data.word | frozenset(name[0] for name in data.compound)
