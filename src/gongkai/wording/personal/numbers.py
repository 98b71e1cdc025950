"""Numbers that lead to one person: identity numbers, mobile and home telephones, bank cards (PII.ID18 …)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from gongkai.statute import identifiers
from gongkai.wording.personal.cues import cue_before
from gongkai.wording.personal.digits import Cluster, clusters
from gongkai.wording.personal.names import Name
from gongkai.wording.personal.phones import mobile_numbers, spoken_numbers, stands_between, telephones
from gongkai.wording.personal.surroundings import Hit, in_a_decimal, touches

# PII.ID18 and PII.ID15 inside a longer string of digits; what a pattern cannot say, `identifiers` says.
_RESIDENT = re.compile(
    r"(?=([1-9]\d{5}(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]))", re.ASCII
)
_OLD_RESIDENT = re.compile(r"(?=([1-9]\d{7}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}))", re.ASCII)
# A disability card's number: the identity number, its class and grade, and B with a figure if issued anew.
_DISABILITY = re.compile(r"[1-7][1-4]", re.ASCII)
_ANEW = re.compile(r"B\d", re.ASCII)
_NUMBER_BEFORE = re.compile(r"(?<!\d)\d{17}[\dXx][、,;和及与/\s]{1,2}\Z", re.ASCII)
_MOST_BEFORE = 12  # numbers behind one word for all of them
_CREDIT_PROVINCES = identifiers.PROVINCE_CODES | {"10"}  # 100000: organs of the State
_MOBILE = re.compile(r"1[3-9]\d{9}")
# PII.BANK: the lengths of a card that begins with 62; a number that is called a card may be shorter.
_CARD_LENGTHS = range(16, 20)
_SHORTEST_CARD, _LONGEST_CARD = 13, 19
_LEAST_GROUP = 3  # digits in the first group of a card, which a line may break
_JOINED_LENGTHS = (11, 16, 18, 19)  # numbers that people write one behind the other without a space


def numbers_of_people(text: str, names: Sequence[Name]) -> list[Hit]:
    """Numbers of persons in simplified text: identity numbers, cards, telephones, in no order."""
    hits: list[Hit] = []
    for cluster in clusters(text):
        looks = [_residents(text, cluster, names), mobile_numbers(text, cluster, names)]
        if len(cluster.digits) >= _SHORTEST_CARD:
            looks.insert(1, _cards(text, cluster))
        taken: set[int] = set()  # what passes the strictest test first: identity numbers, cards, telephones
        for hit in chain.from_iterable(looks):
            if taken.isdisjoint(range(hit.start, hit.end)):
                taken.update(range(hit.start, hit.end))
                hits.append(hit)
    hits += spoken_numbers(text, names)
    return hits + telephones(text, names, hits)


class _Found(NamedTuple):
    digits: str
    start: int
    end: int
    offset: int  # in the cluster's digits


def _between_groups(cluster: Cluster, pattern: re.Pattern[str]) -> Iterator[_Found]:
    """Where the pattern fits and both its ends are the ends of groups."""
    for found in pattern.finditer(cluster.digits):
        start, end = cluster.starts.get(found.start(1)), cluster.ends.get(found.end(1))
        if start is not None and end is not None:
            yield _Found(found.group(1), start, end, found.start(1))


def _residents(text: str, cluster: Cluster, names: Sequence[Name]) -> Iterator[Hit]:
    if len(cluster.digits) >= 18:
        if len(cluster.digits) >= 20:
            yield from _disability_cards(text, cluster)
        for found in _between_groups(cluster, _RESIDENT):
            hit = _resident(text, found)
            if hit:
                yield hit
        if len(cluster.digits) > 19:
            yield from _joined(text, cluster)
    for found in _between_groups(cluster, _OLD_RESIDENT):
        # Without a check digit only the words right before tell it from a serial number.
        if not _comes_first(cluster, found) or touches(text, found.start, found.end):
            continue
        if not identifiers.is_old_resident_number(found.digits):
            continue
        named = stands_between(names, found.start - 6, found.start)
        if named or cue_before(text, found.start) == "identity":
            yield Hit("PII.ID15", found.start, found.end, "private")


def _comes_first(cluster: Cluster, found: _Found) -> bool:
    """Whether no other digits stand between the words before and the number: it begins cluster or line."""
    if found.offset == 0:
        return True
    return "\n" in cluster.gaps[found.offset] and not cluster.inside(found.offset, found.offset + 2)


def _resident(text: str, found: _Found) -> Hit | None:
    """PII.ID18, told from a unified social credit code, which has the same length (PII.USCC)."""
    if in_a_decimal(text, found.start, found.end):
        return None
    cue = cue_before(text, found.start)
    if not identifiers.is_resident_number(found.digits):
        # One digit mistyped still points at its holder, but only where the words say what it is.
        if _cue_of_row(text, found.start, cue) == "identity" and identifiers.looks_like_resident_number(
            found.digits
        ):
            return Hit("PII.ID18", found.start, found.end, "private", "mistyped")
        return None
    doubtful = touches(text, found.start, found.end) or cue == "code"
    if identifiers.is_credit_code(found.digits) and cue != "identity":
        if cue in ("credit", "code") or text[found.end : found.end + 1] == "/":  # an index number, META.1
            return None
        # One identity number in 31 fits by chance; a code has a province in third place as well.
        doubtful = doubtful or found.digits[2:4] in _CREDIT_PROVINCES
    return Hit("PII.ID18", found.start, found.end, "private", "doubtful" if doubtful else "")


def _cue_of_row(text: str, start: int, cue: str) -> str:
    """The cue of the first of several numbers in a row: 身份证号甲、乙."""
    for _ in range(_MOST_BEFORE):
        before = None if cue else _NUMBER_BEFORE.search(text, max(0, start - 21), start)
        if before is None:
            break
        start = before.start()
        cue = cue_before(text, start)
    return cue


def _disability_cards(text: str, cluster: Cluster) -> Iterator[Hit]:
    """PII.ID18 with the figures of a disability card behind it."""
    for found in _RESIDENT.finditer(cluster.digits):
        start, last = cluster.starts.get(found.start(1)), found.end(1)
        end = cluster.ends.get(last + 2)
        if cluster.gaps.get(last):  # a figure of its own
            continue
        if start is None or end is None or not _DISABILITY.match(cluster.digits, last):
            continue
        cue = cue_before(text, start)
        right = identifiers.is_resident_number(found.group(1))
        if in_a_decimal(text, start, end) or not (cue == "identity" or (right and cue in ("", "phone"))):
            continue
        anew = _ANEW.match(text, end)
        end = anew.end() if anew else end
        variant = "mistyped" if not right else "" if cue == "identity" else "doubtful"
        yield Hit("PII.ID18", start, end, "private", variant)


def _joined(text: str, cluster: Cluster) -> Iterator[Hit]:
    """A run of digits that is an identity number and other numbers of the same person, unseparated."""
    for (first, start), last in zip(cluster.starts.items(), cluster.ends, strict=True):
        run = cluster.digits[first:last]
        for pieces in _tilings(run) if 29 <= len(run) <= 55 else ():
            at = start
            for piece in pieces:
                yield Hit(_kind_of(piece), at, at + len(piece), "private")
                at += len(piece)


def _tilings(run: str) -> Iterator[list[str]]:
    """The one way to cut a run into two or three such numbers with an identity number among them."""
    ways = [[run[:cut], run[cut:]] for cut in _JOINED_LENGTHS]
    ways += [
        [run[:cut], run[cut : cut + more], run[cut + more :]]
        for cut in _JOINED_LENGTHS
        for more in _JOINED_LENGTHS
    ]
    for pieces in ways:
        kinds = [_kind_of(piece) for piece in pieces]
        if all(kinds) and "PII.ID18" in kinds:
            yield pieces
            return


def _kind_of(digits: str) -> str:
    if identifiers.is_resident_number(digits):
        return "PII.ID18"
    if _MOBILE.fullmatch(digits):
        return "PII.MOB"
    return (
        "PII.BANK"
        if digits.startswith("62") and len(digits) >= 16 and identifiers.is_bank_card(digits)
        else ""
    )


def _cards(text: str, cluster: Cluster) -> Iterator[Hit]:
    """PII.BANK: one number in ten passes the Luhn check by chance, so it must begin as a card does (62) or
    be called one; a code that passes by chance and is called an order or a serial number is left alone."""
    for first, start in cluster.starts.items():
        if len(cluster.inside(first, first + _LEAST_GROUP)) > 0:
            continue  # a row of small figures
        ends = [
            end for end in range(first + _LONGEST_CARD, first + _SHORTEST_CARD - 1, -1) if end in cluster.ends
        ]
        cue: str | None = None
        for end in ends:  # the longest first: of sixteen digits of a longer card one in ten passes too
            digits = cluster.digits[first:end]
            if not identifiers.is_bank_card(digits):
                continue
            if touches(text, start, cluster.ends[end]) or in_a_decimal(text, start, cluster.ends[end]):
                continue
            if cue is None:
                cue = cue_before(text, start)
            usual = digits.startswith("62") and len(digits) in _CARD_LENGTHS
            called = cue == "card" and not (len(digits) < 16 and len(cluster.starts) > 1)
            plain = cue not in ("code", "credit", "amount")
            if called or (usual and plain and _in_fours(cluster, first, end)):
                variant = "" if called or not cluster.whole else "doubtful"
                yield Hit("PII.BANK", start, cluster.ends[end], "private", variant)
                break


def _in_fours(cluster: Cluster, first: int, end: int) -> bool:
    """Whether the groups are as on a card: four digits each, the last up to four; or one run."""
    inner = cluster.inside(first, end)
    return not inner or inner == list(range(first + 4, end, 4))
