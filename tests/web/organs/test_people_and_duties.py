"""Accounts, appointments, and the duties that are kept apart."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone
from tests.web.platform import District, appoint, staff

from gongkai.web.audit.models import Entry, PersonalDatum
from gongkai.web.organs import actions
from gongkai.web.organs.actions.appointments import APART_FROM_ADMINISTRATOR, NOT_FOR_ONESELF
from gongkai.web.organs.errors import Invalid, NotAllowed, Stale, WorkError
from gongkai.web.organs.models import Appointment, Role, Staff, Unit
from gongkai.web.organs.permissions import is_administrator, is_clerk, is_secrecy_officer
from gongkai.web.organs.queries import holders, staff_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("chain")]
ADMIN = Role.ADMINISTRATOR


def newcomer(land: District, username: str = "xinren") -> Staff:
    made, _ = actions.open_account(
        by=land.town[ADMIN], organ=land.town.organ, username=username, name="虚构新人", unit=land.town.affairs
    )
    return made


def second_administrator(land: District) -> Staff:
    made = staff("beishan.second", "虚构二号", land.town.organ)
    appoint(made, ADMIN, land.town.organ)
    return made


def test_an_account_begins_with_a_temporary_password_and_no_role(land: District) -> None:
    made, password = actions.open_account(
        by=land.town[ADMIN], organ=land.town.organ, username="ＬiSi", name="虚构李四"
    )
    assert made.username == "lisi"
    assert made.check_password(password)
    assert made.must_change_password
    assert made.appointments_today() == ()


def test_names_that_differ_in_capitals_or_width_are_one_name(land: District) -> None:
    newcomer(land, "lisi")
    for other in ("LISI", " lisi ", "ｌｉｓｉ"):
        with pytest.raises(Invalid) as refused:
            newcomer(land, other)
        assert refused.value.faults[0].field == "username"


@pytest.mark.parametrize("username", ["ab", "a b c", "x" * 61, "<script>", "a\x00bc"])
def test_a_user_name_that_cannot_be_typed_is_refused(land: District, username: str) -> None:
    with pytest.raises(Invalid):
        newcomer(land, username)


@pytest.mark.parametrize("role", [role for role in Role if role != ADMIN])
def test_nobody_but_the_organs_administrator_opens_an_account_or_appoints(land: District, role: Role) -> None:
    strangers = (land.town[role], land.bureau[ADMIN], land.government[ADMIN])
    for by in strangers:
        with pytest.raises(NotAllowed):
            actions.open_account(by=by, organ=land.town.organ, username="xinren", name="虚构新人")
        with pytest.raises(NotAllowed):
            actions.appoint(by=by, staff=land.town[Role.CLERK], role=Role.LEADER, organ=land.town.organ)
        with pytest.raises(NotAllowed):
            actions.reset_password(by=by, staff=land.town[Role.SECRECY_OFFICER])
        with pytest.raises(NotAllowed):
            actions.close_account(by=by, staff=land.town[Role.CLERK], why="试一试")
        with pytest.raises(NotAllowed):
            actions.end_appointment(by=by, appointment=holders(Role.LEADER, land.town.organ)[0])


def test_a_superuser_without_an_appointment_may_do_none_of_this(land: District) -> None:
    keeper = staff("weihu", "虚构维护", None, is_staff=True, is_superuser=True)
    with pytest.raises(NotAllowed):
        actions.open_account(by=keeper, organ=land.town.organ, username="xinren", name="虚构新人")
    with pytest.raises(NotAllowed):
        actions.appoint(by=keeper, staff=keeper, role=ADMIN, organ=land.town.organ)


def test_an_administrator_resets_no_keeper_of_the_installation(land: District) -> None:
    keeper = staff("weihu", "虚构维护", land.town.organ, is_staff=True, is_superuser=True)
    for act in (
        lambda: actions.reset_password(by=land.town[ADMIN], staff=keeper),
        lambda: actions.reset_second_factor(by=land.town[ADMIN], staff=keeper, why="试一试"),
        lambda: actions.change_account(by=land.town[ADMIN], staff=keeper, name="别人"),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_an_appointment_holds_from_its_day_and_ends_at_once(land: District) -> None:
    person = newcomer(land)
    held = actions.appoint(by=land.town[ADMIN], staff=person, role=Role.CLERK, organ=land.town.organ)
    person.forget_appointments()
    assert is_clerk(person, land.town.organ)
    actions.end_appointment(by=land.town[ADMIN], appointment=held)
    person.forget_appointments()
    assert not is_clerk(person, land.town.organ)


def test_an_appointment_may_begin_and_end_on_days_to_come(land: District) -> None:
    person, by = newcomer(land), land.town[ADMIN]
    today = timezone.localdate()
    later = today + dt.timedelta(days=3)
    held = actions.appoint(by=by, staff=person, role=Role.CLERK, organ=land.town.organ, since=later)
    assert not held.holds_on(today)
    held = actions.end_appointment(by=by, appointment=held, last_day=later)
    assert held.holds_on(later)
    assert not held.holds_on(later + dt.timedelta(days=1))


def test_a_role_is_held_once_at_a_time_and_may_be_held_again(land: District) -> None:
    by, organ = land.town[ADMIN], land.town.organ
    person = newcomer(land)
    held = actions.appoint(by=by, staff=person, role=Role.LEADER, organ=organ)
    with pytest.raises(WorkError):
        actions.appoint(by=by, staff=person, role=Role.LEADER, organ=organ)
    actions.end_appointment(by=by, appointment=held)
    actions.appoint(by=by, staff=person, role=Role.LEADER, organ=organ)
    assert person.pk in {one.staff_id for one in holders(Role.LEADER, organ)}


@pytest.mark.parametrize("role", sorted(NOT_FOR_ONESELF))
def test_nobody_appoints_himself_to_sign_to_audit_or_to_oversee(land: District, role: Role) -> None:
    by = land.town[ADMIN]
    with pytest.raises(WorkError):
        actions.appoint(by=by, staff=by, role=role, organ=land.town.organ)
    assert Appointment.objects.filter(staff=by).count() == 1


@pytest.mark.parametrize("role", sorted(APART_FROM_ADMINISTRATOR))
def test_an_administrator_neither_signs_nor_audits_whichever_comes_first(land: District, role: Role) -> None:
    by, organ = land.town[ADMIN], land.town.organ
    other = second_administrator(land)
    with pytest.raises(WorkError) as refused:
        actions.appoint(by=by, staff=other, role=role, organ=organ)
    assert refused.value.code == "duties_apart"
    with pytest.raises(WorkError) as refused:
        actions.appoint(by=by, staff=land.town[role], role=ADMIN, organ=organ)
    assert refused.value.code == "duties_apart"


def test_duties_are_kept_apart_in_days_to_come_as_well(land: District) -> None:
    by, organ, person = land.town[ADMIN], land.town.organ, newcomer(land)
    later = timezone.localdate() + dt.timedelta(days=30)
    actions.appoint(by=by, staff=person, role=ADMIN, organ=organ, since=later)
    with pytest.raises(WorkError) as refused:
        actions.appoint(by=by, staff=person, role=Role.SECRECY_OFFICER, organ=organ)
    assert refused.value.code == "duties_apart"


def test_only_the_organs_own_people_are_appointed(land: District) -> None:
    with pytest.raises(WorkError) as refused:
        actions.appoint(
            by=land.town[ADMIN], staff=land.bureau[Role.CLERK], role=Role.CLERK, organ=land.town.organ
        )
    assert refused.value.code == "staff_of_another_organ"


def test_a_unit_of_another_organ_is_no_choice_for_an_account_or_a_role(land: District) -> None:
    by, organ, person = land.town[ADMIN], land.town.organ, newcomer(land)
    with pytest.raises(WorkError):
        actions.change_account(by=by, staff=person, name="虚构新人", unit=land.bureau.affairs)
    with pytest.raises(WorkError):
        actions.appoint(by=by, staff=person, role=Role.CLERK, organ=organ, unit=land.bureau.affairs)
    with pytest.raises(WorkError) as refused:
        actions.appoint(by=by, staff=person, role=Role.LEADER, organ=organ, unit=land.town.affairs)
    assert refused.value.code == "role_of_the_whole_organ"
    assert Staff.objects.get(pk=person.pk).unit_id == land.town.affairs.pk


def test_the_last_administrator_stays(land: District) -> None:
    by, organ = land.town[ADMIN], land.town.organ
    held = holders(ADMIN, organ)[0]
    with pytest.raises(WorkError) as refused:
        actions.end_appointment(by=by, appointment=held)
    assert refused.value.code == "last_administrator"
    other = second_administrator(land)
    actions.end_appointment(by=other, appointment=held)
    with pytest.raises(NotAllowed):
        actions.open_account(by=by, organ=organ, username="xinren", name="虚构新人")


def test_nobody_closes_or_resets_his_own_account(land: District) -> None:
    by = land.town[ADMIN]
    second_administrator(land)
    for act in (
        lambda: actions.close_account(by=by, staff=by, why="试一试"),
        lambda: actions.reset_password(by=by, staff=by),
        lambda: actions.reset_second_factor(by=by, staff=by, why="试一试"),
    ):
        with pytest.raises(WorkError) as refused:
            act()
        assert refused.value.code == "not_oneself"


def test_closing_an_account_ends_its_appointments_and_keeps_its_past(land: District) -> None:
    person = land.town[Role.CLERK]
    actions.close_account(by=land.town[ADMIN], staff=person, why="调离")
    again = Staff.objects.get(pk=person.pk)
    assert not again.is_active
    assert again.appointments_today() == ()
    assert Appointment.objects.filter(staff=person).count() == 1


@pytest.mark.parametrize("first", ["password", "second factor"])
def test_one_administrator_alone_cannot_put_himself_in_another_persons_place(
    land: District, first: str
) -> None:
    """With both the password and the second factor he could sign in as the secrecy officer."""
    by, officer = land.town[ADMIN], land.town[Role.SECRECY_OFFICER]
    Authenticator.objects.create(user=officer, type="totp", data={"secret": "x"})

    def reset(what: str, by: Staff) -> None:
        if what == "password":
            actions.reset_password(by=by, staff=officer)
        else:
            actions.reset_second_factor(by=by, staff=officer, why="手机丢失")

    second = "second factor" if first == "password" else "password"
    reset(first, by)
    with pytest.raises(WorkError) as refused:
        reset(second, by)
    assert refused.value.code == "second_administrator_needed"
    reset(second, second_administrator(land))


def test_after_the_person_has_signed_in_again_the_same_administrator_may_help_once_more(
    land: District,
) -> None:
    by, officer = land.town[ADMIN], land.town[Role.SECRECY_OFFICER]
    actions.reset_password(by=by, staff=officer)
    Staff.objects.filter(pk=officer.pk).update(last_login=timezone.now() + dt.timedelta(seconds=1))
    actions.reset_second_factor(by=by, staff=officer, why="手机丢失")
    assert Entry.objects.filter(action="organs.second_factor_reset").exists()


def test_an_account_changed_by_somebody_else_meanwhile_is_not_saved_over(land: District) -> None:
    person, by = land.town[Role.CLERK], land.town[ADMIN]
    seen = actions.fingerprint(Staff.objects.get(pk=person.pk))
    actions.change_account(by=by, staff=person, name="虚构甲", unit=land.town.affairs, seen=seen)
    with pytest.raises(Stale):
        actions.change_account(by=by, staff=person, name="虚构乙", unit=land.town.affairs, seen=seen)
    assert Staff.objects.get(pk=person.pk).name == "虚构甲"


def test_names_of_people_stand_in_the_log_as_personal_data(land: District) -> None:
    newcomer(land)
    entry = Entry.objects.get(action="organs.account_opened")
    assert "虚构新人" not in str(entry.after)
    assert "虚构新人" in PersonalDatum.objects.filter(entry=entry).values_list("value", flat=True)


def test_who_was_closed_a_moment_ago_does_nothing_any_more(land: District) -> None:
    by = land.town[ADMIN]
    by.appointments_today()  # known to the page that is still open
    other = second_administrator(land)
    actions.close_account(by=other, staff=by, why="调离")
    with pytest.raises(NotAllowed):
        actions.open_account(by=by, organ=land.town.organ, username="xinren", name="虚构新人")


def test_the_list_of_people_tells_what_each_holds_in_two_queries(
    land: District, django_assert_num_queries: object
) -> None:
    with django_assert_num_queries(2):  # type: ignore[operator]
        people = staff_of(land.town.organ)
        told = {one.username: [(held.role, held.unit) for held in one.held] for one in people}
    assert told["beishan.clerk"] == [(Role.CLERK, land.town.affairs)]
    assert len(people) == len(Role)


def test_a_unit_role_reaches_its_unit_alone(land: District) -> None:
    person = land.town[Role.CLERK]
    mine, other = Unit(organ=land.town.organ), Unit(organ=land.town.organ)
    mine.unit_id, other.unit_id = land.town.affairs.pk, land.town.office.pk  # type: ignore[attr-defined]
    assert is_clerk(person, mine)
    assert not is_clerk(person, other)


def test_no_role_at_one_organ_is_a_role_at_another(land: District) -> None:
    for mine, other in itertools.permutations((land.government, land.town, land.bureau), 2):
        assert not is_secrecy_officer(mine[Role.SECRECY_OFFICER], other.organ)
        assert not is_administrator(mine[ADMIN], other.organ)
