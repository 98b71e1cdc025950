"""What a citizen meets on the first pages of the sample: reports, policies, consultations, answers."""

from __future__ import annotations

import re
from collections import deque
from typing import Any

import pytest
from django.conf import settings as at_start
from django.test import Client
from tests.web.sample.conftest import NOW

from gongkai.annual.checking import check
from gongkai.web.annual_reports.archive.queries import report_of, reports_of
from gongkai.web.annual_reports.models import AnnualReport, Reading
from gongkai.web.channels.models import Channel, Release, ReleaseState
from gongkai.web.config import clock
from gongkai.web.disclosure.models import Link, LinkKind, Record, State
from gongkai.web.organs.models import Organ
from gongkai.web.participation.models import Consultation, ErrorReport, Response
from gongkai.web.search.following import rebuild

pytestmark = pytest.mark.django_db
_LINK = re.compile(r'(?:href|src)="(/[^"#]*)')
_FIRST = (
    "/",
    "/o/",
    "/o/xugou/",
    "/o/qinghe/",
    "/o/xugou/consultations/",
    "/subscribe/",
    "/search/?q=%E7%94%B5%E6%A2%AF",
)
# Staff sign in there.
_NOT_FOLLOWED = ("/work/", "/admin/")


def record(title: str) -> Record:
    return Record.objects.get(title=title, state=State.PUBLISHED)


@pytest.mark.usefixtures("sample")
class TestTheLivingSite:
    def test_every_organ_has_three_years_of_reports_that_were_read(self) -> None:
        assert not AnnualReport.objects.exclude(state=Reading.READ).exists()
        for organ in Organ.objects.all():
            kept = reports_of(organ.pk)
            assert [one.year for one in kept] == [2025, 2024, 2023], organ.name
            assert all(one.figures.number("received") for one in kept)

    @pytest.mark.parametrize("code", ["xugou", "qinghe", "bailu", "minzheng", "jiaoyu"])
    def test_the_checks_find_nothing_in_what_was_read(self, code: str) -> None:
        organ = Organ.objects.get(code=code)
        before = None
        for year in (2023, 2024, 2025):
            found = report_of(organ.pk, year)
            assert found is not None
            report = found.report()
            if before is not None:
                assert check(report, previous=before) == []
            before = report

    def test_policies_have_interpretations_files_and_one_is_repealed_by_another(self) -> None:
        lift = record("关于印发《虚构区既有住宅加装电梯补助办法》的通知")
        assert lift.published is not None
        names = lift.published.attachments.values_list("name", flat=True)
        assert {name.rpartition(".")[2] for name in names} == {"docx", "xlsx", "pdf"}
        assert lift.versions.filter(stage="superseded").exists()
        told = Link.objects.filter(kind=LinkKind.INTERPRETS, source__state=State.PUBLISHED)
        assert told.count() == 4
        old = record("关于印发《虚构区农村客运赶集班车补贴办法（试行）》的通知")
        assert old.validity == "repealed"
        assert old.repealed_by == record("关于印发《虚构区农村客运赶集班车补贴办法》的通知")
        assert old.repealed_by.published is not None
        assert old.document_number in old.repealed_by.published.body

    def test_the_guide_and_the_rules_are_the_district_s_own(self) -> None:
        guide = record("虚构区人民政府政府信息公开指南")
        assert guide.published is not None
        assert guide.published.number == 2
        assert "0000-8800001" in guide.published.body
        rules = Record.objects.filter(organ__code="xugou", kind="own_rules", state=State.PUBLISHED)
        assert rules.count() == 4

    def test_a_consultation_runs_one_has_ended_and_a_survey_has_figures(self) -> None:
        running = Consultation.objects.get(closed_at=None)
        assert running.announcement.state == State.PUBLISHED
        assert running.opinions.count() >= 2
        ended = Consultation.objects.exclude(closed_at=None).exclude(form="survey").get()
        assert ended.result is not None
        assert ended.result.state == State.PUBLISHED
        assert ended.result.published is not None
        assert "停放区" in ended.result.published.body
        survey = Consultation.objects.get(form="survey")
        assert survey.closed_count == 34
        assert survey.result is not None
        assert survey.result.state == State.PUBLISHED
        assert survey.result_figures[0]["answered"] == 34
        assert all(one["answered"] for one in survey.result_figures)
        assert survey.result.published is not None
        assert "占比" in survey.result.published.body

    def test_readers_are_answered_and_concern_over_three_years(self) -> None:
        reports = ErrorReport.objects.order_by("received_at")
        assert [one.result for one in reports] == ["fixed", "no_error", ""]
        assert all(one.contact == "" for one in reports)
        assert set(Response.objects.values_list("on__year", flat=True)) == {2024, 2025, 2026}
        assert set(Response.objects.values_list("channel", flat=True)) == {
            "press_conference",
            "interview",
            "interpretation",
            "social",
            "other",
        }

    def test_the_notice_board_was_used_twice_and_the_link_to_another_system_is_off(self) -> None:
        kinds = dict(Channel.objects.values_list("kind", "is_active"))
        assert kinds == {"notice_board": True, "gazette": True, "webhook": False}
        posted = Release.objects.filter(channel__kind="notice_board", state=ReleaseState.RECORDED)
        assert posted.count() == 2
        assert Release.objects.filter(channel__kind="gazette", state=ReleaseState.RECORDED).count() == 1
        assert not Release.objects.filter(channel__kind="webhook").exists()

    def test_words_inside_files_are_found_on_the_first_page(self, client: Client) -> None:
        assert rebuild() > 300
        for word, title in (
            ("井道勘验", "既有住宅加装电梯补助办法"),
            ("环沟长度", "稻渔综合种养扶持办法"),
            ("覆膜防雨", "既有住宅加装电梯补助办法"),
            ("软烂套餐", "社区老年助餐点运营补贴实施细则"),
        ):
            page = client.get("/search/", {"q": word}).content.decode()
            assert title in page, word

    def test_every_link_of_the_first_pages_answers(self, client: Client) -> None:
        rebuild()
        with clock.set_to(NOW):
            followed = _answers(client, _FIRST, depth=1)
        assert len(followed) > 120
        assert {address: code for address, code in followed.items() if code != 200} == {}


def _answers(client: Any, first: tuple[str, ...], depth: int) -> dict[str, int]:
    """What pages and those they link to answer, by address."""
    seen: dict[str, int] = {}
    waiting = deque((address, depth) for address in first)
    while waiting:
        address, left = waiting.popleft()
        if address in seen or address.startswith((*_NOT_FOLLOWED, at_start.STATIC_URL)):
            continue
        answer = client.get(address.replace("&amp;", "&"), follow=True)
        seen[address] = answer.status_code
        if left and not answer.streaming:
            waiting.extend(
                (found, left - 1) for found in _LINK.findall(answer.content.decode("utf-8", "replace"))
            )
    return seen
