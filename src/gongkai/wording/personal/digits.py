"""Digits that stand together, however they are broken up: in one run, in groups, over a line's end."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

DASHES = r"\-‐‑‒–—―−"  # as it stands in a character class
_SEPARATORS = rf" \t\r\n{DASHES}"
# One class and one loop: the engine passes over text without digits at its full speed.
_CLUSTER = re.compile(rf"[0-9][0-9Xx{_SEPARATORS}]{{10,}}")
_GROUP = re.compile(r"[0-9]+[Xx]?|[Xx]")
SHORTEST = 11  # digits: the least a mobile number has
# A table's row of figures is a cluster too. Only digits in which some number could begin are taken apart:
# a mobile number, a date of birth in its place, a card, or any two groups of four.
_PROMISING = re.compile(
    r"1[3-9]\d{9}|[1-9]\d{5}(?:18|19|20)\d\d(?:0[1-9]|1[0-2])|[1-9]\d{7}(?:0[1-9]|1[0-2])[0-3]\d{4}|62\d{14}",
    re.ASCII,
)
_TWO_FOURS = re.compile(rf"\d{{4}}[{_SEPARATORS}]{{0,3}}\d{{4}}", re.ASCII)
_WIDEST_GAP = 3  # characters between two groups of one number, as in "138 - 0013"


@dataclass(frozen=True, slots=True)
class Cluster:
    """Groups of digits with little between them.

    `digits` are all of them (an x, which may end an identity number, as X); `starts` and `ends` give, for
    the offsets in `digits` where a group begins or ends, its index in the text. `gaps` give what stands
    before the group that begins at an offset ("" for the first). `offsets` are those of `starts`, in order.
    """

    digits: str
    starts: dict[int, int]
    ends: dict[int, int]
    gaps: dict[int, str]
    offsets: list[int]

    def inside(self, first: int, last: int) -> list[int]:
        """The offsets of groups that begin behind `first` and before `last`."""
        return self.offsets[bisect_right(self.offsets, first) : bisect_left(self.offsets, last)]

    def group_before(self, offset: int) -> str:
        """The digits from the beginning of the last group before an offset up to it; "" if there is none."""
        index = bisect_left(self.offsets, offset)
        return self.digits[self.offsets[index - 1] : offset] if index else ""

    @property
    def whole(self) -> bool:
        """Whether the digits are one run, nothing between them."""
        return len(self.starts) == 1


def clusters(text: str) -> Iterator[Cluster]:
    """The clusters of at least SHORTEST digits in simplified text that may hold a person's number, in order.

    >>> [(c.digits, c.starts) for c in clusters("电话 138-0013 8000，证号11010519491231002x")]
    [('13800138000', {0: 3, 3: 7, 7: 12}), ('11010519491231002X', {0: 19})]
    """
    for found in _CLUSTER.finditer(text):
        run = found.group().rstrip()
        if run.isdigit():  # no groups to look for
            if len(run) >= SHORTEST:
                yield Cluster(run, {0: found.start()}, {len(run): found.start() + len(run)}, {0: ""}, [0])
            continue
        digits = "".join(_GROUP.findall(run))
        if len(digits) >= SHORTEST and (_PROMISING.search(digits) or _TWO_FOURS.search(run)):
            yield from _grouped(text, found.start(), found.start() + len(run))


def _grouped(text: str, start: int, end: int) -> Iterator[Cluster]:
    digits: list[str] = []
    starts: dict[int, int] = {}
    ends: dict[int, int] = {}
    gaps: dict[int, str] = {}
    length, last = 0, start
    for group in _GROUP.finditer(text, start, end):
        gap = text[last : group.start()]
        if length and (len(gap) > _WIDEST_GAP or gap.count("\n") > 1):
            if length >= SHORTEST:
                yield Cluster("".join(digits), starts, ends, gaps, list(starts))
            digits, starts, ends, gaps, length = [], {}, {}, {}, 0
        starts[length], gaps[length] = group.start(), gap if length else ""
        digits.append(group.group().upper())
        length += len(group.group())
        ends[length], last = group.end(), group.end()
    if length >= SHORTEST:
        yield Cluster("".join(digits), starts, ends, gaps, list(starts))
