"""The staff's pages of requests: one wrong value in a form that is right otherwise, wrong files, a clock that
went back, a form of another moment. Each is answered in words, and nothing is lost or done twice."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any, NamedTuple

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.models import F
from django.http import HttpResponse
from django.test import Client
from tests.web.attacks.forms import Form, read_forms
from tests.web.conftest import page
from tests.web.isolation import Asker, Things, addresses, things_of
from tests.web.platform import District, House
from tests.web.requests.asking import asked, at, received
from tests.web.requests.decision_things import decision_things
from tests.web.requests.journeys import Course
from tests.web.requests.test_work_intake import typed as letter_typed
from tests.web.requests.work_things import picture, work_things
from tests.web.working import browser, shown

from gongkai.statute.clock import EventKind
from gongkai.web.audit.models import Entry
from gongkai.web.audit.verifying import verify
from gongkai.web.config import clock
from gongkai.web.organs.models import Role
from gongkai.web.requests.actions.charging import notify_fee, reckon_fee
from gongkai.web.requests.actions.filing import add_file
from gongkai.web.requests.actions.office import keep_office
from gongkai.web.requests.actions.receiving import register
from gongkai.web.requests.models import Case, CaseCounter, CaseEvent, CaseFile, Decision, FeeNotice, Letter
from gongkai.web.requests.views.stepping import HERE

pytestmark = pytest.mark.django_db
NEW = "/work/requests/new/"
SCRIPT = '"><script>alert(1)</script>'
# In any field; a day's field gets the days beside.
HOSTILE: dict[str, Any] = {
    "nul, turned round, html": f"a\x00\u202e\u2066{SCRIPT}",
    "half a sign": [b"\xed\xb2\x80x"],  # as bytes: no browser writes it as a word
    "past every id": str(2**63),
    "endless": "1e999",
    "two for one": ["-1", "²"],
    "long": "长" * 30_000,
}
DAYS = {"first day": "0001-01-01", "last day": "9999-12-31", "no number": "NaN"}
_OFFICE = {
    "letter_code": "北政",
    "government": "虚构区人民政府",
    "superior": "虚构市人民政府",
    "local_government": "虚构区人民政府",
    "basic_court": "虚构区人民法院",
    "intermediate_court": "虚构市中级人民法院",
    "payment": "虚构银行北山支行",
    "online_channel": "虚构网上复议平台",
}
# What is kept of a request: none of it changes when a form is refused.
_KEPT = (Case, CaseEvent, CaseFile, Decision, Letter, FeeNotice, CaseCounter)


class Opened(NamedTuple):
    """A form with who sees it."""

    form: Form
    client: Client


@pytest.fixture
def opened(town: House) -> list[Opened]:
    """Every form of every page of requests that is sent, in the state in which it can be done."""
    keep_office(by=town[Role.DISCLOSURE_OFFICE], organ=town.organ, **_OFFICE)
    return list(_forms(town, _pages(town)))


def _forms(town: House, pages: list[str]) -> Iterator[Opened]:
    roles = (Role.DISCLOSURE_OFFICE, Role.UNIT_HEAD, Role.CLERK, Role.LEADER)
    people = [(role, browser(town[role])) for role in roles]
    known: set[tuple[str, tuple[str, ...]]] = set()
    for where in pages:
        for role, client in people:
            answer = client.get(where)
            assert answer.status_code < 500, where
            if answer.status_code != 200 or "text/html" not in answer["Content-Type"]:
                continue
            found = list(read_forms(answer, where, Asker("own", role.value, town[role])))
            own = [form for form in found if "/work/requests/" in form.action]
            for form in own:
                key = (form.action, tuple(sorted(form.fields)))
                if key not in known:
                    known.add(key)
                    client.raise_request_exception = False
                    yield Opened(form, client)
            if own:  # the others see the same
                break


def _pages(town: House) -> list[str]:
    """The addresses of the room with things to fill them; then pages of other states and kinds of them."""
    things = Things(town, {"*": {"pk": 0}, **decision_things(town), **work_things(town)})
    named = [one for one in addresses() if one.name.startswith("requests_work:")]
    pages = [things.address(one) for one in named]
    case = received(town, clock.today()).pk
    pages += [f"/work/requests/{case}/steps/{kind.value}/" for kind in HERE]
    pages += [
        f"/work/requests/{case}/decision/?outcome={one}"
        for one in ("OPEN-2", "PART", "REF-1", "NA-1", "NA-2.not_responsible", "NOP-2", "NOP-4", "REF-5")
    ]
    kinds = ("receipt", "extension-notice", "later-date-notice", "transfer-letter", "other-reply")
    pages += [f"/work/requests/{case}/letters/new/{kind}/" for kind in kinds]
    pages += [
        f"/work/requests/{_charged(town)}/fee/paid/",
        f"/work/requests/{_decided(town)}/letters/new/reply/",
    ]
    return pages


def _charged(town: House) -> int:
    case, by, today = received(town, clock.today()), town[Role.CLERK], clock.today()
    reckon_fee(by=by, case=case, basis="page", count=500)
    notify_fee(by=by, case=case, basis="page", count=500, on=today)
    return int(case.pk)


def _decided(town: House) -> int:
    course, today = Course.received(town, clock.today()), clock.today()
    course.decided("OPEN-2", today, basis="given")
    return int(course.case.pk)


def _filled(form: Form) -> dict[str, Any]:
    """As a person would fill it in: what is empty gets words, a choice, or today."""
    doing = [one for one in form.buttons if one[1] in ("save", "pass")] or form.buttons
    data = {**form.data, **dict(doing[-1:])}
    for name in form.fields:
        if data[name]:
            continue
        if name in form.options:
            data[name] = next((one for one in form.options[name] if one), "")
        elif name in _NUMBERS:
            data[name] = _NUMBERS[name]
        else:
            data[name] = clock.today().isoformat() if name in _DAYS else "攻击测试的文字"
    return data


_DAYS = frozenset({"on", "until", "arrived_on", "confirmed_on", "f_until"})
_NUMBERS = {
    "count": "1", "days": "5", "f_amount": "100", "basis": "page", "kind": "third-party", "way": "mail",
    "opinion": "consented", "needs_help": "", "is_oral": "", "courier_known": "", "online": "",
    "requester_kind": "natural_person", "reply_ways": "post",
}  # fmt: skip


def _sent(one: Opened, data: dict[str, Any]) -> HttpResponse:
    cache.clear()
    answer: HttpResponse = one.client.post(one.form.action, data)
    return answer


def _counts() -> list[int]:
    return [Entry.objects.count(), *(model.objects.count() for model in _KEPT)]


def test_one_wrong_value_in_a_form_that_is_right_otherwise_is_told_in_words(opened: list[Opened]) -> None:
    wrong: list[str] = []
    sent, taken = 0, 0
    before = _counts()  # again after each, which is rolled back
    for one in opened:
        filled = _filled(one.form)
        for name in one.form.fields:
            for what, value in (HOSTILE | (DAYS if name in _DAYS else {})).items():
                data = {**filled, name: value}
                sent += 1
                with transaction.atomic():
                    answer = _sent(one, data)
                    body = answer.getvalue()
                    if answer.status_code >= 500 or b"<script>alert(1)" in body:
                        wrong.append(f"{one.form}: {what} in {name}: {answer.status_code}")
                    elif answer.status_code >= 400 and _counts() != before:
                        wrong.append(f"{one.form}: {what} in {name}: refused, yet something changed")
                    taken += answer.status_code < 400
                    transaction.set_rollback(True)
    assert wrong == [], "\n".join(wrong)
    assert sent > 700
    assert taken > 100  # else the forms were not right otherwise


def _archive(*names: str) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name in names:
            made.writestr(name, b"\0" * 100_000)
    return file.getvalue()


FILES = {
    "empty": ("空.png", b""),
    "a program": ("照片.png", b"MZ\x90\x00" + b"\0" * 500),
    "a page": ("scan.pdf", b"<html><script>alert(1)</script></html>"),
    "cut off": ("scan.png", picture()[:-20]),
    "half a sheet": ("表.pdf", b"%PDF-1.7\n1 0 obj"),
    "an archive": ("all.zip", _archive("a.txt")),
    "an archive cut off": ("all.docx", _archive("word/document.xml")[:60]),
    "a way out": ("../../etc/passwd\x00.exe", b"root:x:0:0"),
    "turned round": ("\u202egnp.exe", b"MZ\x90\x00"),
}


def test_a_file_of_no_known_type_is_refused_by_name_and_nothing_is_done_by_half(
    opened: list[Opened],
) -> None:
    wrong: list[str] = []
    sent = 0
    for one in opened:
        for field in one.form.files:
            for what, (name, content) in FILES.items():
                for files in ([(name, content)], [("好.png", picture()), (name, content)]):
                    sent += 1
                    data = {**_filled(one.form), field: [SimpleUploadedFile(*each) for each in files]}
                    with transaction.atomic():
                        before = _counts()
                        answer = _sent(one, data)
                        if answer.status_code not in (409, 422):
                            wrong.append(f"{one.form}: {what} in {field}: {answer.status_code}")
                        elif _counts() != before:
                            wrong.append(f"{one.form}: {what} in {field}: refused, yet something changed")
                        transaction.set_rollback(True)
    assert wrong == [], "\n".join(wrong)
    assert sent >= 2 * len(FILES) * 4


@pytest.mark.parametrize("days", [1, 400])
def test_a_clock_that_went_back_breaks_no_page_and_loses_nothing(town: House, days: int) -> None:
    """The machine's clock was wrong and was put right: what is written down lies ahead of it now."""
    keep_office(by=town[Role.DISCLOSURE_OFFICE], organ=town.organ, **_OFFICE)
    pages = _pages(town)
    cases = dict(Case.objects.values_list("pk", "arrived_on"))
    with at(clock.today() - dt.timedelta(days=days)):
        wrong, forms = [], list(_forms(town, pages))
        for one in forms:
            with transaction.atomic():
                answer = _sent(one, _filled(one.form))
                if answer.status_code >= 500:
                    wrong.append(f"{one.form}: {answer.status_code}")
                faults = verify().faults
                wrong += [f"{one.form}: {each.code} {each.where}" for each in faults]
                transaction.set_rollback(True)
        assert wrong == [], "\n".join(wrong)
        assert len(forms) > 30
        made = register(
            by=town[Role.DISCLOSURE_OFFICE],
            organ=town.organ,
            asked=asked(),
            channel="in-person",
            arrived_on=clock.today(),
        ).case
    assert made.pk not in cases
    assert dict(Case.objects.exclude(pk=made.pk).values_list("pk", "arrived_on")) == cases
    assert verify().faults == []


