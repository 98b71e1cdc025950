"""An empty installation gets its first organ and administrator; who has lost the way in comes back."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from tests.web.platform import credit_code

from gongkai.web.organs.command_line import make_administrator, make_keeper, reset_account
from gongkai.web.organs.errors import Invalid, WorkError
from gongkai.web.organs.models import Organ, Role, Staff

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("chain")]


def founded() -> tuple[Staff, str]:
    return make_administrator(
        "Xugou.GLY", "虚构管理员", "xugou", organ_name="虚构区人民政府", credit_code=credit_code(1)
    )


def test_an_empty_installation_gets_an_organ_and_somebody_to_administer_it() -> None:
    person, password = founded()
    organ = Organ.objects.get()
    assert organ.path == f"/{organ.pk}/"
    assert organ.requires_second_factor
    assert person.username == "xugou.gly"
    assert person.check_password(password)
    assert [one.role for one in person.appointments_today()] == [Role.ADMINISTRATOR]


def test_there_is_no_second_first_administrator() -> None:
    founded()
    with pytest.raises(WorkError) as refused:
        make_administrator("another", "虚构乙", "xugou")
    assert refused.value.code == "has_administrator"
    assert Staff.objects.count() == 1


def test_an_organ_that_is_not_there_needs_its_name_and_code() -> None:
    with pytest.raises(WorkError) as refused:
        make_administrator("gly", "虚构甲", "xugou")
    assert refused.value.code == "organ_unknown"
    with pytest.raises(WorkError):
        make_administrator("gly", "虚构甲", "xugou", organ_name="虚构区", credit_code="123")
    with pytest.raises(Invalid):
        make_administrator("g", "虚构甲", "xugou", organ_name="虚构区", credit_code=credit_code(1))
    assert not Organ.objects.exists()


def test_who_has_lost_the_way_in_gets_a_new_password() -> None:
    person, old = founded()
    cache.clear()
    again, new = reset_account(" XUGOU.gly ")
    assert again.pk == person.pk
    assert again.check_password(new)
    assert not again.check_password(old)
    with pytest.raises(WorkError) as refused:
        reset_account("nobody")
    assert refused.value.code == "account_unknown"


def test_a_keeper_belongs_to_no_organ_and_holds_no_role() -> None:
    keeper, password = make_keeper("weihu", "虚构维护")
    assert keeper.is_superuser
    assert keeper.organ is None
    assert keeper.appointments_today() == ()
    assert keeper.check_password(password)
