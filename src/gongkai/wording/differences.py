"""What changed between two versions of a Chinese text, to be read by people: pieces kept, removed, added.

Paragraphs are matched first, then sentences of a long paragraph, then words; what two passages share by
chance is not shown as kept. The pieces of one side, joined, are that side, letter for letter.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from gongkai.wording.segmentation import words

Kind = Literal["same", "removed", "added"]

_LINES = re.compile(r"[^\n]*\n|[^\n]+")
_SENTENCES = re.compile(r"[^。！？；!?;\n]*[。！？；!?;\n]+|[^。！？；!?;\n]+")
_CLAUSES = re.compile(r"[^，、：。！？；,:!?;\n]*[，、：。！？；,:!?;\n]+|[^，、：。！？；,:!?;\n]+")
_CHARACTERS = re.compile(r"\d+|[A-Za-z]+|\s|[^\s\dA-Za-z]")
# Items of one text times items of the other compared in one go: 5,000 by 5,000 words take some 20 ms.
_MOST_STEPS = 25_000_000
_LONG = 1_200  # characters: a longer paragraph is compared by sentences before words
# Two paragraphs are versions of one if they share this much of the shorter one's pairs of characters.
_ALIKE = 0.3
_MOST_HOLDERS = 12  # a pair of characters in more paragraphs than this tells nothing about which is which
_SHORTEST_SAME = 2  # characters: a shorter piece kept between two changes is noise


class Piece(NamedTuple):
    """A stretch of text: `same` in both versions, `removed` from the old one, `added` in the new one."""

    kind: Kind
    text: str


class FieldChange(NamedTuple):
    """A field that changed: its label, what it said before and says after; "" where it said nothing."""

    label: str
    before: str
    after: str


class _Match(NamedTuple):
    """`size` items that are equal: from `old` in the old sequence, from `new` in the new one."""

    old: int
    new: int
    size: int


def differences(old: str, new: str) -> tuple[Piece, ...]:
    """The pieces of two versions in reading order, what was removed before what was added in its place.

    A paragraph that moved is removed here and added there. No two pieces of one kind follow each other.

    >>> [tuple(piece) for piece in differences("本办法自2024年起施行。", "本办法自2025年起施行。")]
    [('same', '本办法自'), ('removed', '2024'), ('added', '2025'), ('same', '年起施行。')]
    """
    if old == new:
        return (Piece("same", old),) if old else ()
    return _tidied(_by_blocks(_LINES.findall(old), _LINES.findall(new), _paragraph))


def field_changes(
    before: Mapping[str, object], after: Mapping[str, object], labels: Mapping[str, str] | None = None
) -> tuple[FieldChange, ...]:
    """The fields that differ, in the order of `labels`, else of `before` and then `after`.

    Values are compared as people see them: None and "" are the same. `labels`: what fields are called; with
    labels given, a field without one is left out.

    >>> field_changes({"title": "通知", "number": None}, {"title": "通告", "number": ""}, {"title": "标题"})
    (FieldChange(label='标题', before='通知', after='通告'),)
    """
    names = labels if labels is not None else {key: key for key in (*before, *after)}
    return tuple(
        FieldChange(label, _shown(before.get(key)), _shown(after.get(key)))
        for key, label in names.items()
        if _shown(before.get(key)) != _shown(after.get(key))
    )


def _shown(value: object) -> str:
    return "" if value is None else str(value)


def _by_blocks(
    old: Sequence[str], new: Sequence[str], inside: Callable[[str, str], Iterator[Piece]]
) -> Iterator[Piece]:
    """Blocks that are equal, and what is between them: changed blocks paired and looked into."""
    at_old = at_new = 0
    for match in (*_matches(old, new), _Match(len(old), len(new), 0)):
        yield from _changed(old[at_old : match.old], new[at_new : match.new], inside)
        if match.size:
            yield Piece("same", "".join(old[match.old : match.old + match.size]))
        at_old, at_new = match.old + match.size, match.new + match.size


def _changed(
    old: Sequence[str], new: Sequence[str], inside: Callable[[str, str], Iterator[Piece]]
) -> Iterator[Piece]:
    """Blocks that have no equal: versions of one another in order, the rest removed or added whole."""
    at_old = at_new = 0
    for here, there in (*_versions(old, new), (len(old), len(new))):
        if at_old < here:
            yield Piece("removed", "".join(old[at_old:here]))
        if at_new < there:
            yield Piece("added", "".join(new[at_new:there]))
        if here < len(old):
            yield from inside(old[here], new[there])
        at_old, at_new = here + 1, there + 1


def _versions(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Which block became which: those that share rare pairs of characters, in the order of both texts."""
    if not old or not new:
        return []
    if len(old) == len(new) == 1 and min(len(old[0]), len(new[0])) > _LONG:
        return [(0, 0)]  # a text without paragraphs: its sentences tell
    old_pairs, new_pairs = [_pairs(block) for block in old], [_pairs(block) for block in new]
    holders: dict[str, list[int]] = defaultdict(list)
    for index, pairs in enumerate(old_pairs):
        for pair in pairs:
            holders[pair].append(index)
    found: list[tuple[int, int]] = []
    for there, pairs in enumerate(new_pairs):
        votes: Counter[int] = Counter()
        for pair in pairs:
            if len(held := holders.get(pair, ())) <= _MOST_HOLDERS:
                votes.update(held)
        # Among equals the one that stands at the same place; where all are alike, the one that comes next.
        likely = sorted(votes, key=lambda here: (-votes[here], abs(here - there)))[:3]
        following = found[-1][0] + 1 if found else there
        for here in (*likely, following):
            if here < len(old) and _alike(old_pairs[here], pairs):
                found.append((here, there))
                break
    return _rising(found)


