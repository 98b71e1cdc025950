"""By when a record must be public (REG.26, REG.49, NOR.6, 预算法 14)."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.statute.articles import article
from gongkai.statute.calendar import national
from gongkai.statute.catalogue import CatalogueError, record_due, record_kinds, time_limit
from gongkai.statute.duties import LocalDate, SpecialLimit, publication_due
from gongkai.statute.errors import DutyError
from gongkai.statute.remedies import OrganKind

D = dt.date.fromisoformat
CALENDAR = national()


@pytest.mark.parametrize(
    ("kind", "formed", "changed", "since", "due", "rule"),
    [
        # 20 working days from the forming, over the Spring Festival of 2026.
        ("document", "2026-02-10", None, None, "2026-03-16", "REG.26"),
        ("normative_document", "2026-02-10", None, None, "2026-03-16", "REG.26"),
        # … from the change.
        ("document", "2025-03-03", "2026-02-10", None, "2026-03-16", "REG.26"),
        # An interpretation: 3 working days from the document's publication; until then REG.26.
        ("interpretation", "2026-03-02", None, "2026-03-13", "2026-03-18", "NOR.6"),
        ("interpretation", "2026-02-10", None, None, "2026-03-16", "REG.26"),
        ("interpretation", "2026-03-02", "2026-03-20", "2026-03-13", "2026-04-20", "REG.26"),
        # A budget: 20 days of the calendar from its approval.
        ("budget", "2026-01-05", None, "2026-02-10", "2026-03-02", "REG.26"),
        ("final_accounts", "2025-08-01", None, "2025-09-01", "2025-09-21", "REG.26"),
        ("budget", "2026-02-10", None, None, "2026-03-16", "REG.26"),
        ("penalty", "2026-03-02", None, "2026-03-02", "2026-03-11", "REG.20(6)"),
        ("licence", "2026-03-02", None, "2026-03-02", "2026-03-11", "REG.20(5)"),
        ("enforcement", "2026-02-10", None, "2026-02-10", "2026-03-16", "REG.20(6)"),
        ("clarification", "2026-02-10", None, None, "2026-03-16", "REG.6.2"),
    ],
)
def test_by_when_a_record_must_be_public(
    kind: str, formed: str, changed: str | None, since: str | None, due: str, rule: str
) -> None:
    found = record_due(
        kind, D(formed), D(changed) if changed else None, since=D(since) if since else None, calendar=CALENDAR
    )
    assert (str(found.date), found.rule) == (due, rule)
    assert due in found.zh
    assert due in found.en
    assert article(found.rule)


def test_the_day_is_explained_with_the_law_that_sets_it() -> None:
    found = record_due("budget", D("2026-01-05"), since=D("2026-02-10"))
    assert found.zh == "2026-02-10 批准（批复），20日内，应不迟于 2026-03-02 公开（《预算法》第十四条）。"
    assert (found.mark, found.runs_from, found.since) == ("V", "approved", D("2026-02-10"))


def test_a_clarification_is_due_at_once_and_at_the_latest_by_the_regulation() -> None:
    found = record_due("clarification", D("2026-02-10"))
    assert found.at_once
    assert found.mark == "D"
    assert found.zh.startswith("应当及时公开")


def test_the_limit_of_another_law_goes_before_all_others() -> None:
    limit = SpecialLimit(7, "虚构的法律第九条")
    found = record_due("budget", D("2026-02-13"), special=limit, since=D("2026-02-13"))
    assert (str(found.date), found.name) == ("2026-03-02", "虚构的法律第九条")
    with pytest.raises(DutyError):
        record_due("document", D("2026-02-13"), special=SpecialLimit(7, ""))


@pytest.mark.parametrize(
    ("promised", "due", "rule"),
    [
        ("自信息形成或者变更之日起7个工作日内", "2026-03-02", "REG.22"),
        ("3日内", "2026-02-16", "REG.22"),
        ("信息形成后20个工作日内", "2026-03-19", "REG.26"),
        ("信息形成后40个工作日内", "2026-03-19", "REG.26"),
        ("及时公开", "2026-03-19", "REG.26"),
        ("按规定", "2026-03-19", "REG.26"),
    ],
)
def test_what_the_organs_catalogue_promises_counts_where_it_is_stricter(
    promised: str, due: str, rule: str
) -> None:
    found = record_due("document", D("2026-02-13"), promised=time_limit(promised))
    assert (str(found.date), found.rule) == (due, rule)


@pytest.mark.parametrize(
    ("organ", "local", "due"),
    [
        (OrganKind.DEPARTMENT, None, "2026-01-31"),
        (OrganKind.GOVERNMENT, None, "2026-03-31"),
        (OrganKind.TOWNSHIP_GOVERNMENT, LocalDate(1, 20, "虚构的地方通知"), "2026-01-20"),
        (OrganKind.TOWNSHIP_GOVERNMENT, None, "2026-02-06"),
        (None, None, "2026-02-06"),
    ],
)
def test_an_annual_report_is_due_on_the_day_of_its_organ(
    organ: OrganKind | None, local: LocalDate | None, due: str
) -> None:
    found = record_due("annual_report", D("2026-01-09"), organ=organ, local_date=local)
    assert str(found.date) == due


def test_a_change_before_the_forming_is_refused() -> None:
    with pytest.raises(CatalogueError) as refused:
        record_due("document", D("2026-02-10"), D("2026-02-09"))
    assert refused.value.code == "catalogue_changed_before_formed"


def test_a_moment_is_no_day() -> None:
    with pytest.raises(CatalogueError) as refused:
        record_due("document", dt.datetime(2026, 2, 10, 8, 0))
    assert refused.value.code == "catalogue_bad_day"


DAYS = st.dates(D("2019-05-15"), D("2026-11-21"))


@given(st.sampled_from(record_kinds()), DAYS, DAYS)
def test_property_no_record_is_due_before_it_exists_or_later_than_the_law_allows(
    kind: object, formed: dt.date, later: dt.date
) -> None:
    code = kind.code  # type: ignore[attr-defined]
    since = max(formed, later)
    found = record_due(code, formed, since=since, calendar=CALENDAR)
    assert formed <= found.date <= publication_due(since, CALENDAR).date
    assert found.since in (formed, since)
