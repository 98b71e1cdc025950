"""更正登记: what was registered wrongly is set right; a number that cannot be one is told; who may be one."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from tests.web.conftest import page, words
from tests.web.platform import District, House
from tests.web.requests.asking import ADDRESS, DAY, IDENTITY, NAME, PHONE, at, received, sent
from tests.web.requests.journeys import Course, office_of, words_of
from tests.web.requests.test_work_intake import NEW, SAVED, saved, typed, written
from tests.web.working import browser, fill, shown

from gongkai.web.audit.models import Entry
from gongkai.web.audit.verifying import verify
from gongkai.web.organs.errors import Invalid, NotAllowed, Stale, WorkError
from gongkai.web.organs.models import Role
from gongkai.web.requests.actions.correcting import correct_registration
from gongkai.web.requests.actions.dividing import merge
from gongkai.web.requests.actions.stepping import step
from gongkai.web.requests.models import Case, Stands
from gongkai.web.requests.queries.alike import month_of
from gongkai.web.requests.queries.case_page import same_requester
from gongkai.web.requests.sealed import opener_of

pytestmark = pytest.mark.django_db
MISTYPED = "110105194912310021"
OTHER_NAME, OTHER_PHONE = "虚构更正人", "13900005678"
WHY = "登记时录错"


def of(case: Case, rest: str = "") -> str:
    return f"/work/requests/{case.pk}/{rest}"


def now(case: Case) -> Case:
    return Case.objects.select_related("organ", "key", "requester").get(pk=case.pk)


def corrected(house: House, case: Case, reason: str = WHY, **changes: Any) -> Case:
    with at(DAY):
        return correct_registration(by=house[Role.CLERK], case=case, changes=changes, reason=reason)


# ---- a number that cannot be one ----


def test_a_number_with_a_wrong_check_digit_is_told_and_has_to_be_looked_at(town: House) -> None:
    client = browser(town[Role.CLERK])
    with at(DAY):
        first = written(client, identity_number=MISTYPED)
        assert first.status_code == 200
        assert "证件号码可能录错" in words(first)
        refused = saved(client, first)
        assert refused.status_code == 422
        assert page(refused).css_first("#id_number_seen-error") is not None
        assert not Case.objects.exists()
        back = client.post(NEW, {**shown(refused), "do": "back"})
        hint = page(back).css_first("#id_identity_number-hint").text()
        assert "校验码" in hint
        again = client.post(NEW, {**shown(back), **typed(identity_number=MISTYPED)})
        answer = saved(client, again, number_seen="on")
        assert answer.status_code in SAVED
        assert "不符合编码规则" in words(client.get(of(Case.objects.get())))


@pytest.mark.parametrize(
    ("kind", "number", "is_told"),
    [
        ("resident", IDENTITY, False),
        ("resident", "110105194913310021", True),  # no such month
        ("resident", "12345", True),
        ("", MISTYPED, True),
        ("", IDENTITY, False),
        ("", "", False),
        ("resident", "", False),
        ("passport", "E00000000", False),
        ("credit-code", "91350100M000100Y44", True),
        ("other", MISTYPED, False),
    ],
)
def test_only_a_number_that_breaks_its_rules_is_told(
    town: House, kind: str, number: str, is_told: bool
) -> None:
    with at(DAY):
        first = written(browser(town[Role.CLERK]), identity_kind=kind, identity_number=number)
    assert ("证件号码可能录错" in words(first)) is is_told


# ---- perhaps the same ----


def test_who_may_be_the_same_is_shown_and_offered_but_not_counted(
    town: House, django_assert_max_num_queries: Any
) -> None:
    first = received(town, DAY)
    other = received(town, DAY, name="虚构另一人")
    second = received(town, DAY, identity_number=MISTYPED)
    client = browser(town[Role.CLERK])
    with at(DAY):
        client.get(of(second))
        with django_assert_max_num_queries(15):
            response = client.get(of(second))
        text = words(response)
        assert "另有 1 件可能是同一人的申请" in text
        assert "本月（含本件）共 1 件" in text
        assert [one["number"] for one in response.context["maybe_same"]] == [first.number]
        assert "可能是同一申请人" in text
        form = client.get(of(second, "merge/"))
        offered = {one.attributes["value"]: one.text() for one in page(form).css("select[name=into] option")}
        assert "可能是同一申请人" in offered[str(first.pk)]
        assert str(other.pk) not in offered
        assert fill(client, of(second, "merge/"), into=str(first.pk), reason="重复提出").status_code in SAVED
    assert now(second).stands == Stands.MERGED


@pytest.mark.parametrize(
    ("facts", "is_shown"),
    [
        ({"identity_number": MISTYPED}, True),
        ({"identity_kind": "", "identity_number": ""}, True),
        ({"identity_number": MISTYPED, "phone": "13900001111"}, True),  # the address is the same
        ({"identity_number": MISTYPED, "phone": "13900001111", "address": "虚构路9号"}, False),
        ({"identity_number": MISTYPED, "name": "虚构另一人"}, False),
        ({"identity_number": MISTYPED, "phone": "", "address": ""}, False),
    ],
)
def test_the_same_name_with_one_same_contact_may_be_the_same(
    town: House, facts: dict[str, str], is_shown: bool
) -> None:
    other = received(town, DAY, **facts)
    case = received(town, DAY)
    told = same_requester(now(case))
    assert [one.pk for one in told.maybe] == ([other.pk] if is_shown else [])
    assert told.cases == []
    assert (told.month.volume, month_of(now(case)).volume) == (1, 1)


def test_of_another_organ_nobody_may_be_the_same(district: District) -> None:
    received(district.bureau, DAY)
    case = received(district.town, DAY, identity_number=MISTYPED)
    assert same_requester(now(case)).maybe == []


def test_the_same_name_and_nothing_else_is_not_merged(town: House) -> None:
    one = received(town, DAY, identity_kind="", identity_number="")
    other = received(town, DAY, phone="13900001111", address="虚构路9号")
    with at(DAY), pytest.raises(WorkError, match="申请人不同"):
        merge(by=town[Role.CLERK], case=other, into=one, reason="重复")


# ---- setting right ----


def test_a_corrected_number_finds_the_person_again(town: House) -> None:
    received(town, DAY)
    case = received(town, DAY, identity_number=MISTYPED)
    assert month_of(now(case)).volume == 1
    corrected(town, case, identity_number=IDENTITY)
    assert month_of(now(case)).volume == 2
    assert same_requester(now(case)).maybe == []
    assert opener_of(now(case)).open(now(case).requester, "identity_number") == IDENTITY
    assert verify().faults == []


def test_name_contacts_and_words_are_set_right_and_the_entry_names_nobody(town: House) -> None:
    case = received(town, DAY, words=f"申请公开{OTHER_NAME}所在村的分配方案")
    changes = {"name": OTHER_NAME, "phone": OTHER_PHONE, "requester_kind": "business", "agent": "虚构代理"}
    corrected(town, case, reason=f"{NAME}应为{OTHER_NAME}，电话{OTHER_PHONE}", **changes)
    row = now(case)
    opener = opener_of(row)
    assert opener.open(row.requester, "name") == OTHER_NAME
    assert opener.open(row.requester, "address") == ADDRESS  # what is not named stays
    assert row.requester_kind == "business"
    assert OTHER_NAME not in row.subject
    entry = Entry.objects.get(action="requests.registration_corrected")
    assert set(entry.after["corrected"]) == set(changes)
    told = f"{entry.before}{entry.after}{[one.value for one in entry.personal.all()]}"
    assert [one for one in (NAME, OTHER_NAME, PHONE, OTHER_PHONE, "虚构代理") if one in told] == []
    assert verify().faults == []


def test_the_day_is_set_right_and_the_clock_follows(town: House) -> None:
    case = received(town, DAY)
    earlier = DAY - dt.timedelta(days=2)
    corrected(town, case, channel="fax", arrived_on=earlier, confirmed_on=DAY - dt.timedelta(days=1))
    row = now(case)
    assert (row.channel, row.arrived_on, row.received_on) == ("fax", earlier, DAY - dt.timedelta(days=1))
    assert row.due_on == dt.date(2025, 10, 29)
    assert [one.voided_at is None for one in row.events.order_by("id")] == [False, True]
    corrected(town, case, channel="ordinary-post", confirmed_on=None)
    assert (now(case).stands, now(case).received_on) == (Stands.UNCONFIRMED, None)
    assert verify().faults == []


def test_the_day_stays_once_other_facts_rest_on_it_but_the_way_may_change(town: House) -> None:
    case = received(town, DAY)
    with at(DAY):
        step(
            by=town[Role.CLERK], case=case, kind="supplement-asked", on=DAY, until=DAY + dt.timedelta(days=30)
        )
    with pytest.raises(WorkError, match="后续办理记录"):
        corrected(town, case, arrived_on=DAY - dt.timedelta(days=1))
    corrected(town, case, channel="signed-post", post_number="XA00000001")
    assert (now(case).channel, now(case).received_on, now(case).post_number) == (
        "signed-post",
        DAY,
        "XA00000001",
    )


def test_what_came_by_the_portal_keeps_its_words_and_its_day(town: House) -> None:
    case, _code = sent(town, DAY)
    for changes in ({"words": "别的内容"}, {"channel": "fax"}, {"arrived_on": DAY - dt.timedelta(days=1)}):
        with pytest.raises(WorkError, match="网上提交"):
            corrected(town, case, **changes)
    corrected(town, case, phone=OTHER_PHONE)
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(channel="fax")


def test_what_was_decided_on_keeps_its_words_and_letters_stay(town: House) -> None:
    office_of(town)
    course = Course.received(town, DAY)
    letter = course.letter("receipt", DAY)
    told = words_of(letter)
    course.decided("OPEN-1", DAY)
    case = course.now()
    with pytest.raises(WorkError, match="不能再更正"):
        corrected(town, case, words="别的内容")
    corrected(town, case, name=OTHER_NAME)
    letter.refresh_from_db()
    assert words_of(letter) == told
    assert verify().faults == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, "nothing_to_correct"),
        ({"name": NAME}, "nothing_to_correct"),
        ({"name": " "}, "name_missing"),
        ({"requester_kind": "robot"}, "requester_kind_missing"),
        ({"arrived_on": DAY + dt.timedelta(days=1)}, "arrived_on_future"),
        ({"channel": "pigeon"}, "channel_missing"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changes(
    town: House, changes: dict[str, Any], code: str
) -> None:
    case = received(town, DAY)
    with pytest.raises(WorkError) as refused:
        corrected(town, case, **changes)
    faults = refused.value.faults if isinstance(refused.value, Invalid) else [refused.value]
    assert code in [one.code for one in faults]
    assert now(case).revision == case.revision


def test_who_may_not_register_corrects_nothing_and_a_reason_is_needed(town: House) -> None:
    case = received(town, DAY)
    for role in (Role.LEADER, Role.AUDITOR, Role.UNIT_HEAD):
        with pytest.raises(NotAllowed):
            correct_registration(by=town[role], case=case, changes={"phone": OTHER_PHONE}, reason=WHY)
    with pytest.raises(WorkError, match="理由"):
        corrected(town, case, reason=" ", phone=OTHER_PHONE)
    with pytest.raises(Stale), at(DAY):
        correct_registration(
            by=town[Role.CLERK], case=case, changes={"phone": OTHER_PHONE}, reason=WHY, seen=99
        )


def test_the_page_opens_with_a_reason_and_sets_right(town: House) -> None:
    case = received(town, DAY, identity_number=MISTYPED)
    client = browser(town[Role.CLERK])
    address = of(case, "correct/")
    with at(DAY):
        assert f'href="{address}"' in client.get(of(case)).content.decode()
        assert PHONE not in client.get(address).content.decode()
        assert fill(client, address, reason="").status_code == 422
        opened = fill(client, address, reason=WHY)
        form = shown(opened)
        assert (form["phone"], form["identity_number"], form["reason"]) == (PHONE, MISTYPED, WHY)
        assert "no-store" in opened["Cache-Control"]
        assert "校验码" in page(opened).css_first("#id_identity_number-hint").text()
        kept = client.post(address, {**form, "do": "save", "reply_ways": ["post"], "phone": OTHER_PHONE})
        assert kept.status_code == 422
        assert page(kept).css_first("#id_number_seen-error") is not None
        changed = {**form, "do": "save", "reply_ways": ["post"], "identity_number": IDENTITY}
        assert client.post(address, changed).status_code in SAVED
        assert "更正登记" in words(client.get(of(case, "log/")))
    assert opener_of(now(case)).open(now(case).requester, "identity_number") == IDENTITY
    seen = Entry.objects.filter(action="requests.personal_seen")
    assert seen.count() == 1
    entry = Entry.objects.get(action="requests.registration_corrected")
    assert entry.after["corrected"] == ["identity_number"]


def test_the_page_of_a_portal_request_offers_what_may_be_corrected(town: House) -> None:
    case, _code = sent(town, DAY)
    with at(DAY):
        client = browser(town[Role.DISCLOSURE_OFFICE])
        form = shown(fill(client, of(case, "correct/"), reason=WHY))
        assert "phone" in form
        assert not {"words", "channel", "arrived_on"} & set(form)
        answer = client.post(
            of(case, "correct/"), {**form, "do": "save", "reply_ways": ["post"], "phone": OTHER_PHONE}
        )
    assert answer.status_code in SAVED
    assert opener_of(now(case)).open(now(case).requester, "phone") == OTHER_PHONE


def test_the_page_is_for_those_who_register_at_the_organ(district: District) -> None:
    case = received(district.town, DAY)
    expected = {Role.CLERK: 200, Role.DISCLOSURE_OFFICE: 200, Role.AUDITOR: 403, Role.LEADER: 403}
    for role, status in expected.items():
        assert browser(district.town[role]).get(of(case, "correct/")).status_code == status, role
    for house in (district.bureau, district.government):
        client = browser(house[Role.DISCLOSURE_OFFICE])
        assert client.get(of(case, "correct/")).status_code == 404
        sent_form = {"do": "save", "reason": WHY, "phone": OTHER_PHONE}
        assert client.post(of(case, "correct/"), sent_form).status_code == 404
