"""Requests that come another way: written down, the day that counts told before it is saved."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from tests.web.conftest import page, words
from tests.web.platform import House
from tests.web.requests.asking import ADDRESS, DAY, IDENTITY, NAME, PHONE, SECRETS, at, sent
from tests.web.requests.work_things import picture
from tests.web.working import browser, fill, shown

from gongkai.web.audit.verifying import verify
from gongkai.web.organs.models import Role
from gongkai.web.requests.models import Case, CaseFile, StagedFile, Stands
from gongkai.web.requests.numbering import code_index
from gongkai.web.requests.sealed import opener_of

pytestmark = pytest.mark.django_db
NEW = "/work/requests/new/"
SAVED = (302, 303)


def typed(**changed: Any) -> dict[str, Any]:
    usual = {
        "channel": "in-person",
        "arrived_on": "2025-09-26",
        "kind": "information",
        "requester_kind": "natural_person",
        "name": NAME,
        "identity_kind": "resident",
        "identity_number": IDENTITY,
        "phone": PHONE,
        "address": ADDRESS,
        "words": "申请公开北山镇2025年农村公路养护资金的分配方案",
        "wanted_form": "paper",
        "reply_ways": ["post"],
    }
    return {**usual, **changed}


def written(client: Client, **changed: Any) -> HttpResponse:
    """The first step sent."""
    return client.post(NEW, {**shown(client.get(NEW)), **typed(**changed)})


def saved(client: Client, first: HttpResponse, **changed: Any) -> HttpResponse:
    """The second step sent."""
    return client.post(NEW, {**shown(first), "do": "save", **changed})


def codes_in(answer: HttpResponse) -> list[str]:
    return re.findall(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}", page(answer).css_first(".metadata").text())


def test_the_day_that_counts_is_told_with_its_article_before_anything_is_saved(town: House) -> None:
    client = browser(town[Role.DISCLOSURE_OFFICE])
    with at(DAY):
        first = written(client)
    text = words(first)
    assert first.status_code == 200
    assert "2025年9月26日" in text
    assert "2025年10月30日" in text
    assert "第三十一条" in text
    assert "当面提交" in text
    assert not Case.objects.exists()


def test_what_is_saved_has_its_number_and_the_code_is_shown_to_hand_over(town: House) -> None:
    client = browser(town[Role.CLERK])
    with at(DAY):
        answer = saved(client, written(client, unit=str(town.affairs.pk)))
        assert answer.status_code in SAVED
        receipt = client.get(answer["Location"])
    case = Case.objects.get()
    assert (case.number, case.received_on, case.due_on) == ("〔2025〕1号", DAY, dt.date(2025, 10, 30))
    assert case.unit == town.affairs
    assert case.reply_ways == ["post"]
    assert case.query_code in [code_index(opener_of(case).key, one) for one in codes_in(receipt)]
    assert "no-store" in receipt["Cache-Control"]
    assert verify().faults == []


def test_the_code_is_shown_to_nobody_else_and_kept_nowhere(town: House) -> None:
    client = browser(town[Role.CLERK])
    with at(DAY):
        answer = saved(client, written(client))
        code = codes_in(client.get(answer["Location"]))[0]
    other = browser(town[Role.DISCLOSURE_OFFICE]).get(answer["Location"])
    assert other.status_code == 200
    assert code not in words(other)
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_data FROM django_session")
        assert all(code not in str(row) for row in cursor.fetchall())


def test_a_letter_of_no_signature_waits_for_its_confirmation_unless_the_day_is_given(town: House) -> None:
    client = browser(town[Role.DISCLOSURE_OFFICE])
    with at(DAY):
        first = written(client, channel="ordinary-post", arrived_on="2025-09-24")
        assert "待确认" in words(first)
        again = client.post(NEW, {**shown(first), "do": "count", "confirmed_on": "2025-09-25"})
        assert "2025年9月25日" in words(again)
        assert "应于收到当日" in words(again)
        assert not Case.objects.exists()
        saved(client, again)
        saved(client, written(client, channel="fax"))
    first_case, second = Case.objects.order_by("pk")
    assert (first_case.received_on, first_case.stands) == (dt.date(2025, 9, 25), Stands.RUNNING)
    assert second.stands == Stands.UNCONFIRMED


def test_a_confirmation_before_the_arrival_is_refused_and_nothing_typed_is_lost(town: House) -> None:
    client = browser(town[Role.DISCLOSURE_OFFICE])
    with at(DAY):
        first = written(client, channel="fax", arrived_on="2025-09-25")
        refused = saved(client, first, confirmed_on="2025-09-24")
        assert refused.status_code == 422
        assert "早于到达日期" in words(refused)
        back = client.post(NEW, {**shown(refused), "do": "back"})
    form = shown(back)
    assert (form["name"], form["words"], form["channel"]) == (NAME, typed()["words"], "fax")
    assert page(back).css_first("input[name=reply_ways][value=post]").attributes.get("checked", "no") != "no"


def test_every_fault_is_told_at_its_field_and_what_was_typed_stays(town: House) -> None:
    client = browser(town[Role.DISCLOSURE_OFFICE])
    with at(DAY):
        answer = written(client, name="", arrived_on="2025-09-27", words="")
    assert answer.status_code == 422
    assert {"id_name", "id_arrived_on", "id_words"} <= {
        str(one.attributes["href"])[1:] for one in page(answer).css(".govuk-error-summary a")
    }
    assert shown(answer)["phone"] == PHONE
    assert not Case.objects.exists()


def test_what_the_paper_lacks_is_no_reason_to_turn_it_away(town: House) -> None:
    client = browser(town[Role.DISCLOSURE_OFFICE])
    with at(DAY):
        first = written(client, identity_kind="", identity_number="", phone="", address="", reply_ways=[])
        assert saved(client, first).status_code in SAVED
    assert Case.objects.count() == 1


def test_a_scan_travels_sealed_through_the_steps_and_a_wrong_type_is_told(town: House) -> None:
    client = browser(town[Role.DISCLOSURE_OFFICE])
    with at(DAY):
        wrong = written(
            client,
            files=[SimpleUploadedFile("申请.png", picture()), SimpleUploadedFile("run.pdf", b"MZ\x90\x00")],
        )
        assert wrong.status_code == 422
        assert "run.pdf" in words(wrong)
        assert "申请.png" in words(wrong)
        first = client.post(NEW, {**shown(wrong), **typed()})
        assert saved(client, first).status_code in SAVED
    row = CaseFile.objects.get()
    assert (row.kind, row.media_type) == ("request", "image/png")
    assert not StagedFile.objects.exists()


def test_a_file_that_is_too_large_is_told_and_the_others_and_all_that_was_typed_stay(town: House) -> None:
    client = browser(town[Role.DISCLOSURE_OFFICE])
    with at(DAY):
        wrong = written(
            client,
            files=[
                SimpleUploadedFile("申请.png", picture()),
                SimpleUploadedFile("大图.png", picture() + bytes(21 * 1024 * 1024)),
            ],
        )
        assert wrong.status_code == 422
        told = page(wrong).css_first("#id_files-error").text()
        assert "大图.png" in told
        assert "20 MB" in told
        assert "年度报告" not in told
        assert "申请.png" in words(wrong)
        assert shown(wrong)["words"] == typed()["words"]
        first = client.post(NEW, {**shown(wrong), **typed()})
        assert saved(client, first).status_code in SAVED
    assert CaseFile.objects.count() == 1


def test_more_files_than_a_case_takes_are_told_at_once(town: House) -> None:
    client = browser(town[Role.DISCLOSURE_OFFICE])
    with at(DAY):
        scans = [SimpleUploadedFile(f"第{number}页.png", picture()) for number in range(11)]
        wrong = written(client, files=scans)
        assert wrong.status_code == 422
        assert "第10页.png" in page(wrong).css_first("#id_files-error").text()
        first = client.post(NEW, {**shown(wrong), **typed()})
        assert saved(client, first).status_code in SAVED
    assert CaseFile.objects.count() == 10


def test_a_scan_can_be_taken_off_again(town: House) -> None:
    client = browser(town[Role.DISCLOSURE_OFFICE])
    with at(DAY):
        first = written(client, files=[SimpleUploadedFile("申请.png", picture())])
        back = client.post(NEW, {**shown(first), "do": "back"})
        token = page(back).css_first("input[name=drop]").attributes["value"]
        first = client.post(NEW, {**shown(back), **typed(), "drop": token})
        saved(client, first)
    assert not CaseFile.objects.exists()


def test_a_double_press_makes_one_case(town: House) -> None:
    client = browser(town[Role.DISCLOSURE_OFFICE])
    with at(DAY):
        form = {**shown(written(client)), "do": "save"}
        first, second = client.post(NEW, form), client.post(NEW, form)
    assert first["Location"] == second["Location"]
    assert Case.objects.count() == 1


def test_an_oral_request_says_who_wrote_it_down(town: House) -> None:
    client = browser(town[Role.DISCLOSURE_OFFICE])
    with at(DAY):
        answer = saved(client, written(client, is_oral="on"))
        assert answer.status_code in SAVED
        assert written(client, is_oral="on", channel="fax").status_code == 422
    case = Case.objects.get()
    assert case.notes.count() == 1


@pytest.mark.parametrize("state", ["", "x", "A" * 5000, "v1.AAAA"])
def test_a_state_that_was_tampered_with_saves_nothing(town: House, state: str) -> None:
    client = browser(town[Role.DISCLOSURE_OFFICE])
    answer = client.post(NEW, {"do": "save", "state": state})
    assert answer.status_code == 422
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    "value", ["\x00", "\ud800", "\u202e反", "x" * 1_000_000, "<script>1</script>", "=1+1"]
)
@pytest.mark.parametrize(
    "name", ["name", "words", "arrived_on", "channel", "unit", "wanted_form", "post_number"]
)
def test_no_field_can_break_the_intake(town: House, name: str, value: str) -> None:
    client = browser(town[Role.DISCLOSURE_OFFICE])
    form = {**shown(client.get(NEW)), **typed()}
    form[name] = value.encode("utf-8", "replace").decode() if value == "\ud800" else value
    answer = client.post(NEW, form)
    assert answer.status_code in (200, 422)
    assert b"<script>1</script>" not in answer.content
    if answer.status_code == 200:
        assert saved(client, answer).status_code in (*SAVED, 422)


def test_the_label_for_the_paper_file_has_a_barcode_and_names_nobody(town: House) -> None:
    client = browser(town[Role.DISCLOSURE_OFFICE])
    with at(DAY):
        saved(client, written(client))
    answer = client.get(f"/work/requests/{Case.objects.get().pk}/label/")
    assert answer.content.startswith(b"%PDF")
    assert answer["Content-Disposition"].startswith("attachment")
    assert (answer["X-Content-Type-Options"], answer["Cache-Control"].count("no-store")) == ("nosniff", 1)


def test_a_request_from_the_web_is_confirmed_and_its_period_begins(town: House) -> None:
    case, _code = sent(town, DAY)
    with at(dt.date(2025, 9, 28)):
        client = browser(town[Role.CLERK])
        address = f"/work/requests/{case.pk}/confirm/"
        text = words(client.get(address))
        assert "2025-10-31" in text
        assert "第三十一条" in text
        answer = fill(client, address, on="2025-09-28")
    assert answer.status_code in SAVED
    case.refresh_from_db()
    assert (case.received_on, case.due_on) == (dt.date(2025, 9, 28), dt.date(2025, 10, 31))


def test_nothing_of_the_requester_stands_in_the_database_in_the_clear(town: House) -> None:
    client = browser(town[Role.DISCLOSURE_OFFICE])
    with at(DAY):
        answer = saved(client, written(client, words=f"申请公开，电话{PHONE}，身份证{IDENTITY}"))
        client.get(answer["Location"])
    tables = list(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                assert not [one for one in SECRETS if one in str(row)], table


def test_the_receipt_with_its_code_can_be_printed_by_who_registered_alone(town: House) -> None:
    client = browser(town[Role.CLERK])
    with at(DAY):
        answer = saved(client, written(client))
        shown_to_him = page(client.get(answer["Location"]))
        other = page(browser(town[Role.DISCLOSURE_OFFICE]).get(answer["Location"]))
    assert shown_to_him.css_first("button[data-reading=print]") is not None
    assert shown_to_him.css_first("noscript") is not None
    assert "请妥善保管" in shown_to_him.css_first(".print-only").text()
    assert "虚构区北山镇人民政府" in shown_to_him.css_first(".receipt-seal").text()
    assert other.css_first("button[data-reading=print]") is None


def test_who_registers_handles_it_unless_it_is_anothers(town: House) -> None:
    clerk = browser(town[Role.CLERK])
    with at(DAY):
        saved(clerk, written(clerk))
        saved(clerk, written(clerk, unit=str(town.affairs.pk)))
        saved(clerk, written(clerk, unit=str(town.office.pk)))
    handlers = dict(Case.objects.values_list("unit__name", "handler__name").order_by("id"))
    own = {one.unit_id for one in town[Role.CLERK].appointments_today()}
    name = town[Role.CLERK].name
    assert handlers[None] == name
    assert handlers[town.affairs.name] == (name if town.affairs.pk in own else None)
    assert handlers[town.office.name] == (name if town.office.pk in own else None)
    assert sorted(map(str, handlers.values())) == sorted(map(str, (name, name, None)))