def _pairs(block: str) -> set[str]:
    """The pairs of neighbouring characters; of one character, itself."""
    bare = "".join(block.split())
    return {bare[index : index + 2] for index in range(max(1, len(bare) - 1))} if bare else set()


def _alike(one: set[str], other: set[str]) -> bool:
    shorter = min(len(one), len(other))
    longer = max(len(one), len(other))
    shared = len(one & other)
    return shared >= _ALIKE * shorter and shared * 8 >= longer


def _paragraph(old: str, new: str) -> Iterator[Piece]:
    if len(old) <= _LONG and len(new) <= _LONG:
        return _by_words(old, new)
    return _by_blocks(_SENTENCES.findall(old), _SENTENCES.findall(new), _sentence)


def _sentence(old: str, new: str) -> Iterator[Piece]:
    if len(old) <= _LONG and len(new) <= _LONG:
        return _by_words(old, new)
    return _by_blocks(_CLAUSES.findall(old), _CLAUSES.findall(new), _by_words)


def _by_words(old: str, new: str) -> Iterator[Piece]:
    """By words; by characters where no word of two characters is shared, as in names and titles."""
    old_parts, new_parts = _cut(old), _cut(new)
    matches = _matches(old_parts, new_parts)
    if not any(len("".join(old_parts[m.old : m.old + m.size]).strip()) > 1 for m in matches):
        old_parts, new_parts = _CHARACTERS.findall(old), _CHARACTERS.findall(new)
        matches = _matches(old_parts, new_parts)
    return iter(_without_noise(list(_pieces(old_parts, new_parts, matches))))


def _cut(text: str) -> list[str]:
    """Words, and each sign and blank by itself; nothing is lost."""
    parts: list[str] = []
    at = 0
    for word in words(text):
        parts += text[at : word.start]
        parts.append(word.text)
        at = word.end
    parts += text[at:]
    return parts


def _pieces(old: Sequence[str], new: Sequence[str], matches: Sequence[_Match]) -> Iterator[Piece]:
    at_old = at_new = 0
    for match in (*matches, _Match(len(old), len(new), 0)):
        if at_old < match.old:
            yield Piece("removed", "".join(old[at_old : match.old]))
        if at_new < match.new:
            yield Piece("added", "".join(new[at_new : match.new]))
        if match.size:
            yield Piece("same", "".join(old[match.old : match.old + match.size]))
        at_old, at_new = match.old + match.size, match.new + match.size


def _without_noise(pieces: list[Piece]) -> list[Piece]:
    """What is kept between two changes stays only if it is worth reading beside what changed around it."""
    kept: list[Piece] = []
    removed = added = ""
    for index, piece in enumerate(pieces):
        between = 0 < index < len(pieces) - 1 and (removed or added)
        if piece.kind == "same" and not (between and _is_noise(pieces, index, removed, added)):
            kept += _change(removed, added)
            kept.append(piece)
            removed = added = ""
        else:
            removed += piece.text if piece.kind != "added" else ""
            added += piece.text if piece.kind != "removed" else ""
    return [*kept, *_change(removed, added)]


def _is_noise(pieces: Sequence[Piece], index: int, removed: str, added: str) -> bool:
    """One character, or two or three between changes that are each more than twice as long."""
    text = pieces[index].text
    length = len(text.strip())
    if length < _SHORTEST_SAME:
        return "\n" not in text
    following = [piece for piece in pieces[index + 1 : index + 3] if piece.kind != "same"]
    after = max((len(piece.text) for piece in following), default=0)
    before = max(len(removed), len(added))
    return length <= _SHORTEST_SAME + 1 and min(before, after) > 2 * length


