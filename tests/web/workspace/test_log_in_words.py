"""The log in words people read, with what it is about a press away; words destroyed; the view from above."""

from __future__ import annotations

import re

import pytest
from tests.web.conftest import page, words
from tests.web.platform import District, House, appoint, draft, open_review, published, staff, submitted
from tests.web.working import browser

from gongkai.web.audit.models import Entry
from gongkai.web.audit.verifying import verify
from gongkai.web.disclosure.actions.checklist import add_item
from gongkai.web.disclosure.actions.ending import withdraw
from gongkai.web.disclosure.actions.figures import import_figures
from gongkai.web.disclosure.actions.fulfilling import join_record
from gongkai.web.disclosure.actions.reviewing import return_step, set_review_plan
from gongkai.web.disclosure.actions.withholding import withhold
from gongkai.web.organs import actions
from gongkai.web.organs.models import Role, Staff

pytestmark = pytest.mark.django_db

# Letters that are a name, a number or an abbreviation of the law, not a code of the program.
_ALLOWED = re.compile(
    r"[0-9a-f]{16,64}|beishan[\w.-]*|xugou|minzheng|table\.csv|https?\S*|[A-Z]+\.\d+[\w.]*|xinren|\{[\w:]+\}"
)


def _table(response: object) -> dict[str, list[str]]:
    found = {}
    for row in page(response).css(".field-changes tbody tr"):  # type: ignore[arg-type]
        found[row.css_first("th").text().strip()] = [cell.text().strip() for cell in row.css("td")]
    return found


def _busy(town: House) -> None:
    """Entries of most kinds."""
    by, office = town[Role.ADMINISTRATOR], town[Role.DISCLOSURE_OFFICE]
    out = published(town)
    withdraw(by=office, record=out, reason="内容有误")
    record = submitted(town, title="退回的文件")
    review = open_review(record)
    return_step(by=town[Role(review.step)], review=review, reason="请写明期限")
    withhold(by=office, organ=town.organ, title="某事项", basis="REG.16.1", reason="内部管理")
    steps = [{"step": "unit_head", "days": 2}, {"step": "secrecy_officer", "days": 3}]
    set_review_plan(by=by, organ=town.organ, steps=steps, publish_on_passing=False)
    person, _ = actions.open_account(
        by=by, organ=town.organ, username="xinren", name="虚构新人", unit=town.affairs
    )
    held = actions.appoint(by=by, staff=person, role=Role.CLERK, organ=town.organ, unit=town.affairs)
    actions.end_appointment(by=by, appointment=held)
    actions.reset_password(by=by, staff=person)
    actions.close_account(by=by, staff=person, why="调离")
    actions.change_organ(by=by, organ=town.organ, telephone="010-00000000")


def test_no_field_and_no_code_of_an_entry_is_shown_as_the_program_calls_it(town: House) -> None:
    _busy(town)
    auditor = browser(town[Role.AUDITOR])
    for entry in Entry.objects.filter(organ_id=town.organ.pk):
        for label, cells in _table(auditor.get(f"/work/log/{entry.number}/")).items():
            assert re.search(r"[一-鿿]", label), (entry.action, label)
            for cell in cells:
                assert not re.search(r"[a-z_]{3,}", _ALLOWED.sub("", cell)), (entry.action, label, cell)


def test_a_review_is_told_with_its_step_and_result(town: House) -> None:
    _busy(town)
    entry = Entry.objects.get(action="disclosure.return")
    told = _table(browser(town[Role.AUDITOR]).get(f"/work/log/{entry.number}/"))
    assert told["环节"][1] == "科室负责人审核"
    assert told["结果"][1] == "退回"
    plan = Entry.objects.get(action="disclosure.set_plan")
    told = _table(browser(town[Role.AUDITOR]).get(f"/work/log/{plan.number}/"))
    assert told["审查环节"][1] == "科室负责人审核（2 个工作日）；保密审查（3 个工作日）"
    appointed = Entry.objects.get(action="organs.appointed", subject_type="organs.appointment")
    told = _table(browser(town[Role.AUDITOR]).get(f"/work/log/{appointed.number}/"))
    assert (told["人员"][1], told["角色"][1], told["科室"][1]) == ("虚构新人", "经办人", "社会事务办公室")


def test_what_an_entry_is_about_is_a_press_away_for_who_may_open_it(town: House) -> None:
    _busy(town)
    for role, begins in ((Role.AUDITOR, "/work/records/"), (Role.ADMINISTRATOR, "/work/settings/")):
        client = browser(town[role])
        cells = page(client.get("/work/log/")).css("tbody td a")
        addresses = {str(one.attributes["href"]) for one in cells}
        assert any(one.startswith(begins) for one in addresses), role
        for address in addresses:
            assert client.get(address).status_code == 200, (role, address)


