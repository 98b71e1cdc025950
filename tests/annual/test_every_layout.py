"""Every layout a publisher uses, printed at random and read back: no cell may differ from the truth."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.annual.printing import LAYOUTS, Case, print_report, printed_case, random_report
from tests.annual.printing.comparing import differences
from tests.examples import examples

from gongkai.annual import Report, read_reports
from gongkai.annual.checking import check
from gongkai.documents import DocumentError, read_document

# Reports of each layout and form; the text layouts are quick, the others cost milliseconds to make.
TEXT_CASES, OFFICE_CASES, PDF_CASES = 100, 25, 20
CHUNK = 25


def _number_of_cases(name: str) -> int:
    layout = LAYOUTS[name]
    if layout.is_text:
        return TEXT_CASES
    return {"html": 50, "pdf": PDF_CASES}.get(layout.suffix, OFFICE_CASES)


CHUNKS = [
    pytest.param(name, form, start, min(start + CHUNK, _number_of_cases(name)), id=f"{name}-{form}-{start}")
    for name, layout in LAYOUTS.items()
    for form in layout.forms
    for start in range(0, _number_of_cases(name), CHUNK)
]


def misreadings(case: Case) -> list[str]:
    """What differs from the truth when the file is read."""
    try:
        reports = read_reports(read_document(case.content, case.name))
    except DocumentError as error:
        return [f"not read: {error.code}"]
    if len(reports) != 1:
        return [f"one report printed, {len(reports)} read"]
    return differences(case.truth, reports[0], case.disturbances)


@pytest.mark.parametrize(("layout", "form", "first", "last"), CHUNKS)
def test_every_cell_of_a_printed_report_is_read_back(layout: str, form: str, first: int, last: int) -> None:
    failures = []
    for seed in range(first, last):
        case = printed_case(layout, form, seed)
        wrong = misreadings(case)
        if wrong:
            failures.append("\n    ".join([str(case), *wrong[:5], f"({len(wrong)} differences)"]))
    assert not failures, f"{len(failures)} of {last - first} reports misread:\n" + "\n".join(failures[:5])


def test_the_suite_prints_at_least_two_thousand_reports() -> None:
    assert sum(_number_of_cases(name) * len(layout.forms) for name, layout in LAYOUTS.items()) >= 2000


@settings(max_examples=examples(60))
@given(
    layout=st.sampled_from([name for name, layout in LAYOUTS.items() if layout.is_text]),
    form=st.sampled_from(["2014", "2019", "2021"]),
    seed=st.integers(min_value=10_000, max_value=10_000_000),
)
def test_any_seed_is_read_back(layout: str, form: str, seed: int) -> None:
    if form not in LAYOUTS[layout].forms:
        form = "2021"
    case = printed_case(layout, form, seed)
    assert misreadings(case) == [], str(case)


@pytest.mark.parametrize("form", ["2014", "2019", "2021"])
def test_no_false_arithmetic_finding_on_a_report_that_adds_up(form: str) -> None:
    wrong = []
    for seed in range(40):
        rng = Random(f"adds up/{form}/{seed}")
        content, name, _ = print_report(random_report(rng, form), "tab_rows", rng)
        [report] = read_reports(read_document(content, name))
        found = [f for f in check(report) if f.severity == "error" and f.rule.startswith(("FMT.T", "OLD."))]
        wrong += [f"seed {seed}: {finding.rule} {finding.message}" for finding in found]
    assert wrong == []


def reports_unless_refused(content: bytes, name: str) -> list[Report] | None:
    """The reports of a file, None where it was refused for holding several: allowed, mixing is not."""
    try:
        return read_reports(read_document(content, name))
    except DocumentError as error:
        if error.code == "two_reports":
            return None
        raise


@pytest.mark.parametrize("layout", ["cell_lines", "tab_rows", "pipes", "pdf_text", "aligned"])
@pytest.mark.parametrize(
    "forms", [("2021", "2021"), ("2021", "2019"), ("2014", "2014"), ("2014", "2021"), ("2021", "2014")]
)
@pytest.mark.parametrize("seed", range(4))
def test_two_reports_in_one_file_are_never_mixed(layout: str, forms: tuple[str, str], seed: int) -> None:
    rng = Random(f"two/{layout}/{forms}/{seed}")
    first, second = (random_report(rng, form) for form in forms)
    printed = [print_report(report, layout, rng) for report in (first, second)]
    content = b"\n\n".join(content for content, _, _ in printed)
    reports = reports_unless_refused(content, printed[0][1])
    if reports is None:
        return
    assert len(reports) == 2
    for (_, _, truth), report in zip(printed, reports, strict=True):
        assert differences(truth, report) == []


def without_table_3(content: bytes) -> bytes:
    """The text of a report without the lines of its table 3: the file lost them."""
    lines = content.decode().split("\n")
    start = next(i for i, line in enumerate(lines) if "上年结转" in line and "\t" in line)
    end = next(i for i, line in enumerate(lines) if i > start and "结转下年度" in line and "\t" in line)
    return "\n".join(lines[:start] + lines[end + 1 :]).encode()


@pytest.mark.parametrize("lost", [0, 1])
@pytest.mark.parametrize("seed", range(6))
def test_two_reports_stay_apart_though_one_has_lost_its_table_3(lost: int, seed: int) -> None:
    rng = Random(f"lost/{lost}/{seed}")
    printed = [print_report(random_report(rng, "2021"), "tab_rows", rng) for _ in range(2)]
    parts = [content for content, _, _ in printed]
    parts[lost] = without_table_3(parts[lost])
    reports = reports_unless_refused(b"\n\n".join(parts), printed[0][1])
    if reports is None:
        return
    assert len(reports) == 2
    for (_, _, truth), report in zip(printed, reports, strict=True):
        assert report.proactive == truth["proactive"]
        assert report.remedies == truth["remedies"]
    kept = 1 - lost
    assert reports[kept].requests == printed[kept][2]["requests"]


@pytest.mark.parametrize("layout", ["cell_lines", "tab_rows", "pdf_text", "html"])
@pytest.mark.parametrize("seed", range(5))
def test_the_form_of_2019_used_in_a_later_year_is_read_as_it_stands(layout: str, seed: int) -> None:
    rng = Random(f"late/{layout}/{seed}")
    report = random_report(rng, "2019") | {"year": rng.randint(2021, 2024)}
    content, name, truth = print_report(report, layout, rng)
    [read] = read_reports(read_document(content, name))
    assert differences(truth, read) == []
