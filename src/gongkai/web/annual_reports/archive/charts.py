"""Charts as SVG made here: no script, legible on paper, each named and described for those who hear the page.

Lengths are in units of a drawing 320 wide; the style sheet gives colours and type (`.chart`), and a pattern
of lines where two kinds of bars stand together, so that nothing is told by colour alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gongkai.annual.markup import Html, el

WIDTH = 320
_LINE = 26  # height of a row of a bar chart
_THIN = 12
_NUMBERS = 46  # and for the numbers behind them
_FULL_WIDTH = 1.0  # of a Chinese character, in its size
_HALF_WIDTH = 0.55
_TYPE = 13

Point = tuple[str, int | None]


@dataclass(frozen=True, slots=True)
class Named:
    """What a chart is called, and what it shows in a sentence. `key`: for ids, once on a page."""

    key: str
    title: str
    words: str


def columns(named: Named, points: Sequence[Point], marked: str = "") -> Html:
    """Upright bars in their order; the one whose label is `marked` stands out. None: no bar, said as 无."""
    height, foot, head = 150, 24, 20
    top = max([value or 0 for _, value in points] + [1])
    each = WIDTH / max(len(points), 1)
    thick = min(36.0, each * 0.6)
    drawn: list[Html] = []
    for index, (label, value) in enumerate(points):
        middle = each * (index + 0.5)
        drawn.append(_text(label, middle, height - 6, "middle"))
        if value is None:
            drawn.append(_text("—", middle, height - foot - 6, "middle"))
            continue
        tall = (height - foot - head) * value / top
        at = height - foot - tall
        drawn.append(_bar(middle - thick / 2, at, thick, tall, "bar is-marked" if label == marked else "bar"))
        drawn.append(_text(f"{value:,}", middle, at - 5, "middle", "number"))
    drawn.append(_axis(0, height - foot, WIDTH, height - foot))
    return _picture(named, height, drawn)


def bars(named: Named, rows: Sequence[Point]) -> Html:
    """Lying bars, each with its words before it and its number behind it."""
    top = max([value or 0 for _, value in rows] + [1])
    left = _room(label for label, _ in rows)
    height = _LINE * len(rows) + 4
    drawn: list[Html] = []
    for index, (label, value) in enumerate(rows):
        middle = _LINE * index + _LINE / 2 + 2
        long = (WIDTH - left - _NUMBERS) * (value or 0) / top
        drawn.append(_text(label, left - 8, middle + 4.5, "end"))
        drawn.append(_bar(left, middle - 8, long, 16, "bar"))
        said = "—" if value is None else f"{value:,}"
        drawn.append(_text(said, left + long + 6, middle + 4.5, "start", "number"))
    drawn.append(_axis(left, 0, left, height))
    return _picture(named, height, drawn)


def paired_bars(
    named: Named, rows: Sequence[tuple[str, int | None, int | None]], names: tuple[str, str]
) -> Html:
    """Two thin bars for each row, the second with a pattern; `names` say above what they are."""
    values = [value or 0 for _, *both in rows for value in both]
    top = max([*values, 1])
    left = _room(label for label, *_ in rows)
    drawn, head = _names_of_bars(names, left)
    each = _THIN * 2 + 14
    height = head + each * len(rows)
    for index, (label, *both) in enumerate(rows):
        begin = head + each * index
        drawn.append(_text(label, left - 8, begin + _THIN + 5, "end"))
        for place, (value, class_) in enumerate(zip(both, ("bar", "bar is-second"), strict=True)):
            long = (WIDTH - left - _NUMBERS) * (value or 0) / top
            down = begin + place * (_THIN + 1)
            drawn.append(_bar(left, down, long, _THIN, class_))
            said = "—" if value is None else f"{value:,}"
            drawn.append(_text(said, left + long + 6, down + _THIN - 1.5, "start", "number"))
    drawn.append(_axis(left, head - 4, left, height))
    return _picture(named, height, drawn, _pattern())


def _names_of_bars(names: tuple[str, str], left: float) -> tuple[list[Html], float]:
    """What each kind of bar is, side by side where there is room, else one below the other; their height."""
    long = [17 + _width(name) for name in names]
    side_by_side = left + sum(long) + 16 <= WIDTH
    across, down = (long[0] + 16, 0) if side_by_side else (0, 20)
    at = left if side_by_side else max(min(left, WIDTH - max(long)), 0)
    drawn: list[Html] = []
    for place, (name, class_) in enumerate(zip(names, ("bar", "bar is-second"), strict=True)):
        drawn.append(_bar(at + place * across, 6 + place * down, 12, 12, class_))
        drawn.append(_text(name, at + place * across + 17, 17 + place * down, "start"))
    return drawn, 30 + down


def _room(labels: Iterable[str]) -> float:
    """How much the longest label takes, within bounds."""
    longest = max((_width(one) for one in labels), default=0.0)
    return float(min(max(longest + 12, 48), 150))


def _width(words: str) -> float:
    return sum(_TYPE * (_FULL_WIDTH if ord(one) > 0x2E7F else _HALF_WIDTH) for one in words)


def _picture(named: Named, height: float, drawn: Sequence[Html], *definitions: Html) -> Html:
    title, words = f"{named.key}-title", f"{named.key}-words"
    return el(
        "svg",
        el("title", named.title, id=title),
        el("desc", named.words, id=words),
        *definitions,
        *drawn,
        class_="chart",
        viewBox=f"0 0 {WIDTH} {_number(height)}",
        role="img",
        aria_labelledby=f"{title} {words}",
    )


def _pattern() -> Html:
    line = el("path", d="M0 5 L5 0", class_="pattern-line")
    pattern = el("pattern", line, id="second-bar", width=5, height=5, patternUnits="userSpaceOnUse")
    return el("defs", pattern)


def _bar(x: float, y: float, width: float, height: float, class_: str) -> Html:
    size = {"width": _number(max(width, 0)), "height": _number(max(height, 0))}
    fill = "url(#second-bar)" if "is-second" in class_ else None
    return el("rect", x=_number(x), y=_number(y), class_=class_, fill=fill, **size)


def _axis(x1: float, y1: float, x2: float, y2: float) -> Html:
    return el("line", x1=_number(x1), y1=_number(y1), x2=_number(x2), y2=_number(y2), class_="axis")


def _text(words: str, x: float, y: float, anchor: str, class_: str | None = None) -> Html:
    return el("text", words, x=_number(x), y=_number(y), class_=class_, text_anchor=anchor)


def _number(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")
