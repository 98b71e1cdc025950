"""The sample installation: whole, fictional, and with something of everything."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

import pytest
from django.conf import global_settings
from django.contrib.auth import authenticate
from django.test import RequestFactory
from tests.web import platform
from tests.web.sample.conftest import NOW

from gongkai.statute.catalogue import record_kinds
from gongkai.web.audit.models import Entry
from gongkai.web.audit.verifying import verify
from gongkai.web.disclosure.actions.publishing import publish_due
from gongkai.web.disclosure.file_check import check_files
from gongkai.web.disclosure.models import (
    Attachment,
    ChecklistItem,
    Figure,
    Gate,
    Link,
    Record,
    Review,
    Version,
    WithheldItem,
)
from gongkai.web.disclosure.models.versions import Stage
from gongkai.web.disclosure.queries.checklist import items, of_organ
from gongkai.web.organs.errors import WorkError
from gongkai.web.organs.models import Appointment, Organ, Role
from gongkai.web.sample import loading, written
from gongkai.web.sample.accounts import accounts
from gongkai.web.sample.district import PASSWORD, organs

pytestmark = pytest.mark.django_db
REVIEW_ROLES = {Role.CLERK, Role.UNIT_HEAD, Role.SECRECY_OFFICER, Role.LEADER, Role.DISCLOSURE_OFFICE}


@pytest.mark.usefixtures("sample")
class TestTheSample:
    def test_the_log_and_every_row_and_file_of_it_verify(self) -> None:
        verdict = verify()
        check_files(verdict)
        assert verdict.faults == []
        assert verdict.entries > 1500
        assert verdict.files >= 2

    def test_the_log_is_in_the_order_of_time(self) -> None:
        moments = list(Entry.objects.order_by("number").values_list("at", flat=True))
        worked = [one for one in moments if one <= NOW]
        assert worked == sorted(worked)
        assert (NOW - moments[0]).days > 3 * 365

    def test_all_organs_say_that_they_are_fictional(self) -> None:
        assert Organ.objects.filter(is_fictional=False).count() == 0
        assert Organ.objects.count() == 15
        assert all("虚构" in name for name in Organ.objects.values_list("name", flat=True))

    def test_every_organ_has_people_for_each_step_and_the_secrecy_officer_drafts_nothing(self) -> None:
        held: dict[str, dict[int, set[str]]] = {}
        for one in Appointment.objects.select_related("organ"):
            held.setdefault(one.organ.code, {}).setdefault(one.staff_id, set()).add(one.role)
        assert len(held) == 15
        for code, people in held.items():
            roles = set().union(*people.values())
            assert roles >= REVIEW_ROLES, code
            assert Role.ADMINISTRATOR in roles
            for one in people.values():
                assert not {Role.CLERK, Role.SECRECY_OFFICER} <= one

    def test_small_towns_share_roles_and_the_district_has_each_role(self) -> None:
        district = Appointment.objects.filter(organ__code="xugou")
        assert set(district.values_list("role", flat=True)) == set(Role.values)
        town = Appointment.objects.filter(organ__code="qinghe")
        assert town.count() > town.values("staff").distinct().count()

    def test_records_are_in_every_stage(self) -> None:
        stages = Counter(Version.objects.values_list("stage", flat=True))
        assert set(stages) == set(Stage.values)
        assert 300 <= Record.objects.filter(state="published").count() <= 900

    def test_records_are_of_nearly_every_kind_over_three_years(self) -> None:
        kinds = set(Record.objects.values_list("kind", flat=True))
        unused = {one.code for one in record_kinds()} - kinds
        assert unused <= {
            "rule",
            "organisation",
            "enforcement",
            "fee",
            "recruitment",
            "licence",
            "inspection",
        }
        public = Record.objects.filter(state="published").values_list("published_at__year", flat=True)
        assert {2023, 2024, 2025, 2026} <= set(public)

    def test_validity_is_of_every_sort(self) -> None:
        validities = set(Record.objects.filter(state="published").values_list("validity", flat=True))
        assert {"in_force", "amended", "repealed", "expired", "not_yet"} == validities

    def test_what_is_public_had_its_secrecy_review_by_another_than_its_writers(self) -> None:
        out = Version.objects.filter(stage__in=("published", "superseded", "approved", "scheduled"))
        for version in out.select_related("secrecy_review"):
            assert version.secrecy_review is not None
            assert version.secrecy_review.result == "passed"
            assert version.secrecy_review.decided_by_id not in {version.drafted_by_id, *version.written_by}

    def test_every_step_of_the_review_has_something_waiting_at_the_district(self) -> None:
        waiting = Review.objects.filter(organ__code="xugou", result="").values_list("step", flat=True)
        assert set(waiting) == {"unit_head", "secrecy_officer", "leader"}
        assert Review.objects.filter(result="", due_on__lt=NOW.date()).exists()
        assert Review.objects.filter(result="forwarded").exists()
        assert Review.objects.filter(result="returned").exclude(reason="").count() >= 3

    def test_versions_differ_links_hold_both_ways_and_gates_are_in_every_state(self) -> None:
        amended = Version.objects.filter(change="amendment", stage="published")
        assert {one.record.kind for one in amended} == {"normative_document", "guide"}
        for one in amended:
            before = one.record.versions.get(number=1)
            assert one.body != before.body
            assert before.stage == "superseded"
        assert set(Link.objects.values_list("kind", flat=True)) == {
            "interprets",
            "repeals",
            "amends",
            "related",
        }
        assert set(Gate.objects.values_list("result", flat=True)) == {"", "agreed", "refused"}

    def test_a_withdrawn_record_tells_why(self) -> None:
        withdrawn = Record.objects.filter(state="withdrawn")
        assert withdrawn.exists()
        assert all(one.withdrawal_reason for one in withdrawn)

    def test_a_draft_has_findings_that_its_checks_tell(self) -> None:
        from gongkai.web.disclosure.checks import check_version

        drafts = Version.objects.filter(stage="draft", body__contains="13800138000")
        found = {one.code for one in check_version(drafts.select_related("record__organ")[0])}
        assert "dead_link" in found
        assert len(found) >= 2

    def test_checklists_have_items_late_and_never_published(self) -> None:
        open_items = ChecklistItem.objects.filter(is_active=True)
        assert open_items.filter(next_due_on__lt=NOW.date()).exists()
        assert open_items.filter(last_published_on__isnull=True).exists()
        assert open_items.filter(last_published_on__isnull=False, next_due_on__gte=NOW.date()).exists()
        assert set(open_items.values_list("source", flat=True)) == {"主动公开基本目录", "社会救助"}

    def test_what_is_public_counts_for_its_item_of_the_checklist(self) -> None:
        kinds = ("guide", "annual_report", "budget", "penalty", "normative_document", "emergency")
        for one in ChecklistItem.objects.filter(kind__in=kinds).select_related("organ"):
            public = Record.objects.filter(
                organ=one.organ, kind=one.kind, state="published", repealed_on=None
            )
            stands = items(one.organ, NOW.date()).get(pk=one.pk).standing
            assert (stands == "missing") == (not public.exists()), (one.organ.name, one.level1, stands)

    def test_the_district_and_a_town_show_items_in_every_state(self) -> None:
        for code in ("xugou", "qinghe"):
            organ = Organ.objects.get(code=code)
            states = set(items(organ, NOW.date()).values_list("standing", flat=True))
            assert states >= {"due", "missing", "done", "not_due"}, code
        every = ChecklistItem.objects.values_list("organ", flat=True).distinct()
        late = [pk for pk in every if of_organ(Organ.objects.get(pk=pk), NOW.date()).late]
        assert Organ.objects.get(code="xugou").pk in late
        assert 3 <= len(late) < len(every)

    def test_withheld_items_are_due_and_figures_are_there_for_three_years(self) -> None:
        assert WithheldItem.objects.filter(is_open=True, next_review_on__lt=NOW.date()).count() == 2
        assert set(Figure.objects.values_list("year", flat=True)) == {2023, 2024, 2025}

    def test_attachments_are_of_the_program_s_own_making(self) -> None:
        own = {name for code in written.told() for name, _ in written.contents(code)}
        others = Attachment.objects.exclude(version__record__kind="annual_report")
        drafts = {"虚构区犬只管理办法（征求意见稿）.docx"}  # of the consultation that is open
        assert set(others.values_list("name", flat=True)) == {"申请表.docx", "附表.xlsx", *drafts, *own}

    def test_scheduled_records_come_out_when_their_time_has_come(self) -> None:
        done, held = publish_due(NOW + dt.timedelta(days=4))
        assert len(done) == 1
        assert held == []

    def test_people_sign_in_with_the_password_that_is_printed(
        self, rf: RequestFactory, settings: Any
    ) -> None:
        settings.PASSWORD_HASHERS = global_settings.PASSWORD_HASHERS
        shown = accounts()
        assert {one.username for one in shown} == {one.username for one in organs()[0].people}
        for one in (shown[0].username, "qinghe.clerk", "minzheng.leader"):
            request: Any = rf.post("/work/sign-in/")
            assert authenticate(request, username=one, password=PASSWORD) is not None

    def test_loading_it_again_changes_nothing(self) -> None:
        before = Entry.objects.count()
        again = loading.load(now=NOW)
        assert not again.new
        assert again.records == Record.objects.count()
        assert Entry.objects.count() == before

    def test_many_records_are_refused_beside_it(self) -> None:
        with pytest.raises(WorkError, match="空数据库"):
            loading.scale(50)


def test_it_is_not_loaded_beside_a_real_organ(db: None) -> None:
    platform.organ("shishi", "某县人民政府", 77, kind="government", level="county", is_fictional=False)
    for put_in in (loading.load, lambda: loading.scale(10)):
        with pytest.raises(WorkError) as refused:
            put_in()
        assert refused.value.code == "not_a_sample"
    assert Record.objects.count() == 0


def test_without_a_sample_no_account_is_shown(db: None) -> None:
    platform.organ("xugou", "真实机关", 78, kind="government", level="county", is_fictional=False)
    assert accounts() == []


@pytest.mark.parametrize("day", [dt.date(2026, 2, 19), dt.date(2028, 2, 29), dt.date(2027, 1, 1)])
def test_it_can_be_loaded_on_holidays_leap_days_and_in_years_without_a_calendar(
    day: dt.date, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "_ORDINARY", 3)
    monkeypatch.setattr(loading, "_HISTORY", 10)
    loading.load(now=NOW.replace(year=day.year, month=day.month, day=day.day))
    assert verify().faults == []
