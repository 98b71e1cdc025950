"""An organ that has nothing yet tells its administrator what to do first; one that is ready tells nothing."""

from __future__ import annotations

import pytest
from tests.web.conftest import page, words
from tests.web.platform import House, appoint, credit_code, published, staff
from tests.web.working import browser

from gongkai.web.disclosure.actions.checklist import add_item
from gongkai.web.disclosure.actions.reviewing import set_review_plan
from gongkai.web.organs import actions
from gongkai.web.organs.command_line import make_administrator
from gongkai.web.organs.models import Organ, Role, Staff
from gongkai.web.workspace.queries.first_steps import first_steps

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(db: None) -> Staff:
    """The first administrator of an installation that has nothing else, past password and second factor."""
    person, _ = make_administrator(
        "guanli", "虚构管理", "xinqu", organ_name="虚构新区人民政府", credit_code=credit_code(900)
    )
    Staff.objects.update(must_change_password=False)
    Organ.objects.update(requires_second_factor=False)
    return Staff.objects.get(pk=person.pk)


def _steps(person: Staff) -> dict[str, str]:
    client = browser(Staff.objects.get(pk=person.pk))
    found = {}
    for one in page(client.get("/work/")).css(".first-steps-list > li"):
        link = one.css_first("a")
        name = link.text() if link else one.css_first("p").text().split()[0]
        found[name] = " ".join(one.text().split())
        if link is not None:
            assert client.get(str(link.attributes["href"])).status_code == 200
    return found


def test_an_empty_installation_leads_its_administrator_to_the_first_steps(keeper: Staff) -> None:
    client = browser(keeper)
    assert client.get("/work/start/")["Location"] == "/work/"
    told = _steps(keeper)
    assert list(told)[:4] == ["开设下级机关", "设置科室", "开设人员账号并任命", "确认审查流程"]
    assert "经办人、科室负责人、保密审查员、分管领导、公开工作机构、审计员" in told["开设人员账号并任命"]


def test_a_step_taken_is_told_as_done(keeper: Staff) -> None:
    organ = keeper.organ
    assert organ is not None
    unit = actions.add_unit(by=keeper, organ=organ, name="办公室")
    assert "政府信息公开工作机构" in _steps(keeper)["设置科室"]
    actions.name_disclosure_office(by=keeper, unit=unit)
    assert "已完成" in _steps(keeper)["设置科室"]
    made = staff("jingban", "虚构经办", organ)
    appoint(made, Role.CLERK, organ)
    assert "经办人" not in _steps(keeper)["开设人员账号并任命"].replace("由经办人", "")


def test_an_organ_that_is_ready_says_nothing(town: House) -> None:
    by = town[Role.ADMINISTRATOR]
    assert first_steps(by) is not None
    steps = [{"step": "unit_head", "days": 2}, {"step": "secrecy_officer", "days": 3}]
    published(town, kind="guide")
    set_review_plan(by=by, organ=town.organ, steps=steps, publish_on_passing=False)
    facts = {"address": "虚构路 1 号", "telephone": "010-00000000", "office_hours": "工作日"}
    actions.change_organ(by=by, organ=town.organ, **facts)
    office = town[Role.DISCLOSURE_OFFICE]
    add_item(by=office, organ=town.organ, facts={"source": "目录", "level1": "事项"})
    fresh = Staff.objects.get(pk=by.pk)
    assert first_steps(fresh) is None
    assert "开始使用" not in words(browser(fresh).get("/work/"))
    assert browser(fresh).get("/work/start/")["Location"] == "/work/settings/people/"


def test_nobody_but_the_administrator_is_told_of_them(town: House) -> None:
    for role in Role:
        told = words(browser(town[role]).get("/work/"))
        assert ("开始使用" in told) == (role == Role.ADMINISTRATOR), role


def test_the_organ_above_is_chosen_already_where_one_is_opened_from_its_page(keeper: Staff) -> None:
    organ = keeper.organ
    assert organ is not None
    below = actions.open_organ(
        by=keeper, parent=organ, code="jiedao", name="虚构街道办事处", kind="dispatched-office",
        level="township", credit_code=credit_code(901),
    )  # fmt: skip
    client = browser(keeper)
    link = page(client.get(f"/work/settings/below/{below.code}/")).css_first("a[href*='parent=jiedao']")
    assert link is not None
    form = page(client.get(str(link.attributes["href"])))
    assert form.css_first("select[name=parent] option[selected]").attributes["value"] == "jiedao"