def test_the_words_of_an_entry_are_destroyed_in_two_presses_and_a_reason(town: House) -> None:
    _busy(town)
    entry = Entry.objects.get(action="disclosure.return")
    client = browser(town[Role.AUDITOR])
    address = f"/work/log/{entry.number}/"
    assert "请写明期限" in words(client.get(address))
    link = page(client.get(address)).css_first(f"a[href='{address}shred/']")
    assert link is not None
    assert "不能恢复" in words(client.get(f"{address}shred/"))
    assert client.post(f"{address}shred/", {"why": ""}).status_code == 200
    assert Entry.objects.get(pk=entry.pk).why == "请写明期限"
    assert client.post(f"{address}shred/", {"why": "含有个人信息"})["Location"] == address
    shown = client.get(address)
    assert "请写明期限" not in words(shown)
    assert "文字已销毁" in words(shown)
    assert page(shown).css_first(f"a[href='{address}shred/']") is None
    assert "含有个人信息" in words(client.get("/work/log/?action=audit."))
    assert verify().faults == []


def test_an_administrator_is_not_offered_to_destroy_what_tells_of_himself(town: House) -> None:
    _busy(town)
    entry = Entry.objects.get(action="organs.account_closed")
    client = browser(town[Role.ADMINISTRATOR])
    assert page(client.get(f"/work/log/{entry.number}/")).css_first("a[href$='shred/']") is None
    assert client.get(f"/work/log/{entry.number}/shred/").status_code == 403
    assert client.post(f"/work/log/{entry.number}/shred/", {"why": "不要了"}).status_code == 403
    assert Entry.objects.get(pk=entry.pk).why == "调离"
    assert browser(town[Role.CLERK]).get(f"/work/log/{entry.number}/shred/").status_code == 403


def test_who_supervises_sees_whom_an_organ_below_has_made_its_reviewers(district: District) -> None:
    town = district.town
    for number, role in enumerate((Role.SECRECY_OFFICER, Role.LEADER, Role.CLERK)):
        person = staff(f"new{number}", f"虚构新任{number}", town.organ)
        actions.appoint(by=town[Role.ADMINISTRATOR], staff=person, role=role, organ=town.organ)
    client = browser(district.government[Role.SUPERVISING_AUTHORITY])
    assert client.get("/work/log/")["Location"] == "/work/log/appointments/"
    response = client.get("/work/log/appointments/")
    told = words(response)
    assert "虚构新任0" in told
    assert "虚构新任1" in told
    assert "虚构新任2" not in told
    assert "虚构区北山镇人民政府" in told
    assert "保密审查员" in told
    elsewhere = browser(district.bureau[Role.SUPERVISING_AUTHORITY]).get("/work/log/appointments/")
    assert "虚构新任" not in words(elsewhere)
    assert browser(town[Role.AUDITOR]).get("/work/log/appointments/").status_code == 403


def test_an_auditor_who_also_supervises_finds_both(district: District) -> None:
    person = district.government[Role.AUDITOR]
    appoint(person, Role.SUPERVISING_AUTHORITY, district.government.organ)
    draft(district.government)
    response = browser(Staff.objects.get(pk=person.pk)).get("/work/log/")
    assert response.status_code == 200
    assert page(response).css_first("a[href='/work/log/appointments/']") is not None


def test_an_import_and_the_item_of_a_record_are_told_in_words(town: House) -> None:
    office = town[Role.DISCLOSURE_OFFICE]
    head = "年度,月份,科室,项目,数值,来源,说明"
    content = f"{head}\n2025,,社会事务办公室,行政处罚,9,执法台账,\n".encode()
    import_figures(by=office, organ=town.organ, content=content, name="虚构数据.csv")
    item = add_item(by=office, organ=town.organ, facts={"level1": "防汛抗旱"}, unit=town.affairs)
    join_record(by=office, item=item, record=published(town))
    client = browser(town[Role.AUDITOR])
    imported = client.get(f"/work/log/{Entry.objects.get(action='disclosure.import').number}/")
    assert _table(imported)["导入的内容"][-1] == "统计数据"
    assert _table(imported)["新建的条数"][-1] == "1"
    joined = client.get(f"/work/log/{Entry.objects.get(action='disclosure.join_item').number}/")
    assert _table(joined)["公开事项"][-1] == "防汛抗旱"
    for response in (imported, joined):
        assert "disclosure." not in words(response)
