"""Tables drawn with characters: boxes of │ and ─ (old notices, terminal browsers), grids of `+---+`.

A drawing is read as a picture: each upright bar stands at a column of the screen, each rule in a line. Cells
are what they enclose, so a cell reaches over rows or columns wherever a line of the drawing is interrupted.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from gongkai.documents.intermediate import Block, Line
from gongkai.documents.limits import Budget
from gongkai.documents.text_table import TextTable, rows_of

_LEVEL = frozenset("─━═┄┅┈┉╌╍╴╶╸╺╼╾")
_BARS = "│┃║┆┇┊┋╎╏╵╷╹╻╽╿"
# Where bars and rules meet; all of the block of drawing characters but the two kinds above and the diagonals.
_JOINTS = frozenset(map(chr, range(0x250C, 0x2571))) - _LEVEL - frozenset(_BARS)
_ENDS_LEFT = frozenset("┐┑┒┓┘┙┚┛┤┥┦┧┨┩┪┫╕╖╗╛╜╝╡╢╣╮╯")  # no rule goes on to their right
_BEGINS_RIGHT = frozenset("┌┍┎┏└┕┖┗├┝┞┟┠┡┢┣╒╓╔╘╙╚╞╟╠╭╰")  # no rule comes from their left
_NO_WAY_DOWN = frozenset("└┕┖┗┘┙┚┛┴┵┶┷┸┹┺┻╘╙╚╛╜╝╧╨╩╰╯")
_DRAWN = frozenset(_BARS) | _JOINTS
_GRID_RULE = re.compile(r"\s*\+(?:[-=:]{2,}\+)+\s*")
_GRID_PARTLY_RULED = re.compile(r"(?=\s*[|+]).*\+[-=:]{2,}\+.*")
_GRID_LINE = re.compile(r"\s*[|+].*[|+]\s*")
# Between rules drawn with ─ some write the bars with the key of the keyboard.
_PIPED_LINE = re.compile(r"\s*[|｜].*[|｜]\s*")
_FIGURE = re.compile(r"[-+]?[\d０-９][\d０-９,，.．]*")
# How many of the places for figures are filled where each line is a row of its own.
_FILLED = 0.8
# A drawing beyond these is none that anybody drew.
_MAX_LINES_OF_A_TABLE = 1_000
_LONGEST_LINE = 600


def with_drawn_tables(blocks: Sequence[Block], budget: Budget) -> list[Block]:
    """The blocks with each drawing among their lines as one `TextTable`."""
    found: list[Block] = []
    at = 0
    while at < len(blocks):
        lines = _drawing(blocks, at)
        budget.check_time()
        table = _read(lines, budget) if lines else None
        end = at + max(len(lines), 1)
        found.extend(blocks[at:end] if table is None else [table])
        at = end
    return found


def may_be_drawn(text: str) -> bool:
    """Whether a text may hold a drawn table: it has a bar, or the corner of a grid."""
    return "+-" in text or "+=" in text or any(bar in text for bar in "│┃║┆┇┊┋")


def _drawing(blocks: Sequence[Block], start: int) -> list[Line]:
    """The lines of the drawing that begins at `start`, single blank lines within it; none where none does."""
    first = blocks[start]
    if not isinstance(first, Line) or not first.text.strip() or len(first.text) > _LONGEST_LINE:
        return []
    grid = bool(_GRID_RULE.fullmatch(first.text))
    lines: list[Line] = []
    waiting: list[Line] = []
    for block in blocks[start : start + _MAX_LINES_OF_A_TABLE]:
        if not isinstance(block, Line) or block.page != first.page or len(waiting) > 1:
            break
        if len(block.text) > _LONGEST_LINE:
            break
        waiting.append(block)
        if block.text.strip():
            if not (_GRID_LINE.fullmatch(block.text) if grid else _is_drawn(block.text, bool(lines))):
                break
            lines += waiting
            waiting = []
    return lines


def _is_drawn(text: str, within: bool) -> bool:
    if not _DRAWN.isdisjoint(text) or (within and _PIPED_LINE.fullmatch(text)):
        return True
    stripped = text.strip()
    return len(stripped) >= 4 and set(stripped) <= _LEVEL


# ---- from lines to the picture ----


@dataclass(slots=True)
class _Stretch:
    """What stands between two neighbouring bars of a line: from boundary to boundary, words or a rule."""

    left: int
    right: int
    text: str
    ruled: bool = False


@dataclass(slots=True)
class _Row:
    """A line of the drawing: where its bars stand on the screen, and what stands between them."""

    number: int
    bars: list[int] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    between: list[str] = field(
        default_factory=list
    )  # one more than bars: also before the first, after the last

    @property
    def is_rule(self) -> bool:
        return any(self.ruled(i) for i in range(len(self.between)))

    def ruled(self, index: int) -> bool:
        """Whether a rule stands between two bars, rather than words or a dash that says "nothing"."""
        text = self.between[index].strip()
        before = self.marks[index - 1] if index else ""
        after = self.marks[index] if index < len(self.marks) else ""
        if text and set(text) <= _LEVEL:
            meets = (before in _JOINTS and before not in _ENDS_LEFT) or (
                after in _JOINTS and after not in _BEGINS_RIGHT
            )
            return meets or not self.marks
        return before == "+" and after == "+" and len(text) >= 2 and set(text) <= set("-=:")


@cache
def _width(character: str, ambiguous: int) -> int:
    kind = unicodedata.east_asian_width(character)
    if kind in "WF":
        return 2
    return ambiguous if kind == "A" else 1


def _bar_marks(lines: Sequence[Line], grid: bool) -> frozenset[str]:
    if grid:
        return frozenset("|")
    piped = any(_DRAWN.isdisjoint(line.text) and _PIPED_LINE.fullmatch(line.text) for line in lines)
    return _DRAWN | frozenset("|｜") if piped else _DRAWN


def _measured(line: Line, marks: frozenset[str], drawing: int, signs: int) -> _Row:
    """A line cut at its bars. `drawing`, `signs`: columns taken by drawing characters and by signs like “.

    Fonts of Chinese offices give both two columns, terminals one: the drawing shows which it was.
    """
    row = _Row(line.number)
    x = start = 0
    text = line.text
    if len(marks) == 1 and "+" in text and _GRID_PARTLY_RULED.fullmatch(text):
        marks = marks | {"+"}
    for index, character in enumerate(text):
        if character in marks:
            row.bars.append(x)
            row.marks.append(character)
            row.between.append(text[start:index])
            start = index + 1
        x += _width(character, drawing if "\u2500" <= character <= "\u257f" else signs)
    row.between.append(text[start:])
    return row


def _best_measured(lines: Sequence[Line], grid: bool, budget: Budget) -> tuple[list[_Row], int]:
    """The lines cut at their bars, in the widths in which most bars stand below the joints of the rules."""
    best: tuple[int, list[_Row], int] | None = None
    marks = _bar_marks(lines, grid)
    for drawing, signs in ((2, 2), (1, 1), (1, 2), (2, 1)):
        rows = []
        for line in lines:
            budget.check_time()
            rows.append(_measured(line, marks, drawing, signs))
        joints = {x for row in rows if row.is_rule for x in row.bars}
        met = sum(x in joints for row in rows if not row.is_rule for x in row.bars)
        if best is None or met > best[0]:
            best = met, rows, drawing
    assert best is not None
    return best[1], best[2]


def _boundaries(rows: Sequence[_Row], width: int) -> list[int]:
    """Where the columns of the table part: at the joints of its rules, else at the bars of a full line."""
    joints = sorted({x for row in rows if row.is_rule for x in row.bars})
    if not joints:
        joints = max((row.bars for row in rows), key=len)
    # Two that no character fits between are one, drawn a little aside.
    kept = [x for i, x in enumerate(joints) if i == 0 or x - joints[i - 1] > width]
    written = [row for row in rows if not row.is_rule and row.bars]
    if any(row.between[0].strip() for row in written):
        kept.insert(0, -1)
    if any(row.between[-1].strip() for row in written):
        kept.append(max(kept[-1], max(max(row.bars) for row in written)) + 10_000)
    return kept


def _stretches(row: _Row, boundaries: list[int], ways_down: list[int]) -> list[_Stretch]:
    """What a line holds, from boundary to boundary. `ways_down`: where the rule above has bars below it."""
    if not row.bars:
        return [_Stretch(0, len(boundaries) - 1, row.between[0].strip(), row.ruled(0))]
    index_of = {x: i for i, x in enumerate(boundaries)}
    at = [index_of.get(x, -1) for x in row.bars]
    if -1 in at:
        at = ways_down if len(ways_down) == len(at) else _nearest(row.bars, boundaries)
    edges = [0, *at, len(boundaries) - 1]
    return [
        _Stretch(left, right, text.strip(), row.ruled(i))
        for i, ((left, right), text) in enumerate(zip(pairwise(edges), row.between, strict=True))
        if left < right
    ]


def _nearest(bars: Sequence[int], boundaries: Sequence[int]) -> list[int]:
    """The nearest boundary for each bar, none before that of the bar to its left."""
    found: list[int] = []
    for x in bars:
        first = found[-1] + 1 if found else 0
        rest = range(min(first, len(boundaries) - 1), len(boundaries))
        found.append(min(rest, key=lambda i: abs(boundaries[i] - x)))
    return found


# ---- from the picture to cells ----


@dataclass(slots=True)
class _Band:
    """The lines between two rules."""

    lines: list[tuple[int, list[_Stretch]]] = field(default_factory=list)
    ruled_above: set[int] = field(default_factory=set)  # columns with a rule above
    through: list[tuple[int, list[_Stretch]]] = field(default_factory=list)  # words in the rule's line

    def bars(self) -> set[int]:
        """The boundaries at which at least half of the lines have a bar."""
        counts: dict[int, int] = {}
        for _, stretches in self.lines:
            for stretch in stretches:
                counts[stretch.left] = counts.get(stretch.left, 0) + 1
        return {boundary for boundary, count in counts.items() if 2 * count >= len(self.lines)}

    def has_figures(self) -> bool:
        return any(_FIGURE.fullmatch(s.text) for _, stretches in self.lines for s in stretches)

    def lines_are_rows(self) -> bool:
        """Whether each line is a row: several have figures, in the same columns, and words beside them.

        Figures broken over the lines of their narrow cells look alike, but some columns have one line alone.
        """
        columns: set[int] = set()
        lines = figures = 0
        for _, stretches in self.lines:
            found = {s.left for s in stretches if _FIGURE.fullmatch(s.text)}
            if found and len(found) == sum(bool(s.text) for s in stretches):
                return False
            columns |= found
            lines += bool(found)
            figures += len(found)
        return lines > 1 and figures >= _FILLED * lines * len(columns)


def _bands(rows: Sequence[_Row], boundaries: list[int]) -> list[_Band]:
    columns = set(range(len(boundaries) - 1))
    bands: list[_Band] = []
    pending = _Band(ruled_above=set(columns))
    down: list[int] = []
    index_of = {x: i for i, x in enumerate(boundaries)}
    for row in rows:
        stretches = _stretches(row, boundaries, down)
        if row.is_rule:
            if pending.lines:
                bands.append(pending)
                pending = _Band()
            pending.ruled_above |= {c for s in stretches if s.ruled for c in range(s.left, s.right)}
            pending.through.append((row.number, [s for s in stretches if not s.ruled and s.text]))
            ways = [x for x, mark in zip(row.bars, row.marks, strict=True) if mark not in _NO_WAY_DOWN]
            down = [index_of[x] for x in ways if x in index_of]
        elif any(s.text for s in stretches):
            pending.lines.append((row.number, stretches))
    if pending.lines:
        bands.append(pending)
    ruled = any(row.is_rule for row in rows)
    several = [band for band in bands if len(band.lines) > 1 and band.has_figures()]
    by_lines = [band for band in several if band.lines_are_rows()]
    if ruled and 2 * len(by_lines) <= len(several):
        return bands
    return [part for band in bands for part in _parted(band, columns, ruled)]


def _parted(band: _Band, columns: set[int], ruled: bool) -> Iterator[_Band]:
    """The lines of a band one by one, where each is a row; a table without rules has no other rows."""
    if ruled and not band.lines_are_rows():
        yield band
        return
    for index, line in enumerate(band.lines):
        first = index == 0
        yield _Band([line], band.ruled_above if first else set(columns), band.through if first else [])


def _groups(bands: Sequence[_Band], columns: int) -> list[list[int]]:
    """For each band and column the number of the cell it belongs to: that of its upper left corner."""
    parents = list(range(len(bands) * columns))

    def root(index: int) -> int:
        while parents[index] != index:
            parents[index] = parents[parents[index]]
            index = parents[index]
        return index

    for number, band in enumerate(bands):
        bars = band.bars()
        for column in range(columns):
            own = number * columns + column
            neighbours = [own - 1] if column and column not in bars else []
            if number and column not in band.ruled_above:
                neighbours.append(own - columns)
            for neighbour in neighbours:
                a, b = sorted((root(own), root(neighbour)))
                parents[b] = a
    return [[root(number * columns + column) for column in range(columns)] for number in range(len(bands))]


def _read(lines: Sequence[Line], budget: Budget) -> TextTable | None:
    """The table a drawing shows; None for lines that only have bars in them, as menus do."""
    grid = "+" in lines[0].text and _GRID_RULE.fullmatch(lines[0].text) is not None
    written = [line for line in lines if line.text.strip()]
    rows, width = _best_measured(written, grid, budget)
    if sum(1 for row in rows if row.bars and not row.is_rule) < (1 if any(r.is_rule for r in rows) else 2):
        return None
    boundaries = _boundaries(rows, width)
    columns = len(boundaries) - 1
    if columns < 1 or (columns == 1 and not any(row.is_rule for row in rows)):
        return None
    bands = _bands(rows, boundaries)
    budget.take_cells(len(bands) * columns)
    groups = _groups(bands, columns)
    words: dict[int, list[tuple[int, str]]] = {}
    for above, (band, own) in zip([None, *groups], zip(bands, groups, strict=True), strict=False):
        budget.check_time()
        for lines_of, group in ((band.through, above or own), (band.lines, own)):
            for line, stretches in lines_of:
                for stretch in stretches:
                    if stretch.text:
                        words.setdefault(group[stretch.left], []).append((line, stretch.text))
    cells = {corner: joined([text for _, text in sorted(found)]) for corner, found in words.items()}
    starts = [min(line for line, _ in band.lines) for band in bands]
    return TextTable(0, rows_of(groups, cells), lines[0].page, row_lines=starts)


def joined(parts: Sequence[str]) -> str:
    """The lines of one cell as one text: a space only between two words of Latin letters."""
    text = ""
    for part in parts:
        both = text[-1:] + part[:1]
        apart = len(both) == 2 and both.isascii() and both.isalnum() and not both.isdigit()
        text += f" {part}" if apart else part
    return text