@pytest.mark.parametrize("do", ["save", "count", "back"])
@pytest.mark.parametrize(
    "changed",
    [
        {"arrived_on": "昨天"},
        {"arrived_on": ""},
        {"arrived_on": "9999-12-31"},
        {"channel": "pigeon"},
        {"channel": ""},
        {"name": "", "words": ""},
        {"kind": "x", "requester_kind": "x"},
        {"name": "长" * 5000},
    ],
)
def test_the_state_of_a_page_that_was_refused_registers_nothing(
    town: House, changed: dict[str, str], do: str
) -> None:
    """A refused page carries a state too. With it the next page's button is no way round the checks."""
    client = browser(town[Role.DISCLOSURE_OFFICE])
    refused = client.post(NEW, {**shown(client.get(NEW)), **letter_typed(), **changed})
    state = shown(refused)["state"]
    answer = client.post(NEW, {"do": do, "state": state})
    assert refused.status_code == 422
    assert state
    assert answer.status_code == (200 if do == "back" else 422)
    if do != "back":
        assert page(answer).css(".govuk-error-summary li")
    assert not Case.objects.exists()


def test_a_state_of_another_person_or_organ_opens_nothing(district: District) -> None:
    town, bureau = district.town, district.bureau
    client = browser(town[Role.DISCLOSURE_OFFICE])
    first = client.post(NEW, {**shown(client.get(NEW)), **letter_typed()})
    state = shown(first)["state"]
    for thief in (town[Role.CLERK], bureau[Role.DISCLOSURE_OFFICE], bureau[Role.CLERK]):
        answer = browser(thief).post(NEW, {"do": "save", "state": state})
        assert answer.status_code == 422
        assert letter_typed()["name"] not in answer.content.decode()
    assert not Case.objects.exists()


