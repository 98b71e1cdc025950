"""The sample's requests: in every state, answered in each usual way, with their letters."""

from __future__ import annotations

from collections import Counter

import pytest
from django.test import Client
from tests.web.sample.conftest import NOW

from gongkai.web.config import clock
from gongkai.web.organs.models import Organ
from gongkai.web.requests.models import Case, Letter, Office, Stands
from gongkai.web.requests.queries.figures import table3
from gongkai.web.requests.sealed import opener_of

pytestmark = pytest.mark.usefixtures("sample")


class TestTheSamplesRequests:
    def test_some_are_in_every_state(self) -> None:
        stands = Counter(Case.objects.values_list("stands", flat=True))
        assert set(stands) == set(Stands.values) - {Stands.MERGED}, stands
        assert sum(stands.values()) >= 35

    def test_they_are_answered_in_each_usual_way(self) -> None:
        served = Case.objects.filter(stands=Stands.SERVED)
        assert len(set(served.values_list("outcome", flat=True))) >= 8
        for case in served:
            letter = case.letters.get(kind="reply")
            assert letter.number
            assert opener_of(case).open_file(letter.pdf).startswith(b"%PDF")

    def test_only_what_is_meant_to_be_late_is_late(self) -> None:
        assert list(Case.objects.filter(in_time=False).values_list("subject", flat=True)) == []
        late = Case.objects.get(stands=Stands.OVERDUE)
        assert late.due_on is not None
        assert late.due_on < NOW.date()
        assert not Case.objects.filter(has_faults=True).exclude(pk=late.pk).exists()

    def test_every_organ_can_write_its_letters(self) -> None:
        assert Office.objects.exclude(letter_code="").count() == Organ.objects.count()
        assert Letter.objects.exclude(issued_at=None).count() >= 25

    def test_each_organ_says_where_to_send_a_request(self, client: Client) -> None:
        for organ in Organ.objects.all():
            page = client.get(f"/o/{organ.code}/request/").content.decode()
            assert organ.postcode in page
            assert organ.fax in page
            assert organ.email in page

    def test_the_figures_of_a_year_hold_together(self) -> None:
        organ = Organ.objects.get(code="xugou")
        with clock.set_to(NOW):
            rows = table3(organ, 2026)
        come = rows["received.new"]["total"] + rows["received.carried_in"]["total"]
        assert come == rows["concluded"]["total"] + rows["carried_forward"]["total"] > 0

    def test_everybody_who_asks_is_invented(self) -> None:
        for case in Case.objects.select_related("requester", "key"):
            opener = opener_of(case)
            assert "示例" in opener.open(case.requester, "address")
            number = opener.open(case.requester, "identity_number")
            assert number[6:14] == "19000101" or number[2:8] == "999999"
