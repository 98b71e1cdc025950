"""Good files of every kind, damaged at random: read or refused in clear words, never anything else."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.annual.printing import print_report, random_report
from tests.fuzz.mutations import mutated
from tests.fuzz.outcome import outcome
from tests.fuzz.seeds import every_kind, of_kind, scaled

from gongkai.documents import DocumentError

KINDS = every_kind()
SEEDS = st.integers(0, 2**32 - 1)
FAR_APART = 10_007  # every figure of the second report is a multiple of it


@given(kind=st.sampled_from(KINDS), number=SEEDS)
def test_a_damaged_report_is_read_or_refused_in_clear_words(kind: tuple[str, str], number: int) -> None:
    name, content = of_kind(kind)
    outcome(name, mutated(name, content, Random(number)))


@given(kind=st.sampled_from(KINDS), other=st.sampled_from(KINDS), number=SEEDS)
def test_a_report_under_another_kinds_name_is_read_or_refused(
    kind: tuple[str, str], other: tuple[str, str], number: int
) -> None:
    _, content = of_kind(kind)
    outcome(of_kind(other)[0], mutated("", content, Random(number)) if number % 2 else content)


@pytest.mark.parametrize("kind", KINDS, ids="-".join)
def test_the_undamaged_files_are_read(kind: tuple[str, str]) -> None:
    found = outcome(*of_kind(kind))
    assert not isinstance(found, DocumentError)
    assert len(found) == 1


@given(
    layout=st.sampled_from(["tab_rows", "cell_lines", "pipes", "html"]),
    form=st.sampled_from(["2019", "2021"]),
    number=SEEDS,
)
def test_figures_of_two_reports_in_one_file_are_never_mixed(layout: str, form: str, number: int) -> None:
    rng = Random(number)
    first, second = random_report(rng, form), scaled(random_report(rng, form), FAR_APART)
    printed = [print_report(report, layout, rng)[0] for report in (first, second)]
    content = b"\n".join(_without_some_rows(part, rng) for part in printed)
    found = outcome(f"report.{'html' if layout == 'html' else 'txt'}", content)
    for report in () if isinstance(found, DocumentError) else found:
        figures = [value * 100 for _, value in report.cells() if value]  # money has two decimals
        assert len({value % FAR_APART == 0 for value in figures}) <= 1


def _without_some_rows(printed: bytes, rng: Random) -> bytes:
    """The report with some lines of its tables gone or doubled; its title and its headings stay."""
    lines = printed.decode("latin-1").split("\n")  # whatever the encoding, lines and digits are the same
    inside = [n for n, line in enumerate(lines) if n > 3 and any(c.isdigit() for c in line)]
    for at in sorted(rng.sample(inside, min(len(inside), rng.randint(0, 4))), reverse=True):
        lines[at : at + 1] = [] if rng.random() < 0.6 else [lines[at]] * 2
    return "\n".join(lines).encode("latin-1")