def test_a_form_pressed_twice_does_its_work_once(opened: list[Opened]) -> None:
    """The same press, sent again as a double click sends it: the log has one entry of it and no more."""
    wrong: list[str] = []
    done = 0
    for one in opened:
        if "once" not in one.form.data:
            continue
        with transaction.atomic():
            data, start = _filled(one.form), Entry.objects.count()
            first = _sent(one, data)
            once = Entry.objects.count()
            if first.status_code == 302 and once > start:
                done += 1
                # Not `_sent`: what was pressed is remembered where a cleared cache would forget it.
                second = one.client.post(one.form.action, data)
                if second.status_code != 302 or Entry.objects.count() != once:
                    wrong.append(f"{one.form}: {second.status_code}")
            transaction.set_rollback(True)
    assert wrong == [], "\n".join(wrong)
    assert done > 10


def test_another_organ_s_ids_in_a_form_or_an_address_tie_nothing(district: District) -> None:
    """Ids of the town's things, in every field and every address of the bureau's forms."""
    town, bureau = district.town, district.bureau
    keep_office(by=bureau[Role.DISCLOSURE_OFFICE], organ=bureau.organ, **_OFFICE)
    theirs = things_of(town)
    foreign = {
        str(theirs.ids[name][key])
        for name, key in (
            ("requests_work:case", "pk"),
            ("requests_work:letter", "letter"),
            ("requests_work:party", "party"),
            ("requests_work:decision_seen", "decision"),
            ("requests_work:release", "file"),
            ("requests_work:file", "file"),
        )
    } | {str(town.affairs.pk), str(town[Role.CLERK].pk)}
    before = _state_of(town)
    own = list(_forms(bureau, _pages(bureau)))
    for one in own:
        filled = _filled(one.form)
        for name in one.form.fields:
            if name in one.form.options or filled[name].isdecimal():
                for value in sorted(foreign):
                    with transaction.atomic():
                        answer = _sent(one, {**filled, name: value})
                        assert answer.status_code < 500, (one.form, name)
                        assert _tied() == [], (one.form, name)
                        transaction.set_rollback(True)
    client = browser(bureau[Role.DISCLOSURE_OFFICE])
    for address in (one for one in addresses() if one.name.startswith("requests_work:")):
        if address.arguments and set(address.arguments) - {"key", "name", "kind"}:
            for answer in (client.get(theirs.address(address)), client.post(theirs.address(address), {})):
                assert answer.status_code in (404, 405), (address.name, answer.status_code)
    assert _state_of(town) == before
    assert len(own) > 30


