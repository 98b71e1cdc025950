"""Whether a page helped, and what is wrong with it: counted without a who, answered in time."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from tests.web.participation.consulting import reported
from tests.web.platform import District, House, appoint, draft, published, staff

from gongkai.statute.calendar import national
from gongkai.web.audit.models import Entry
from gongkai.web.audit.verifying import verify
from gongkai.web.config import clock
from gongkai.web.config.sealing import seal, unseal
from gongkai.web.organs.errors import Invalid, NotAllowed, WorkError
from gongkai.web.organs.models import Role, Unit
from gongkai.web.participation.actions.feedback import (
    answer_report,
    destroy_personal_data,
    forget_contacts,
    look_at_contact,
    mark,
)
from gongkai.web.participation.models import ErrorReport, Helpfulness
from gongkai.web.participation.queries.feedback import (
    area_counts,
    oldest_unanswered,
    report_of_code,
    reports,
    unhelpful_pages,
    waiting_for,
)

pytestmark = pytest.mark.django_db


def test_pages_are_counted_and_nobody_who_counts_is_kept(town: House) -> None:
    record = published(town)
    for helped in (True, False, False):
        mark(record=record, helped=helped)
    row = Helpfulness.objects.get()
    assert (row.helped, row.not_helped) == (1, 2)
    assert {one.name for one in Helpfulness._meta.concrete_fields} == {
        "id", "record", "organ", "helped", "not_helped",
    }  # fmt: skip
    assert [one.record for one in unhelpful_pages(town.organ)] == [record]


def test_what_is_not_public_is_neither_counted_nor_reported(town: House) -> None:
    record = draft(town)
    with pytest.raises(WorkError, match="没有公开"):
        mark(record=record, helped=True)
    with pytest.raises(WorkError, match="没有公开"):
        reported(record)


def test_a_report_waits_for_the_records_unit_and_the_office_until_its_day(town: House) -> None:
    report, _ = reported(published(town))
    assert report.due_on == national().add_working_days(clock.today(), 3).date
    assert report.unit == town.affairs
    for role in (Role.CLERK, Role.UNIT_HEAD, Role.DISCLOSURE_OFFICE):
        assert [one.pk for one in waiting_for(town[role])] == [report.pk]
    for role in (Role.SECRECY_OFFICER, Role.AUDITOR, Role.LEADER):
        assert waiting_for(town[role]) == []


def test_personal_data_goes_to_the_secrecy_officer_and_the_office_at_once(town: House) -> None:
    report, _ = reported(published(town), "personal", words="附件第三页有身份证号。")
    assert report.is_urgent
    assert report.due_on == national().add_working_days(clock.today(), 1).date
    for role in (Role.SECRECY_OFFICER, Role.DISCLOSURE_OFFICE, Role.CLERK):
        assert [one.pk for one in waiting_for(town[role])] == [report.pk]
    answer_report(by=town[Role.SECRECY_OFFICER], report=report, result="fixed", answer="已遮盖。")


def test_another_units_clerk_does_not_answer(town: House) -> None:
    report, _ = reported(published(town))
    unit = Unit.objects.create(organ=town.organ, name="财政所")
    clerk = staff("beishan.other", "虚构别科", town.organ, unit)
    appoint(clerk, Role.CLERK, town.organ, unit)
    assert waiting_for(clerk) == []
    with pytest.raises(NotAllowed):
        answer_report(by=clerk, report=report, result="fixed", answer="已改。")


def test_an_answer_closes_it_once_and_is_read_under_its_code(town: House) -> None:
    report, code = reported(published(town))
    with pytest.raises(Invalid):
        answer_report(by=town[Role.CLERK], report=report, result="fixed", answer=" ")
    answer_report(by=town[Role.CLERK], report=report, result="fixed", answer="电话已更正，谢谢。")
    with pytest.raises(WorkError, match="已经答复过"):
        answer_report(by=town[Role.CLERK], report=report, result="void", answer="")
    found = report_of_code(town.organ, code.lower().replace("-", " "))
    assert found is not None
    assert found.answer == "电话已更正，谢谢。"
    assert report_of_code(town.organ, "AAAAA-AAAAA") is None
    assert code not in str(ErrorReport.objects.values().get())
    assert list(reports(town.organ, is_open=True)) == []
    assert [one.pk for one in reports(town.organ, is_open=False)] == [report.pk]
    assert verify().faults == []


def test_the_contact_lies_closed_is_looked_at_by_few_and_forgotten(town: House) -> None:
    report, _ = reported(published(town))
    row = ErrorReport.objects.get()
    assert "13800000000" not in row.contact
    assert look_at_contact(by=town[Role.CLERK], report=report) == "13800000000"
    assert Entry.objects.filter(action="participation.contact_seen", actor_id=town[Role.CLERK].pk).exists()
    with pytest.raises(NotAllowed):
        look_at_contact(by=town[Role.AUDITOR], report=report)
    told = " ".join(f"{one.before}{one.after}{one.why}" for one in Entry.objects.all())
    assert "13800000000" not in told
    assert "少了一位" not in told
    answer_report(by=town[Role.CLERK], report=report, result="fixed", answer="已更正。")
    assert forget_contacts() == 0
    with clock.set_to(clock.now() + dt.timedelta(days=181)):
        assert forget_contacts() == 1
    assert ErrorReport.objects.get().contact == ""
    assert verify().faults == []


def test_words_with_personal_data_are_destroyed_and_the_report_stays(town: House) -> None:
    report, _ = reported(published(town))
    with pytest.raises(NotAllowed):
        destroy_personal_data(by=town[Role.CLERK], report=report, reason="删去", words_too=True)
    destroy_personal_data(by=town[Role.DISCLOSURE_OFFICE], report=report, reason="含身份证号", words_too=True)
    row = ErrorReport.objects.get()
    assert (row.words, row.contact) == ("", "")
    assert verify().faults == []
    with pytest.raises(DatabaseError), transaction.atomic():
        ErrorReport.objects.all().delete()


def test_a_sealed_value_opens_in_its_own_place_alone(settings: Any) -> None:
    closed = seal("13800000000", "report.contact")
    assert unseal(closed, "report.contact") == "13800000000"
    with pytest.raises(WorkError):
        unseal(closed, "opinion.contact")
    old = settings.SECRET_KEY
    settings.SECRET_KEY = "another"
    with pytest.raises(WorkError, match="系统密钥更换过"):
        unseal(closed, "report.contact")
    settings.SECRET_KEY_FALLBACKS = [old]
    assert unseal(closed, "report.contact") == "13800000000"


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"kind": "nothing"}, "kind"),
        ({"kind": "other", "words": "  "}, "words"),
        ({"words": "长" * 1001}, "words"),
        ({"contact": "1" * 201}, "contact"),
    ],
)
def test_a_report_that_says_nothing_or_too_much_is_refused(
    town: House, facts: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        reported(published(town), **facts)
    assert [one.field for one in refused.value.faults] == [field]
    assert ErrorReport.objects.count() == 0


def test_an_authority_sees_open_and_late_reports_of_its_area_in_one_query(
    district: District, django_assert_num_queries: Any
) -> None:
    report, _ = reported(published(district.town))
    with django_assert_num_queries(1):
        assert area_counts(district.government.organ) == {district.town.organ.pk: {"open": 1, "late": 0}}
    counts = area_counts(district.government.organ, report.due_on + dt.timedelta(days=1))
    assert counts[district.town.organ.pk]["late"] == 1
    assert oldest_unanswered(district.town.organ) == clock.today()
