"""What a public document repeals or amends stands until a review or the office says otherwise."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone
from tests.web.conftest import page, words
from tests.web.platform import House, draft, open_review, pass_once, published, submitted
from tests.web.working import browser, fill, now

from gongkai.web.disclosure.actions.aftermath import Decision
from gongkai.web.disclosure.actions.drafting import start_version
from gongkai.web.disclosure.actions.ending import repeal, undo_repeal, withdraw
from gongkai.web.disclosure.actions.linking import link, unlink
from gongkai.web.disclosure.actions.reviewing import submit_for_review
from gongkai.web.disclosure.answers import Unanswered
from gongkai.web.disclosure.models import Link, LinkKind, Record
from gongkai.web.disclosure.models.versions import ChangeKind
from gongkai.web.organs.errors import Invalid, WorkError
from gongkai.web.organs.models import Role

pytestmark = pytest.mark.django_db
ACTING = pytest.mark.parametrize("kind", [LinkKind.REPEALS, LinkKind.AMENDS])


def staff_page(house: House, record: Record, role: Role = Role.CLERK) -> str:
    return words(browser(house[role]).get(f"/work/records/{record.pk}/"))


def acting(house: House, kind: LinkKind = LinkKind.REPEALS, **facts: Any) -> tuple[Record, Record, Link]:
    """A public document that repeals or amends another; that one; and the link."""
    old = published(house, title="旧办法")
    new = draft(house, title="新办法", **facts)
    made = link(by=house[Role.CLERK], record=new, target=old, kind=kind)
    submit_for_review(by=house[Role.CLERK], record=now(new))
    for _ in range(3):
        pass_once(house, now(new))
    return now(new), now(old), made


@ACTING
def test_a_clerk_cannot_take_off_what_is_public(town: House, kind: LinkKind) -> None:
    new, _old, made = acting(town, kind)
    client = browser(town[Role.CLERK])
    address = f"/work/records/{new.pk}/links/{made.pk}/undo/"
    assert page(client.get(f"/work/records/{new.pk}/")).css_first(f"a[href='{address}']") is None
    assert client.get(address).status_code == 302
    client.post(address, {"reason": "想取消", "seen": str(new.revision)})
    with pytest.raises(WorkError) as refused:
        unlink(by=town[Role.CLERK], link=made, reason="想取消")
    assert "另起新版本" in refused.value.zh
    assert "标注废止" in refused.value.zh
    assert Link.objects.filter(pk=made.pk).exists()
    with pytest.raises(WorkError):
        link(by=town[Role.CLERK], record=new, target=published(town, title="另一份"), kind=kind)


@ACTING
def test_nor_in_a_further_versions_draft_as_long_as_it_has_effect(town: House, kind: LinkKind) -> None:
    new, _old, made = acting(town, kind)
    start_version(by=town[Role.CLERK], record=new, change=ChangeKind.CORRECTION, note="更正")
    with pytest.raises(WorkError) as refused:
        unlink(by=town[Role.CLERK], link=made, reason="想取消")
    assert refused.value.code == "link_has_effect"


def test_after_the_office_has_taken_the_mark_back_a_draft_can_drop_the_link(town: House) -> None:
    new, old, made = acting(town)
    undo_repeal(by=town[Role.UNIT_HEAD], record=old, reason="标错了")
    start_version(by=town[Role.CLERK], record=new, change=ChangeKind.CORRECTION, note="更正")
    assert unlink(by=town[Role.CLERK], link=made, reason="标错了").pk == new.pk


def test_a_further_version_can_repeal_and_nobody_sees_it_before_its_review(town: House) -> None:
    old, new = published(town, title="漏写的旧办法"), published(town, title="新办法")
    start_version(by=town[Role.CLERK], record=new, change=ChangeKind.AMENDMENT, note="补充废止")
    link(by=town[Role.CLERK], record=now(new), target=old, kind=LinkKind.REPEALS)
    reader = browser(town[Role.CLERK])
    assert "漏写的旧办法" not in words(reader.get(f"/o/beishan/records/{new.pk}/"))
    submit_for_review(by=town[Role.CLERK], record=now(new))
    review = browser(town[Role.UNIT_HEAD]).get(f"/work/reviews/{open_review(now(new)).pk}/")
    assert "漏写的旧办法" in words(review)
    assert now(old).repealed_on is None
    for _ in range(3):
        pass_once(town, now(new))
    assert now(old).repealed_by_id == new.pk
    assert "漏写的旧办法" in words(reader.get(f"/o/beishan/records/{new.pk}/"))


def test_a_related_one_is_taken_off_after_a_question_with_a_reason(town: House) -> None:
    one, other = published(town, title="甲"), published(town, title="乙")
    made = link(by=town[Role.CLERK], record=one, target=other, kind=LinkKind.RELATED)
    client = browser(town[Role.CLERK])
    address = f"/work/records/{one.pk}/links/{made.pk}/undo/"
    assert page(client.get(f"/work/records/{one.pk}/")).css_first(f"a[href='{address}']") is not None
    assert fill(client, address).status_code == 200
    assert Link.objects.filter(pk=made.pk).exists(), "not without a reason"
    assert fill(client, address, reason="关联错了").status_code == 302
    assert not Link.objects.filter(pk=made.pk).exists()
    assert "关联错了" in staff_page(town, one)


def test_what_a_withdrawn_document_repealed_is_asked_about_one_by_one(town: House) -> None:
    new, old, _made = acting(town)
    office = browser(town[Role.DISCLOSURE_OFFICE])
    address = f"/work/records/{new.pk}/withdraw/"
    assert "旧办法" in words(office.get(address))
    assert fill(office, address, reason="发错了").status_code == 200
    assert now(new).state == "published", "nothing is chosen by itself"
    after = f"after_{old.pk}"
    assert fill(office, address, reason="发错了", **{after: "keep"}).status_code == 200
    assert fill(office, address, reason="发错了", **{after: "restore"}).status_code == 302
    assert now(new).state == "withdrawn"
    assert (now(old).repealed_on, now(old).validity) == (None, "in_force")
    assert "更正废止标注" in staff_page(town, old)


def test_a_repeal_may_be_kept_on_another_ground(town: House) -> None:
    new, old, _made = acting(town)
    with pytest.raises(Invalid):
        withdraw(by=town[Role.LEADER], record=new, reason="发错了")
    decisions = {old.pk: Decision("keep", "区政府清理决定")}
    withdraw(by=town[Role.LEADER], record=now(new), reason="发错了", decisions=decisions)
    old = now(old)
    assert old.repealed_on is not None
    assert (old.repealed_by_id, old.repeal_basis, old.validity) == (None, "区政府清理决定", "repealed")


def test_a_repeal_to_come_and_an_amendment_are_undone_alike(town: House) -> None:
    later = timezone.localdate() + dt.timedelta(days=30)
    new, old, _made = acting(town, effective_on=later)
    assert now(old).repealed_on == later
    withdraw(by=town[Role.LEADER], record=new, reason="发错了", decisions={old.pk: Decision("restore")})
    assert now(old).repealed_on is None
    new, old, _made = acting(town, LinkKind.AMENDS)
    assert now(old).validity == "amended"
    withdraw(by=town[Role.LEADER], record=new, reason="发错了", decisions={old.pk: Decision("restore")})
    assert (now(old).amended_on, now(old).validity) == (None, "in_force")


def test_a_repeal_to_come_is_told_as_one(town: House) -> None:
    record = published(town)
    on = timezone.localdate() + dt.timedelta(days=30)
    repeal(by=town[Role.UNIT_HEAD], record=record, on=on, basis="清理决定")
    told = staff_page(town, record, Role.UNIT_HEAD)
    assert f"将于 {on} 废止" in told
    assert f"已于 {on} 废止" not in told


def test_one_number_on_two_documents_must_be_explained(town: House) -> None:
    first = published(town, title="第一份", document_number="北政发〔2026〕9号")
    second = draft(town, title="第二份", document_number="北政发〔2026〕9号")
    assert first.index_number in staff_page(town, second)
    with pytest.raises(Unanswered):
        submit_for_review(by=town[Role.CLERK], record=second)
    submitted(town, title="第三份", document_number="北政发〔2026〕10号")


def test_several_of_one_number_are_named_with_what_tells_them_apart(town: House) -> None:
    old = published(town, title="旧办法")
    facts = {"document_number": "北政发〔2026〕9号"}
    both = [draft(town, title=f"决定{n}", made_on=dt.date(2026, 3, n), **facts) for n in (3, 4)]
    client = browser(town[Role.UNIT_HEAD])
    address = f"/work/records/{old.pk}/repeal/"
    sent = fill(client, address, basis="决定", source="北政发〔2026〕9号")
    assert sent.status_code == 200
    for number, one in zip((3, 4), both, strict=True):
        assert f"{one.index_number}（决定{number}，成文日期 2026-03-0{number}" in words(sent)
    assert fill(client, address, basis="决定", source=old.index_number).status_code == 200
    assert now(old).repealed_on is None, "nothing repeals itself"


def test_both_pages_of_a_marked_repeal_name_the_other(town: House) -> None:
    old, new = published(town, title="旧办法"), published(town, title="清理决定")
    repeal(by=town[Role.UNIT_HEAD], record=old, on=dt.date(2026, 4, 1), basis="清理决定", source=new)
    client = browser(town[Role.CLERK])
    for at in ("/work/records/", "/o/beishan/records/"):
        for one, other in ((old, new), (new, old)):
            assert page(client.get(f"{at}{one.pk}/")).css_first(f"main a[href='{at}{other.pk}/']") is not None


def test_what_would_be_refused_is_not_offered(town: House) -> None:
    client = browser(town[Role.CLERK])

    def kinds(record: Record) -> set[Any]:
        options = page(client.get(f"/work/records/{record.pk}/link/")).css("#id_kind option")
        return {one.attributes["value"] for one in options}

    assert {"repeals", "amends"} <= kinds(draft(town))
    out = published(town, title="已公开")
    assert kinds(out) == {"interprets", "related"}
    start_version(by=town[Role.CLERK], record=out, change=ChangeKind.AMENDMENT, note="补充")
    assert {"repeals", "amends"} <= kinds(out)