def _state_of(house: House) -> list[Any]:
    return list(Case.objects.filter(organ=house.organ).order_by("pk").values_list("pk", "revision", "stands"))


def _tied() -> list[Any]:
    """Rows that tie a case to something of another organ."""
    pairs = (
        (Case, "organ_id", "unit__organ_id"),
        (Case, "organ_id", "handler__organ_id"),
        (Case, "organ_id", "merged_into__organ_id"),
        (Letter, "case_id", "party__case_id"),
        (Letter, "case_id", "decision__case_id"),
        (Letter, "case_id", "pdf__case_id"),
    )
    found: list[Any] = []
    for model, one, other in pairs:
        rows = model.objects.exclude(**{f"{other}__isnull": True}).exclude(**{one: F(other)})
        found += [(model.__name__, pk) for pk in rows.values_list("pk", flat=True)]
    return found


def test_a_closed_case_takes_no_form_of_before(town: House) -> None:
    """Pages left open while the request was taken back: each says so, and nothing is added to the course. A
    decision may be drafted; nobody can make it."""
    keep_office(by=town[Role.DISCLOSURE_OFFICE], organ=town.organ, **_OFFICE)
    course = Course.received(town, clock.today())
    pk = course.case.pk
    file = add_file(
        by=town[Role.CLERK], case=course.case, name="a.csv", content=b"1,2\n", media_type="text/csv"
    )
    pages = [f"/work/requests/{pk}/steps/{kind.value}/" for kind in HERE]
    pages += [f"/work/requests/{pk}/{rest}/" for rest in ("decision", "fee/reckon", "split", "merge")]
    pages += [f"/work/requests/{pk}/released/{file.pk}/release/", f"/work/requests/{pk}/task/"]
    forms = list(_forms(town, pages))
    course.did(EventKind.WITHDRAWN, clock.today())
    events = list(CaseEvent.objects.filter(case=pk).values_list("pk", "kind", "voided_at"))
    for one in forms:
        with transaction.atomic():
            answer = _sent(one, _filled(one.form))
            assert answer.status_code in (409, 422) or "/decision/" in one.form.action, one.form
            assert not Decision.objects.exclude(stage="draft").exists()
            now = list(CaseEvent.objects.filter(case=pk).values_list("pk", "kind", "voided_at"))
            assert now == events, one.form
            transaction.set_rollback(True)
    assert len(forms) > 12
