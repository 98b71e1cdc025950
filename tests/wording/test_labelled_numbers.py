"""Numbers of people told from all other numbers, measured on a labelled set made from seeds."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path

import pytest
from tests.wording.labelled.negatives import negatives
from tests.wording.labelled.positives import Labelled, mistyped, positives

from gongkai.wording.scanning import Finding, ScanOptions, scan

HAND_WRITTEN = tomllib.loads((Path(__file__).parent / "labelled" / "adversarial.toml").read_text("utf-8"))
NUMBERS = frozenset(("PII.ID18", "PII.ID15", "PII.BANK", "PII.MOB", "PII.TEL"))
PERSONAL = ScanOptions(wording=False)


def numbers_in(text: str) -> list[Finding]:
    return [found for found in scan(text, options=PERSONAL) if found.kind in NUMBERS]


def found_in(sample: Labelled) -> set[tuple[str, str]]:
    return {(found.kind, found.text) for found in numbers_in(sample.text)}


def test_the_set_is_as_large_and_as_varied_as_it_must_be() -> None:
    positive, negative = [*positives(), *mistyped()], list(negatives())
    assert len(positive) >= 1000
    assert len(set(negative)) >= 2000
    assert len(HAND_WRITTEN["lines"]) >= 100
    shapes = Counter(sample.shape for sample in positive)
    assert min(shapes.values()) >= 20
    assert {kind for sample in positive for kind, _ in sample.found} == NUMBERS


@pytest.mark.parametrize("kind", sorted(NUMBERS))
def test_of_each_kind_at_least_99_in_100_are_found_at_their_place(kind: str) -> None:
    samples = [sample for sample in positives() if sample.found[0][0] == kind]
    missed = [sample.text for sample in samples if not set(sample.found) <= found_in(sample)]
    assert 1 - len(missed) / len(samples) >= 0.99, missed


def test_of_what_is_found_at_least_98_in_100_are_numbers_of_people() -> None:
    right, wrong = 0, []
    for sample in positives():
        found = found_in(sample)
        right += len(found & set(sample.found))
        wrong += [(sample.text, one) for one in found - set(sample.found)]
    wrong += [(text, (found.kind, found.text)) for text in negatives() for found in numbers_in(text)]
    assert right / (right + len(wrong)) >= 0.98, wrong


def test_a_mistyped_identity_number_is_found_where_words_name_it_and_is_lower() -> None:
    for sample in mistyped():
        (found,) = numbers_in(sample.text)
        assert (found.kind, found.text) == sample.found[0]
        assert (found.severity, found.variant) == ("warning", "mistyped")


def test_a_right_identity_number_is_an_error_but_for_the_few_that_fit_a_credit_code_too() -> None:
    plain = [one for one in positives() if one.found[0][0] == "PII.ID18" and one.shape == "_plain"]
    found = [number for sample in plain for number in numbers_in(sample.text)]
    assert sum(number.severity == "error" for number in found) / len(found) >= 0.95
    assert all(number.variant == "doubtful" for number in found if number.severity != "error")


@pytest.mark.parametrize("line", HAND_WRITTEN["lines"], ids=lambda line: line[0])
def test_a_line_written_to_mislead_gives_what_its_writer_says(line: list[str]) -> None:
    text, *expected = line
    found = [f"{one.kind} {one.text}" for one in scan(text, options=PERSONAL) if one.kind != "PII.NAME"]
    assert sorted(found) == sorted(expected)
