"""Organs opened, settled, moved and closed."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.web.platform import District, appoint, credit_code, organ, staff

from gongkai.web.audit.models import Entry
from gongkai.web.organs import actions
from gongkai.web.organs.errors import Invalid, NotAllowed, Stale, WorkError
from gongkai.web.organs.models import Appointment, Organ, Role, Staff, Unit
from gongkai.web.organs.queries import area, has_administrator, organ_by_code, tree

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("chain")]
ADMIN = Role.ADMINISTRATOR


def opened(land: District, code: str = "nanhe", serial: int = 9, **facts: object) -> Organ:
    usual = {"name": "虚构区南河镇人民政府", "kind": "township-government", "level": "township"}
    return actions.open_organ(
        by=land.government[ADMIN],
        parent=land.government.organ,
        code=code,
        credit_code=credit_code(serial),
        **{**usual, **facts},
    )


def test_an_organ_opened_below_lies_in_the_area_of_its_parent(land: District) -> None:
    made = opened(land)
    assert made.path == f"{land.government.organ.path}{made.pk}/"
    assert [one.code for one in area(land.government.organ)] == ["xugou", "beishan", "minzheng", "nanhe"]
    assert not land.town.organ.covers(made)


def test_an_organ_has_the_second_factor_rule_of_its_parent(land: District) -> None:
    Organ.objects.filter(pk=land.government.organ.pk).update(requires_second_factor=True, is_fictional=False)
    made = opened(land)
    assert made.requires_second_factor
    assert not made.is_fictional
    Organ.objects.filter(pk=land.government.organ.pk).update(requires_second_factor=False, is_fictional=True)


@pytest.mark.parametrize("role", [role for role in Role if role != ADMIN])
def test_nobody_but_an_administrator_above_opens_an_organ(land: District, role: Role) -> None:
    for person in (land.government[role], land.town[ADMIN], land.bureau[ADMIN]):
        with pytest.raises(NotAllowed):
            actions.open_organ(
                by=person,
                parent=land.government.organ,
                code="nanhe",
                name="南河镇",
                kind="township-government",
                level="township",
                credit_code=credit_code(9),
            )
    assert organ_by_code("nanhe") is None


def test_a_credit_code_with_a_wrong_check_character_is_refused_at_its_field(land: District) -> None:
    wrong = credit_code(9)[:-1] + ("0" if credit_code(9)[-1] != "0" else "1")
    with pytest.raises(WorkError) as refused:
        actions.open_organ(
            by=land.government[ADMIN],
            parent=land.government.organ,
            code="nanhe",
            name="南河镇",
            kind="township-government",
            level="township",
            credit_code=wrong,
        )
    assert (refused.value.code, refused.value.field) == ("credit_code_wrong", "credit_code")


def test_a_code_already_taken_is_refused_at_its_field(land: District) -> None:
    with pytest.raises(Invalid) as refused:
        opened(land, code="beishan")
    assert [fault.field for fault in refused.value.faults] == ["code"]


def test_an_index_template_without_a_number_is_refused(land: District) -> None:
    with pytest.raises(WorkError) as refused:
        actions.change_organ(by=land.town[ADMIN], organ=land.town.organ, index_template="{USCC}/{YYYY}")
    assert refused.value.field == "index_template"


def test_moving_an_organ_takes_everything_below_it_along(land: District) -> None:
    village = actions.open_organ(
        by=land.town[ADMIN],
        parent=land.town.organ,
        code="cunju",
        name="虚构区北山镇派出机构",
        kind="branch",
        level="township",
        credit_code=credit_code(11),
    )
    by = land.government[ADMIN]
    actions.move_organ(by=by, organ=land.town.organ, parent=land.bureau.organ, why="机构改革")
    village.refresh_from_db()
    bureau = Organ.objects.get(pk=land.bureau.organ.pk)
    assert bureau.covers(village)
    assert [one.code for one in area(bureau)] == ["minzheng", "beishan", "cunju"]
    entry = Entry.objects.get(action="organs.organ_moved")
    assert len(entry.states) == 2
    assert entry.why == "机构改革"


def test_an_organ_is_not_put_below_itself(land: District) -> None:
    by = land.government[ADMIN]
    actions.move_organ(by=by, organ=land.town.organ, parent=land.bureau.organ, why="机构改革")
    for parent in (land.bureau.organ, land.town.organ):
        with pytest.raises(WorkError) as refused:
            actions.move_organ(by=by, organ=land.bureau.organ, parent=parent, why="试一试")
        assert refused.value.code == "tree_cycle"


def test_an_administrator_moves_no_organ_that_is_not_below(land: District) -> None:
    for by in (land.town[ADMIN], land.bureau[ADMIN], land.government[Role.LEADER]):
        with pytest.raises(NotAllowed):
            actions.move_organ(by=by, organ=land.town.organ, parent=land.bureau.organ, why="试一试")


def test_the_organ_tells_its_contacts_and_only_a_higher_one_settles_what_it_is(land: District) -> None:
    by = land.town[ADMIN]
    changed = actions.change_organ(by=by, organ=land.town.organ, telephone="0000-1234567", postcode="000000")
    assert changed.telephone == "0000-1234567"
    for facts in (
        {"name": "省人民政府"},
        {"hostname": "www.example.test"},
        {"requires_second_factor": False},
    ):
        with pytest.raises(TypeError):
            actions.change_organ(by=by, organ=land.town.organ, **facts)
        with pytest.raises(NotAllowed):
            actions.settle_organ(by=by, organ=land.town.organ, why="试一试", **facts)
    settled = actions.settle_organ(
        by=land.government[ADMIN], organ=land.town.organ, why="更名", name="虚构区北山街道办事处"
    )
    assert settled.name == "虚构区北山街道办事处"


def test_the_top_of_the_tree_settles_itself(land: District) -> None:
    by = land.government[ADMIN]
    settled = actions.settle_organ(
        by=by, organ=land.government.organ, why="启用", hostname="XXGK.example.test"
    )
    assert settled.hostname == "xxgk.example.test"


@pytest.mark.parametrize(
    ("field", "value"),
    [("postcode", "12345"), ("postcode", "１２３４５６"), ("email", "nobody"), ("band_colour", "#zzzzzz")],
)
def test_a_contact_that_cannot_be_right_is_refused_at_its_field(
    land: District, field: str, value: str
) -> None:
    with pytest.raises(WorkError) as refused:
        actions.change_organ(by=land.town[ADMIN], organ=land.town.organ, **{field: value})
    found = refused.value.faults[0] if isinstance(refused.value, Invalid) else refused.value
    assert found.field == field
    assert found.zh


@pytest.mark.parametrize("host", ["localhost", "-a.test", "a_b.test", "http://a.test", "a.test/x", "a..test"])
def test_a_host_name_that_is_none_is_refused(land: District, host: str) -> None:
    with pytest.raises(WorkError) as refused:
        actions.settle_organ(by=land.government[ADMIN], organ=land.town.organ, why="启用", hostname=host)
    assert refused.value.field == "hostname"


def test_two_organs_have_no_host_name_in_common(land: District) -> None:
    by = land.government[ADMIN]
    actions.settle_organ(by=by, organ=land.town.organ, why="启用", hostname="a.example.test")
    with pytest.raises(WorkError):
        actions.settle_organ(by=by, organ=land.bureau.organ, why="启用", hostname="A.example.test")


def test_what_was_seen_before_somebody_else_changed_it_is_not_saved_over(land: District) -> None:
    seen = actions.fingerprint(land.town.organ)
    by = land.town[ADMIN]
    actions.change_organ(by=by, organ=land.town.organ, seen=seen, telephone="0000-1")
    with pytest.raises(Stale):
        actions.change_organ(by=by, organ=land.town.organ, seen=seen, telephone="0000-2")
    assert Organ.objects.get(pk=land.town.organ.pk).telephone == "0000-1"


def test_saving_what_is_there_already_makes_no_entry(land: District) -> None:
    before = Entry.objects.count()
    actions.change_organ(by=land.town[ADMIN], organ=land.town.organ, telephone=land.town.organ.telephone)
    assert Entry.objects.count() == before


def test_the_first_administrator_comes_from_above_and_only_the_first(land: District) -> None:
    made = opened(land)
    by = land.government[ADMIN]
    person, password = actions.first_administrator(by=by, organ=made, username="nanhe.gly", name="虚构甲")
    assert has_administrator(made)
    assert person.check_password(password)
    assert person.must_change_password
    with pytest.raises(WorkError) as refused:
        actions.first_administrator(by=by, organ=made, username="nanhe.second", name="虚构乙")
    assert refused.value.code == "has_administrator"
    with pytest.raises(NotAllowed):
        actions.open_account(by=by, organ=made, username="nanhe.third", name="虚构丙")
    assert not Staff.objects.filter(username__in=("nanhe.second", "nanhe.third")).exists()


def test_an_administrator_beside_or_below_names_no_first_one(land: District) -> None:
    made = opened(land)
    for by in (land.town[ADMIN], land.bureau[ADMIN], land.government[Role.SUPERVISING_AUTHORITY]):
        with pytest.raises(NotAllowed):
            actions.first_administrator(by=by, organ=made, username="nanhe.gly", name="虚构甲")


def test_closing_an_organ_closes_its_accounts_and_ends_its_appointments(land: District) -> None:
    actions.close_organ(by=land.government[ADMIN], organ=land.town.organ, why="撤镇设街道")
    assert not Staff.objects.filter(organ=land.town.organ, is_active=True).exists()
    assert not Appointment.objects.filter(organ=land.town.organ, until=None).exists()
    person = Staff.objects.get(pk=land.town[ADMIN].pk)
    assert person.appointments_today() == ()


def test_an_organ_with_open_organs_below_is_not_closed_nor_does_one_close_itself(land: District) -> None:
    top = organ("shengji", "虚构省人民政府", 20, kind="provincial-government", level="province")
    above = staff("sheng.gly", "虚构省", top)
    appoint(above, ADMIN, top)
    with pytest.raises(NotAllowed):
        actions.close_organ(by=above, organ=land.government.organ, why="试一试")
    with pytest.raises(NotAllowed):
        actions.close_organ(by=land.government[ADMIN], organ=land.government.organ, why="试一试")
    by = land.government[ADMIN]
    actions.move_organ(by=by, organ=land.town.organ, parent=land.bureau.organ, why="机构改革")
    with pytest.raises(WorkError) as refused:
        actions.close_organ(by=by, organ=land.bureau.organ, why="机构改革")
    assert refused.value.code == "organs_below"


def test_units_are_added_renamed_and_closed_when_nobody_is_in_them(land: District) -> None:
    by = land.town[ADMIN]
    unit = actions.add_unit(by=by, organ=land.town.organ, name=" 农业农村办公室 ")
    assert unit.name == "农业农村办公室"
    with pytest.raises(WorkError) as refused:
        actions.add_unit(by=by, organ=land.town.organ, name="农业农村办公室")
    assert isinstance(refused.value, Invalid) or refused.value.field == "name"
    actions.rename_unit(by=by, unit=unit, name="农业综合办公室")
    actions.close_unit(by=by, unit=unit)
    assert not Unit.objects.get(pk=unit.pk).is_active
    with pytest.raises(WorkError) as refused:
        actions.close_unit(by=by, unit=land.town.affairs)
    assert refused.value.code == "unit_in_use"
    with pytest.raises(NotAllowed):
        actions.add_unit(by=by, organ=land.bureau.organ, name="别的机关的科室")


def test_an_organ_has_one_disclosure_office_at_a_time(land: District) -> None:
    actions.name_disclosure_office(by=land.town[ADMIN], unit=land.town.affairs)
    offices = Unit.objects.filter(organ=land.town.organ, is_disclosure_office=True)
    assert [unit.pk for unit in offices] == [land.town.affairs.pk]


@settings(max_examples=25, suppress_health_check=list(HealthCheck), deadline=None)
@given(moves=st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=8))
def test_however_organs_are_moved_the_tree_stays_a_tree(moves: list[tuple[int, int]]) -> None:
    """Every path is its parent's with its own number behind; nothing is lost."""
    from django.db import transaction

    with transaction.atomic():
        top = organ("ding", "虚构市人民政府", 50, kind="government", level="prefecture")
        by = staff("ding.gly", "虚构市", top)
        appoint(by, ADMIN, top)
        organs = [top]
        for number in range(6):
            organs.append(organ(f"ji{number}", f"虚构机关{number}", 60 + number, parent=organs[number // 2]))
        refusals: set[str] = set()
        for one, under in moves:
            try:
                actions.move_organ(by=by, organ=organs[one], parent=organs[under], why="试")
            except WorkError as refused:
                refusals.add(refused.code)
        assert refusals <= {"tree_cycle", "not_allowed"}
        rows = {row.pk: row for row in Organ.objects.filter(pk__in=[one.pk for one in organs])}
        for row in rows.values():
            assert row.path == (rows[row.parent_id].path if row.parent_id else "/") + f"{row.pk}/"
            assert row.path.count(f"/{row.pk}/") == 1
        assert len(tree()) == len(Organ.objects.all())
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("kind", "level", "fits"),
    [
        ("township-government", "county", False),
        ("township-government", "township", True),
        ("government", "township", False),
        ("government", "prefecture", True),
        ("provincial-government", "county", False),
        ("department", "county", True),
    ],
)
def test_a_government_is_of_the_level_that_its_name_says(
    land: District, kind: str, level: str, fits: bool
) -> None:
    facts = {"code": "xinjian", "name": "虚构新建机关", "credit_code": credit_code(700)}
    by, parent = land.government[Role.ADMINISTRATOR], land.government.organ
    if fits:
        assert actions.open_organ(by=by, parent=parent, kind=kind, level=level, **facts).level == level
        return
    with pytest.raises(WorkError, match="层级应为") as refused:
        actions.open_organ(by=by, parent=parent, kind=kind, level=level, **facts)
    assert refused.value.field == "level"
    with pytest.raises(WorkError, match="层级应为"):
        actions.settle_organ(by=by, organ=land.town.organ, why="更正", kind=kind, level=level)


@pytest.mark.parametrize(
    ("field", "right", "wrong"),
    [
        ("site_code", "9999990001", "999999001"),
        ("icp_number", "虚ICP备2026000001号-1", "2026000001"),
        ("police_number", "虚公网安备99999902000001号", "虚公网安备号"),
    ],
)
def test_the_codes_of_a_site_are_settled_and_looked_at(
    land: District, field: str, right: str, wrong: str
) -> None:
    by = land.government[ADMIN]
    with pytest.raises(WorkError) as refused:
        actions.settle_organ(by=by, organ=land.town.organ, why="备案", **{field: wrong})
    assert refused.value.field == field
    settled = actions.settle_organ(by=by, organ=land.town.organ, why="备案", **{field: right})
    assert getattr(settled, field) == right
    with pytest.raises(TypeError):
        actions.change_organ(by=land.town[ADMIN], organ=land.town.organ, **{field: right})
