"""What is public already is joined to an item of the checklist, and taken off again; the counts follow."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone
from tests.web.platform import District, House, draft, pass_once, published

from gongkai.web.audit.models import Entry
from gongkai.web.audit.verifying import verify
from gongkai.web.config import clock
from gongkai.web.disclosure.actions.checklist import add_item, change_item, close_item
from gongkai.web.disclosure.actions.drafting import revise_draft, start_version
from gongkai.web.disclosure.actions.ending import repeal, withdraw
from gongkai.web.disclosure.actions.fulfilling import join_record, leave_item
from gongkai.web.disclosure.actions.reviewing import submit_for_review
from gongkai.web.disclosure.models import ChecklistItem, Record
from gongkai.web.disclosure.models.versions import ChangeKind
from gongkai.web.disclosure.queries.checklist import Standing, items, of_organ
from gongkai.web.disclosure.queries.fulfilling import items_for, proposals
from gongkai.web.organs.errors import NotAllowed, Stale, WorkError
from gongkai.web.organs.models import Role

pytestmark = pytest.mark.django_db


def at(year: int, month: int, day: int) -> Any:
    return clock.set_to(dt.datetime(year, month, day, 9, tzinfo=timezone.get_default_timezone()))


def item(house: House, limit: str = "每季度", **facts: Any) -> ChecklistItem:
    by = house[Role.DISCLOSURE_OFFICE]
    given = {"level1": "防汛抗旱", "time_limit": limit, **facts}
    return add_item(by=by, organ=house.organ, facts=given, unit=house.affairs)


def join(house: House, one: ChecklistItem, record: Record, **how: Any) -> Record:
    return join_record(by=house[Role.DISCLOSURE_OFFICE], item=one, record=record, **how)


def leave(house: House, one: ChecklistItem, record: Record) -> Record:
    return leave_item(by=house[Role.DISCLOSURE_OFFICE], item=one, record=record)


def standing(one: ChecklistItem, today: dt.date | None = None) -> tuple[str, dt.date | None]:
    found = items(one.organ, today).get(pk=one.pk)
    return found.standing, found.next_due_on


def test_a_missing_item_is_done_once_what_is_public_is_joined_and_missing_again_without_it(
    town: House,
) -> None:
    made, record = item(town, "长期公开"), published(town)
    assert of_organ(town.organ) == Standing(missing=1, total=1)
    join(town, made, record)
    assert of_organ(town.organ) == Standing(total=1)
    assert standing(made) == ("done", None)
    leave(town, made, record)
    assert of_organ(town.organ) == Standing(missing=1, total=1)
    actions = [one.action for one in Entry.objects.filter(subject_id=record.pk).order_by("-number")[:2]]
    assert actions == ["disclosure.leave_item", "disclosure.join_item"]
    assert verify().faults == []


def test_a_publication_counts_from_its_own_day_not_from_the_day_it_was_joined(town: House) -> None:
    with at(2026, 1, 5):
        made = item(town)
    with at(2026, 3, 10):
        record = published(town)
    assert standing(made, dt.date(2026, 5, 4)) == ("late", dt.date(2026, 3, 31))
    with at(2026, 5, 4):
        join(town, made, record)
    made.refresh_from_db()
    assert made.last_published_on == dt.date(2026, 3, 10)
    assert standing(made, dt.date(2026, 5, 4)) == ("not_due", dt.date(2026, 6, 30))


def test_an_old_publication_makes_no_item_late_that_was_put_on_the_list_later(town: House) -> None:
    with at(2026, 3, 10):
        record = published(town)
    with at(2026, 11, 2):
        made = item(town)
        assert made.next_due_on == dt.date(2026, 12, 31)
        join(town, made, record)
    assert standing(made, dt.date(2026, 11, 3)) == ("not_due", dt.date(2026, 12, 31))


def test_joining_and_taking_off_again_leaves_the_item_as_late_as_it_was(town: House) -> None:
    with at(2026, 1, 5):
        made = item(town)
    with at(2026, 5, 4):
        records = [published(town) for _ in range(2)]
        change_item(by=town[Role.DISCLOSURE_OFFICE], item=made, facts={"content": "方案"})
        join(town, made, records[0])
        change_item(by=town[Role.DISCLOSURE_OFFICE], item=made, facts={"content": "方案、预案"})
        join(town, made, records[1])
        assert standing(made, dt.date(2026, 5, 4)) == ("not_due", dt.date(2026, 9, 30))
        leave(town, made, records[1])
        assert standing(made, dt.date(2026, 5, 4)) == ("not_due", dt.date(2026, 9, 30))
        leave(town, made, records[0])
    made.refresh_from_db()
    assert made.last_published_on is None
    assert standing(made, dt.date(2026, 5, 4)) == ("late", dt.date(2026, 3, 31))
    assert verify().faults == []


def test_a_record_withdrawn_counts_no_longer_and_again_once_it_is_back(town: House) -> None:
    with at(2026, 1, 5):
        made = item(town)
    with at(2026, 3, 10):
        record = join(town, made, published(town))
        assert standing(made, dt.date(2026, 5, 4)) == ("not_due", dt.date(2026, 6, 30))
        withdraw(by=town[Role.DISCLOSURE_OFFICE], record=record, reason="附件有误")
    assert standing(made, dt.date(2026, 5, 4)) == ("late", dt.date(2026, 3, 31))
    with at(2026, 4, 20):
        record = Record.objects.get(pk=record.pk)
        start_version(by=town[Role.CLERK], record=record, change=ChangeKind.CORRECTION, note="更换附件")
        submit_for_review(by=town[Role.CLERK], record=record)
        for _ in range(3):
            pass_once(town, record)
    assert standing(made, dt.date(2026, 5, 4)) == ("not_due", dt.date(2026, 6, 30))
    assert verify().faults == []


def refused(house: House, one: ChecklistItem, record: Record) -> str:
    before = Entry.objects.count()
    with pytest.raises(WorkError) as error:
        join(house, one, record)
    assert Entry.objects.count() == before
    return error.value.code


def test_what_is_not_public_or_not_in_force_or_not_ours_is_refused_with_the_reason(
    district: District,
) -> None:
    town = district.town
    made = item(town)
    assert refused(town, made, draft(town)) == "not_published"
    gone = published(town)
    withdraw(by=town[Role.DISCLOSURE_OFFICE], record=gone, reason="附件有误")
    assert refused(town, made, gone) == "not_published"
    ended = published(town)
    repeal(by=town[Role.UNIT_HEAD], record=ended, on=timezone.localdate(), basis="虚政发〔2026〕9号")
    assert refused(town, made, ended) == "repealed"
    assert refused(town, made, published(district.bureau)) == "record_of_another_organ"
    close_item(by=town[Role.DISCLOSURE_OFFICE], item=made, reason="机构调整")
    assert refused(town, made, published(town)) == "item_closed"


def test_a_record_is_joined_once_and_to_one_item_alone(town: House) -> None:
    made, other, record = item(town), item(town, level1="应急管理"), published(town)
    join(town, made, record)
    assert refused(town, made, record) == "joined_already"
    assert refused(town, other, record) == "joined_elsewhere"
    leave(town, made, record)
    with pytest.raises(WorkError, match="已经移出"):
        leave(town, made, record)
    join(town, other, record)
    with pytest.raises(Stale):
        leave_item(by=town[Role.DISCLOSURE_OFFICE], item=other, record=record, seen=record.revision)


def test_the_office_and_the_responsible_unit_join_and_nobody_else(district: District) -> None:
    town, bureau = district.town, district.bureau
    record = published(town)
    of_unit, of_office = item(town), item(town, level1="应急管理")
    change_item(by=town[Role.DISCLOSURE_OFFICE], item=of_office, facts={}, unit=town.office)
    may_not = [
        *(town[role] for role in Role if role not in (Role.DISCLOSURE_OFFICE, Role.CLERK, Role.UNIT_HEAD)),
        bureau[Role.DISCLOSURE_OFFICE],
        bureau[Role.CLERK],
        district.government[Role.SUPERVISING_AUTHORITY],
    ]
    for one, people in [(of_unit, may_not), (of_office, [*may_not, town[Role.CLERK], town[Role.UNIT_HEAD]])]:
        for person in people:
            with pytest.raises(NotAllowed):
                join_record(by=person, item=one, record=record)
    for role in (Role.CLERK, Role.UNIT_HEAD, Role.DISCLOSURE_OFFICE):
        join_record(by=town[role], item=of_unit, record=record)
        for person in may_not:
            with pytest.raises(NotAllowed):
                leave_item(by=person, item=of_unit, record=record)
        leave_item(by=town[role], item=of_unit, record=record)


def test_what_fits_best_is_proposed_first_and_what_cannot_be_joined_not_at_all(
    district: District, django_assert_max_num_queries: Any
) -> None:
    town = district.town
    made = item(town, category="20.12", kind="document", level1="防汛抗旱", content="防汛抗旱方案、预案")
    best = published(town)
    published(town, title="关于开展消防宣传的通知")
    for title in ("招聘启事", "会议消息"):
        published(town, title=title, category="20.15", kind="notice")
    published(district.bureau)
    gone, taken, ended = (published(town) for _ in range(3))
    withdraw(by=town[Role.DISCLOSURE_OFFICE], record=gone, reason="附件有误")
    join(town, item(town, level1="应急管理"), taken)
    repeal(by=town[Role.UNIT_HEAD], record=ended, on=timezone.localdate(), basis="虚政发〔2026〕9号")
    draft(town)
    with django_assert_max_num_queries(3):
        assert proposals(made) == [best]  # the other one shares its category, and no word of its title
    words_alone = item(town, level1="抗旱工作方案", category="", kind="")
    assert proposals(words_alone)[0] == best


def test_appointments_are_not_proposed_for_what_an_organ_does(town: House) -> None:
    made = item(
        town,
        category="20.02",
        kind="document",
        level1="机构职能",
        level2="机构设置",
        content="机关职能、机构设置、办公地址、负责人姓名",
    )
    for name in ("张某某", "李某某"):
        published(town, title=f"关于{name}等同志任免职的通知", category="20.02")
    functions = published(town, title="虚构区北山镇人民政府机构职能", category="20.02")
    assert proposals(made) == [functions]


def test_the_items_that_fit_a_record_best_stand_first(town: House) -> None:
    other = item(town, level1="人事任免", category="20.15", kind="notice")
    fits = item(town, category="20.12", kind="document")
    item(town, level1="依申请", mode="on_request")
    closed = item(town, level1="停用")
    close_item(by=town[Role.DISCLOSURE_OFFICE], item=closed, reason="机构调整")
    assert items_for(published(town)) == [fits, other]


def test_the_draft_of_a_further_version_does_not_move_what_is_public_to_another_item(town: House) -> None:
    first, record = item(town), published(town)
    second = item(town, "长期公开", level1="森林防火")
    join(town, first, record)
    clerk = town[Role.CLERK]
    start_version(by=clerk, record=record, change=ChangeKind.AMENDMENT, note="更换联系电话。")
    with pytest.raises(WorkError) as refused:
        revise_draft(by=clerk, record=record, facts={}, checklist_item=second)
    assert (refused.value.code, refused.value.field) == ("item_of_what_is_public", "checklist_item")
    record.refresh_from_db()
    assert record.checklist_item_id == first.pk
