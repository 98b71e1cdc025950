"""Ruling lines: the many pieces a page draws, put together into the lines a reader sees."""

from __future__ import annotations

from typing import NamedTuple

from gongkai.documents.limits import Budget
from gongkai.documents.pdf.drawn import Segment

SNAP = 3.0  # points; double lines and pieces of one line drawn slightly apart
JOIN = 3.5  # points; a gap in a dashed line or at a corner
SHORTEST = 4.0  # points; shorter leftovers are strokes of drawn characters or dots


class Ruling(NamedTuple):
    """A line: where it lies across its direction, and from where to where it runs."""

    at: float
    start: float
    end: float


def rulings(segments: list[Segment], budget: Budget) -> tuple[list[Ruling], list[Ruling]]:
    """The level and the upright ruling lines of a page, each put together from its pieces."""
    level: list[Ruling] = []
    upright: list[Ruling] = []
    for x0, y0, x1, y1 in segments:
        if x1 - x0 >= y1 - y0:
            level.append(Ruling((y0 + y1) / 2, x0, x1))
        else:
            upright.append(Ruling((x0 + x1) / 2, y0, y1))
    budget.check_time()
    return _joined(level), _joined(upright)


def _joined(pieces: list[Ruling]) -> list[Ruling]:
    result: list[Ruling] = []
    for near in _clusters(sorted(pieces)):
        at = sum(piece.at for piece in near) / len(near)
        runs: list[Ruling] = []
        for piece in sorted(near, key=lambda p: p.start):
            if runs and piece.start <= runs[-1].end + JOIN:
                runs[-1] = Ruling(at, runs[-1].start, max(runs[-1].end, piece.end))
            else:
                runs.append(Ruling(at, piece.start, piece.end))
        result.extend(run for run in runs if run.end - run.start >= SHORTEST)
    return result


def _clusters(pieces: list[Ruling]) -> list[list[Ruling]]:
    clusters: list[list[Ruling]] = []
    for piece in pieces:
        if clusters and piece.at - clusters[-1][0].at <= SNAP:
            clusters[-1].append(piece)
        else:
            clusters.append([piece])
    return clusters
