"""What reading the narrative gives: figures it claims and the clauses it met, each with its sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from gongkai.annual.checking.narrative.sentences import Sentence

REMEDIES = frozenset(
    ("direct_litigation", "after_reconsideration", "remedies", "reconsideration", "litigation")
)
OUTCOMES = ("granted", "partly_granted", "refused", "unavailable", "not_processed", "other_outcomes")
RECEIVED = frozenset(("received", "received_new"))
# Cases between two years: when they were, or will be, closed says nothing about their number.
CARRIED = frozenset(("carried_in", "carried_forward", "in_hand"))
SUB_ROW = "sub_"  # what a name in the vocabulary begins with that stands for one row of a group of outcomes


@dataclass(slots=True)
class Claim:
    """A figure the text gives. `counts` are the things it may count, the nearest to the figure last."""

    counts: tuple[str, ...]
    value: int
    sentence: Sentence
    paragraph: int
    sure: bool  # every word of its clause is understood, and the figures are the organ's own
    wide: str = ""  # whose figure it may be, if not the table's: area, office, or parts of the organ
    joined: bool = False  # several things counted together
    linked: bool = True  # of remedies: the sentence itself says that they concern disclosure
    part: bool = False  # one channel, subject or kind of requester
    bounded: bool = False  # of one cause (因征地引发): a part, so no more than the whole
    kind: str | None = None  # of requester: a column of table 3, or legal for all but natural persons
    result: str | None = None  # upheld, corrected, pending: of a remedy


@dataclass(slots=True)
class Clause:
    """A clause as met in reading, with what is known where it stands."""

    text: str
    sentence: Sentence
    paragraph: int
    topic: str | None  # requests, remedies, other
    own: bool  # about this year and this organ
    wide: str
    linked: bool  # remedies: said to concern disclosure, in this very sentence
    linked_near: bool  # the same of the paragraph so far
    antecedent: Claim | None  # the last figure before it in the sentence
    has_figure: bool = False


@dataclass(slots=True)
class Narrative:
    claims: list[Claim] = field(default_factory=list)
    clauses: list[Clause] = field(default_factory=list)
    unnamed: list[tuple[int, int]] = field(default_factory=list)  # paragraph and figure: 不公开3件, 其他1件


def claims_by_paragraph(claims: list[Claim]) -> Iterator[list[Claim]]:
    """Claims of one paragraph together, in the order of the text."""
    for _, group in groupby(claims, key=lambda claim: claim.paragraph):
        yield list(group)
