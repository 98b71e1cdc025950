"""Lists of names: 甲、乙和丙, from a place where one may begin."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from gongkai.wording.personal.name_data import is_name, name_data

SEPARATOR = re.compile(r"[、和与及]|以及")
# A minority or foreign name with its dot.
_DOTTED = re.compile(r"[一-龥]{2,7}[·•・](?:(?![等向于通申])[一-龥]){2,8}")


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
    if text[start : start + 1] not in first_characters():
        dotted = _DOTTED.match(text, start)
        if dotted:
            yield dotted.end()
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