def _change(removed: str, added: str) -> list[Piece]:
    found: list[Piece] = []
    if removed:
        found.append(Piece("removed", removed))
    if added:
        found.append(Piece("added", added))
    return found


def _tidied(pieces: Iterator[Piece]) -> tuple[Piece, ...]:
    """One piece a stretch: neighbours of a kind joined, what was removed before what was added."""
    found: list[Piece] = []
    same: list[str] = []
    removed: list[str] = []
    added: list[str] = []

    def close() -> None:
        found.extend(_change("".join(removed), "".join(added)))
        removed.clear()
        added.clear()

    for piece in pieces:
        if piece.kind == "same":
            close()
            same.append(piece.text)
            continue
        if same:
            found.append(Piece("same", "".join(same)))
            same.clear()
        (removed if piece.kind == "removed" else added).append(piece.text)
    close()
    if same:
        found.append(Piece("same", "".join(same)))
    return tuple(found)


def _matches(old: Sequence[str], new: Sequence[str]) -> list[_Match]:
    """Runs of equal items in order. Long sequences are parted at items that stand once in both."""
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    found = [(index, index) for index in range(head)]
    found += _inner(old, new, head, len(old) - tail, head, len(new) - tail)
    found += [(len(old) - tail + index, len(new) - tail + index) for index in range(tail)]
    return _runs(found)


def _inner(
    old: Sequence[str], new: Sequence[str], old_from: int, old_to: int, new_from: int, new_to: int
) -> list[tuple[int, int]]:
    """Equal items of two stretches, without recursion: a hostile text must not reach its limit."""
    found: list[tuple[int, int]] = []
    waiting = [(old_from, old_to, new_from, new_to)]
    while waiting:
        a, b, c, d = waiting.pop()
        if a == b or c == d:
            continue
        if (b - a) * (d - c) <= _MOST_STEPS:
            found += [(a + i, c + j) for i, j in _longest_common(old[a:b], new[c:d])]
            continue
        anchors = _anchors(old, new, a, b, c, d)
        found += anchors
        if not anchors:  # nothing to part it at, as in long columns of figures: the middle is as good as any
            waiting += [(a, (a + b) // 2, c, (c + d) // 2), ((a + b) // 2, b, (c + d) // 2, d)]
            continue
        for here, there in (*anchors, (b, d)):
            waiting.append((a, here, c, there))
            a, c = here + 1, there + 1
    return sorted(found)


def _anchors(old: Sequence[str], new: Sequence[str], a: int, b: int, c: int, d: int) -> list[tuple[int, int]]:
    """Items that stand once in each stretch and in the same order in both."""
    once_old, once_new = Counter(old[a:b]), Counter(new[c:d])
    places = {new[index]: index for index in range(c, d) if once_new[new[index]] == 1}
    pairs = [
        (places[old[index]], index)
        for index in range(a, b)
        if once_old[old[index]] == 1 and old[index] in places
    ]
    return [(here, there) for there, here in _rising(pairs)]


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest choice of pairs, given in the order of their second place, whose first place rises too."""
    tails: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for index, pair in enumerate(pairs):
        at = bisect_left(tails, pair[0])
        before.append(last[at - 1] if at else -1)
        if at == len(tails):
            tails.append(pair[0])
            last.append(index)
        else:
            tails[at], last[at] = pair[0], index
    found = []
    index = last[-1] if last else -1
    while index >= 0:
        found.append(pairs[index])
        index = before[index]
    return found[::-1]


def _longest_common(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """The longest common subsequence, as pairs of indices: all of one row's steps in one integer's bits.

    (Hyyrö's bit-vector algorithm: a bit of `row` is 0 where a step is gained.)
    """
    masks: dict[str, int] = defaultdict(int)
    for index, item in enumerate(old):
        masks[item] |= 1 << index
    full = (1 << len(old)) - 1
    row, rows = full, [full]
    for item in new:
        met = row & masks.get(item, 0)
        row = ((row + met) | (row - met)) & full
        rows.append(row)
    found = []
    here, there = len(old) - 1, len(new) - 1
    while here >= 0 and there >= 0:
        if rows[there + 1] >> here & 1:
            here -= 1  # nothing gained by this item of the old text
        elif not rows[there] >> here & 1:
            there -= 1  # gained before this item of the new one
        else:
            found.append((here, there))
            here -= 1
            there -= 1
    return found[::-1]


def _runs(pairs: Sequence[tuple[int, int]]) -> list[_Match]:
    """Pairs of indices that follow each other on both sides, as runs."""
    found: list[_Match] = []
    for here, there in pairs:
        last = found[-1] if found else None
        if last and last.old + last.size == here and last.new + last.size == there:
            found[-1] = last._replace(size=last.size + 1)
        else:
            found.append(_Match(here, there, 1))
    return found
