"""The citizens' pages of requests: wrong values in every field, forged states and tickets, wrong files, a
clock that went back, a press too many. Each is answered in words, and what was filled in is not lost."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from tests.web.attacks.test_requests_of_staff import FILES, HOSTILE, SCRIPT
from tests.web.conftest import words
from tests.web.platform import District, House
from tests.web.requests.asking import SECRETS, asked, at, sent
from tests.web.requests.citizen_asking import ANSWERS, Citizen, browser, hidden, looked_up, scan

from gongkai.statute.clock import Event, EventKind
from gongkai.web.audit.verifying import verify
from gongkai.web.config import clock
from gongkai.web.organs.errors import WorkError
from gongkai.web.organs.models import Role
from gongkai.web.requests.actions.entering import held
from gongkai.web.requests.actions.receiving import confirm_receipt, register
from gongkai.web.requests.actions.stepping import record, step
from gongkai.web.requests.models import Case, CaseEvent, CaseFile, SentForm, StagedFile

pytestmark = pytest.mark.django_db
DAY = dt.date(2025, 9, 26)
FORM_STEPS = [name for name in ANSWERS if name not in ("found", "evidence")]


@pytest.fixture(autouse=True)
def _nothing_counted() -> None:
    cache.clear()


def _fields(citizen: Citizen) -> list[str]:
    names = {str(one.attributes["name"]) for one in citizen.page.css("main [name]")}
    return sorted(names - {"state", "at", "go"})


@pytest.mark.parametrize("name", FORM_STEPS)
def test_one_wrong_value_in_a_page_filled_in_rightly_is_told_and_the_rest_can_still_be_sent(
    town: House, name: str
) -> None:
    citizen = Citizen(town).go_to(name)
    start = citizen.response
    for field in _fields(citizen):
        for what, value in HOSTILE.items():
            citizen.response = start
            citizen.press("next", **{**ANSWERS[name], field: value})
            assert citizen.response.status_code in (200, 422), (field, what)
            assert b"<script>alert(1)" not in citizen.response.content, (field, what)
            assert citizen.state, (field, what)
            if citizen.at == name:  # put right, it goes on
                assert citizen.page.css(".govuk-error-message, .govuk-error-summary"), (field, what)
                citizen.press("next", **ANSWERS[name])
                assert citizen.response.status_code == 200, (field, what, citizen.words)
    assert not Case.objects.exists()
    citizen.go_to("summary")
    if name not in ("words", "name"):
        citizen.send()
    assert citizen.response.status_code == 200


@pytest.mark.parametrize("field", ["state", "at", "go"])
@pytest.mark.parametrize("value", [*HOSTILE.values(), "", "next\x00", "send", "step:", "remove:", "open:::9"])
def test_what_the_page_itself_carries_is_forged(town: House, field: str, value: Any) -> None:
    for place in ("words", "proof", "summary"):
        citizen = Citizen(town).go_to(place)
        said = {"state": citizen.state, "at": place, "go": "next", **ANSWERS.get(place, {}), field: value}
        answer = citizen.client.post(f"{citizen.place}form/", said)
        assert answer.status_code in (200, 303, 422), place
        assert not answer.get("Location", "").startswith(("//", "http")), place
        if answer.status_code != 303:
            assert hidden(answer, "state") or "receipt-code" in answer.content.decode(), place
    assert Case.objects.count() == (1 if (field, value) == ("go", "send") else 0)


def test_every_sign_of_a_state_counts(town: House) -> None:
    citizen = Citizen(town).go_to("summary")
    state = citizen.state
    for place in range(0, len(state), max(1, len(state) // 40)):
        other = "A" if state[place] != "A" else "B"
        forged = state[:place] + other + state[place + 1 :]
        answer = citizen.client.post(
            f"{citizen.place}form/", {"state": forged, "at": "summary", "go": "send"}
        )
        assert answer.status_code == 422, place
    assert not Case.objects.exists()
    assert not any(one in words(answer) for one in SECRETS)


def test_a_state_and_a_ticket_are_no_good_for_each_other_nor_elsewhere(district: District) -> None:
    town, bureau = district.town, district.bureau
    case, code = sent(town, clock.today())
    citizen = Citizen(town).go_to("summary")
    page = looked_up(town, case.number, code)
    ticket = hidden(page, "ticket")
    assert ticket
    for house in (town, bureau):
        place = f"/o/{house.organ.code}/request/"
        swapped = browser().post(f"{place}form/", {"state": ticket, "at": "summary", "go": "send"})
        assert swapped.status_code == 422
        for given in (citizen.state, ticket if house is bureau else citizen.state):
            answer = browser().post(
                f"{place}status/case/", {"ticket": given, "do": "withdraw-now", "seen": "1"}
            )
            assert answer.status_code == 422
    assert Case.objects.count() == 1
    assert CaseEvent.objects.count() == 0


def test_pressed_many_times_with_another_answer_each_time_it_is_one_case(town: House) -> None:
    citizen = Citizen(town).go_to("summary")
    pages = [citizen.response]
    for number in range(3):
        citizen.press("step:words")
        citizen.press("next", words=f"第{number}种写法")
        pages.append(citizen.response)
    for page in pages * 2:
        citizen.response = page
        citizen.send()
        assert citizen.response.status_code == 200
    assert Case.objects.count() == SentForm.objects.count() == 1
    assert verify().faults == []


@pytest.mark.parametrize("what", FILES)
def test_a_wrong_file_is_told_by_name_and_the_good_one_beside_it_is_kept(town: House, what: str) -> None:
    name, content = FILES[what]
    citizen = Citizen(town).go_to("proof")
    citizen.press("next", files=[SimpleUploadedFile(name, content), scan("正面.png")])
    assert citizen.response.status_code == 422
    assert "没有收下" in citizen.words
    assert "正面.png" in citizen.words
    assert "\u202e" not in citizen.words
    assert StagedFile.objects.count() == 1
    citizen.press("next")
    citizen.go_to("summary").send()
    assert Case.objects.get().files.count() == 1


def _awaiting(town: House) -> tuple[Case, str]:
    """A request that waits for its supplement, with its code."""
    with at(DAY):
        case, code = register(
            by=town[Role.DISCLOSURE_OFFICE],
            organ=town.organ,
            asked=asked(),
            channel="signed-post",
            arrived_on=DAY,
        )
        step(
            by=town[Role.CLERK],
            case=case,
            kind="supplement-asked",
            on=DAY,
            until=DAY + dt.timedelta(days=20),
        )
    return case, code


def _pressed(town: House, page: HttpResponse, name: str = "case", **said: Any) -> HttpResponse:
    cache.clear()
    place = f"/o/{town.organ.code}/request/status/{name}/"
    answer: HttpResponse = browser().post(place, {"ticket": hidden(page, "ticket"), **said})
    return answer


def test_whatever_is_sent_to_the_page_of_a_case_is_answered_and_the_supplement_counts_once(
    town: House,
) -> None:
    case, code = _awaiting(town)
    with at(DAY, hour=10):
        page = looked_up(town, case.number, code)
        for what, value in HOSTILE.items():
            for name, said in (
                ("case", {"do": value}),
                ("case", {"do": "withdraw-now", "seen": value}),
                ("file", {"letter": value}),
                ("file", {"file": value}),
                ("file", {"letter": value, "file": value, "do": value}),
            ):
                answer = _pressed(town, page, name, **said)
                assert answer.status_code in (200, 404, 409), (what, said)
                assert b"<script>alert(1)" not in answer.content, (what, said)
        assert case.events.count() == 2
        for what, (name, content) in FILES.items():
            answer = _pressed(
                town, page, do="supplement", words="补正", files=[SimpleUploadedFile(name, content)]
            )
            assert answer.status_code == 422, what
            assert "补正</textarea>" in answer.content.decode(), what
        assert case.events.count() == 2
        for text in (HOSTILE["long"], "\x00\x00", " \n ", ""):
            assert _pressed(town, page, do="supplement", words=text).status_code == 422
        first = _pressed(town, page, do="supplement", words=f"只要2025年的\u202e{SCRIPT}")
        again = _pressed(town, page, do="supplement", words=f"只要2025年的\u202e{SCRIPT}")
    assert first.status_code == 200
    assert again.status_code in (200, 409)
    assert b"<script>alert(1)" not in first.content + again.content
    assert case.events.filter(kind="supplement-received").count() == 1
    assert CaseFile.objects.filter(case=case).count() == 1
    assert verify().faults == []


@pytest.mark.parametrize("days", [1, 30, 800])
def test_a_clock_that_went_back_loses_no_form_and_doubles_none(town: House, days: int) -> None:
    citizen = Citizen(town).go_to("summary")
    early = Citizen(town).go_to("identity")
    with at(clock.today() - dt.timedelta(days=days)):
        citizen.send()
        assert citizen.response.status_code == 200, citizen.words
        code, number = citizen.code, citizen.number
        assert looked_up(town, number, code).status_code == 200
        assert early.go_to("summary").send().status_code == 200
    cache.clear()
    assert looked_up(town, number, code).status_code == 200
    assert Case.objects.count() == 2
    assert len({(one.year, one.serial) for one in Case.objects.all()}) == 2
    assert verify().faults == []


@pytest.mark.parametrize("days", [1, 40, 800])
def test_before_its_own_receipt_a_case_is_shown_and_takes_no_step(town: House, days: int) -> None:
    case, code = _awaiting(town)
    with at(DAY - dt.timedelta(days=days)):
        page = looked_up(town, case.number, code)
        assert page.status_code == 200
        seen = Case.objects.get(pk=case.pk).revision
        for said in ({"do": "withdraw"}, {"do": "withdraw-now", "seen": seen}, {"do": ""}):
            assert _pressed(town, page, **said).status_code in (200, 409), said
        answer = _pressed(town, page, do="supplement", words="早了的补正")
        assert answer.status_code in (409, 422)
        assert "早了的补正" in answer.content.decode()
    assert [one.kind for one in case.events.all()] == ["received", "supplement-asked"]
    with at(DAY):
        page = looked_up(town, case.number, code)
        assert _pressed(town, page, do="supplement", words="补正").status_code == 200
    assert verify().faults == []


def test_a_request_confirmed_on_a_clock_that_went_back_waits_for_its_day(town: House) -> None:
    """Submitted on a day that the organ's clock has not come to: not confirmed before it was sent."""
    case, code = sent(town, DAY)
    with at(DAY - dt.timedelta(days=3)):
        with pytest.raises(WorkError):
            confirm_receipt(by=town[Role.CLERK], case=case, on=clock.today())
        assert looked_up(town, case.number, code).status_code == 200
    with at(DAY):
        confirm_receipt(by=town[Role.CLERK], case=case, on=DAY)
    case.refresh_from_db()
    assert case.received_on == DAY


def test_a_ticket_kept_open_sees_what_happened_since_and_undoes_nothing(town: House) -> None:
    case, code = _awaiting(town)
    with at(DAY, hour=10):
        page = looked_up(town, case.number, code)
        record(held(case), Event(EventKind.WITHDRAWN, DAY), by=town[Role.CLERK])
        for said in ({"do": "supplement", "words": "补正"}, {"do": "withdraw-now", "seen": case.revision}):
            answer = _pressed(town, page, **said)
            assert answer.status_code in (409, 422)
    assert [one.kind for one in case.events.all()] == ["received", "supplement-asked", "withdrawn"]
