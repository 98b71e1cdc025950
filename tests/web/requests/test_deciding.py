"""A decision: held against the law, approved by others, made once; table 3 is counted from it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from tests.web.platform import House
from tests.web.requests.asking import NAME, PHONE, asked, at, received

from gongkai.web.audit.models import PersonalDatum
from gongkai.web.audit.verifying import verify
from gongkai.web.organs.errors import Invalid, NotAllowed, WorkError
from gongkai.web.organs.models import Role
from gongkai.web.requests.actions.consulting import add_party, ask_party, party_reached, take_opinion
from gongkai.web.requests.actions.deciding import decide_step, draft_decision, plan_approval, submit_decision
from gongkai.web.requests.actions.dividing import merge, split
from gongkai.web.requests.actions.receiving import register
from gongkai.web.requests.actions.stepping import NotLawful, step, void
from gongkai.web.requests.models import Case, Decision, DecisionStage, Stands
from gongkai.web.requests.queries.alike import month_of
from gongkai.web.requests.queries.case_page import alike_and_divided, same_requester
from gongkai.web.requests.queries.figures import table3

pytestmark = pytest.mark.django_db
DAY = dt.date(2025, 9, 26)
LATER = dt.date(2025, 10, 14)
APPROVERS = (Role.UNIT_HEAD, Role.SECRECY_OFFICER, Role.LEADER)


def decided(house: House, case: Case, code: str = "OPEN-2", on: dt.date = LATER, **more: Any) -> Decision:
    """The case decided on a day, through all its steps."""
    facts = {"basis": "given", **more} if code == "OPEN-2" else more
    with at(on):
        decision = draft_decision(by=house[Role.CLERK], case=case, outcome_code=code, **facts)
        approval = submit_decision(by=house[Role.CLERK], decision=decision)
        for role in APPROVERS:
            decide_step(by=house[role], approval=approval, passes=True)
            approval = decision.approvals.filter(result="").first()
    decision.refresh_from_db()
    return decision


def test_it_is_made_when_the_last_has_passed_it(town: House) -> None:
    case = received(town, DAY)
    assert decided(town, case).stage == DecisionStage.MADE
    case.refresh_from_db()
    assert (case.stands, case.outcome, case.decided_on) == (Stands.DECIDED, "OPEN-2", LATER)
    assert verify().faults == []


def test_nobody_approves_his_own_draft_nor_without_the_role(town: House) -> None:
    case = received(town, DAY)
    with at(LATER):
        decision = draft_decision(by=town[Role.CLERK], case=case, outcome_code="OPEN-2", basis="given")
        approval = submit_decision(by=town[Role.CLERK], decision=decision)
        for role in (Role.CLERK, Role.LEADER, Role.AUDITOR, Role.ADMINISTRATOR):
            with pytest.raises(NotAllowed):
                decide_step(by=town[role], approval=approval, passes=True)


@pytest.mark.parametrize(
    "plan", [["secrecy_officer"], ["leader", "secrecy_officer"], ["secrecy_officer", "unit_head"]]
)
def test_a_plan_changed_on_the_way_leaves_out_no_step_of_it(town: House, plan: list[str]) -> None:
    """Least of all the secrecy review: it stands in every plan (REG.17)."""
    with at(LATER):
        made = draft_decision(
            by=town[Role.CLERK], case=received(town, DAY), outcome_code="OPEN-2", basis="given"
        )
        approval = submit_decision(by=town[Role.CLERK], decision=made)
        plan_approval(
            by=town[Role.ADMINISTRATOR],
            organ=town.organ,
            steps=[{"step": one, "days": 2} for one in plan],
        )
        asked_of = []
        while approval is not None:
            asked_of.append(approval.step)
            decide_step(by=town[Role(approval.step)], approval=approval, passes=True)
            approval = made.approvals.filter(result="").first()
    made.refresh_from_db()
    assert made.stage == DecisionStage.MADE
    assert set(asked_of) == {"unit_head", *plan}
    assert len(asked_of) == len(set(asked_of))
    assert verify().faults == []


def test_what_is_returned_gives_a_reason_and_is_drafted_anew(town: House) -> None:
    case = received(town, DAY)
    with at(LATER):
        decision = draft_decision(by=town[Role.CLERK], case=case, outcome_code="OPEN-2", basis="given")
        approval = submit_decision(by=town[Role.CLERK], decision=decision)
        with pytest.raises(WorkError):
            decide_step(by=town[Role.UNIT_HEAD], approval=approval, passes=False)
        decide_step(by=town[Role.UNIT_HEAD], approval=approval, passes=False, reason="请写明获取方式")
        again = draft_decision(
            by=town[Role.CLERK],
            case=case,
            outcome_code="OPEN-2",
            basis="given",
            words={"obtained": "现场领取"},
        )
        assert again.pk == decision.pk
        assert submit_decision(by=town[Role.CLERK], decision=again).round == 2


def test_a_refusal_without_its_exemption_and_reasons_is_held_back(town: House) -> None:
    case = received(town, DAY)
    with at(LATER):
        decision = draft_decision(by=town[Role.CLERK], case=case, outcome_code="REF-4")
        with pytest.raises(Invalid) as refused:
            submit_decision(by=town[Role.CLERK], decision=decision)
    assert {"exemption_missing", "reasons_missing"} <= {one.code for one in refused.value.faults}


def test_not_held_needs_the_record_of_a_search(town: House) -> None:
    case = received(town, DAY)
    facts = {"search": ["where", "keywords", "who", "when"]}
    words = {"reasons": "经检索未找到", "finding": "本机关未制作、未获取"}
    with at(LATER):
        decision = draft_decision(
            by=town[Role.CLERK], case=case, outcome_code="NONE-1", basis="absent", facts=facts, words=words
        )
        with pytest.raises(Invalid) as refused:
            submit_decision(by=town[Role.CLERK], decision=decision)
        assert "search_missing" in {one.code for one in refused.value.faults}
    words["search_record"] = "档案系统，关键词养护资金，虚构经办，2025-10-13"
    assert decided(town, case, "NONE-1", basis="absent", facts=facts, words=words).stage == "made"


def test_a_third_party_s_objection_is_in_the_judgment(town: House) -> None:
    case = received(town, DAY)
    office = town[Role.DISCLOSURE_OFFICE]
    with at(dt.date(2025, 9, 29)):
        party = add_party(by=office, case=case, kind="third-party", name="虚构养护公司")
        ask_party(by=office, party=party, on=dt.date(2025, 9, 29))
    with at(dt.date(2025, 9, 30)):
        party_reached(by=office, party=party, on=dt.date(2025, 9, 30))
        case.refresh_from_db()
        assert case.stands == Stands.CONSULTING
    with at(LATER):
        take_opinion(by=office, party=party, on=LATER, opinion="objected", words="涉及报价")
        decision = draft_decision(by=town[Role.CLERK], case=case, outcome_code="OPEN-2", basis="given")
        with pytest.raises(Invalid) as refused:
            submit_decision(by=town[Role.CLERK], decision=decision)
        assert "third_party_overruled" in {one.code for one in refused.value.faults}
    case.refresh_from_db()
    assert case.due_on is not None
    assert case.due_on > dt.date(2025, 10, 30)
    assert verify().faults == []


def test_one_case_has_one_decision(town: House) -> None:
    case = received(town, DAY)
    decided(town, case)
    with at(LATER), pytest.raises(WorkError, match="一件申请只有一个办理结果"):
        draft_decision(by=town[Role.CLERK], case=case, outcome_code="NOP-1")
    with at(LATER):
        added = draft_decision(
            by=town[Role.CLERK], case=case, outcome_code="OPEN-2", basis="given", kind="correction"
        )
        assert added.follows is not None
    case.refresh_from_db()
    assert case.outcome == "OPEN-2"


def test_while_a_supplement_is_waited_for_nothing_is_decided(town: House) -> None:
    case = received(town, DAY)
    with at(dt.date(2025, 9, 29)):
        step(
            by=town[Role.CLERK],
            case=case,
            kind="supplement-asked",
            on=dt.date(2025, 9, 29),
            until=dt.date(2025, 10, 20),
        )
        decision = draft_decision(by=town[Role.CLERK], case=case, outcome_code="OPEN-2", basis="given")
        with pytest.raises(NotLawful) as refused:
            submit_decision(by=town[Role.CLERK], decision=decision)
    assert refused.value.rule == "REG.30"


def test_a_split_gives_each_part_a_number_the_same_day_and_the_same_requester(town: House) -> None:
    case = received(town, DAY)
    with at(DAY):
        (other,) = split(
            by=town[Role.CLERK],
            case=case,
            parts=["养护资金分配方案", "村级路灯采购合同"],
            reason="一事一申请",
        )
    case.refresh_from_db()
    assert (case.subject, other.subject) == ("养护资金分配方案", "村级路灯采购合同")
    assert (other.serial, other.received_on, other.due_on) == (2, DAY, case.due_on)
    assert month_of(other).items_before == 1
    with at(LATER):
        merge(by=town[Role.CLERK], case=other, into=case, reason="内容重复")
    other.refresh_from_db()
    assert other.stands == Stands.MERGED
    assert table3(town.organ, 2025)["other.other"]["total"] == 1
    assert verify().faults == []


def test_requests_of_others_are_not_merged(town: House) -> None:
    one = received(town, DAY)
    other = received(town, DAY, identity_kind="passport", identity_number="E00000000", name="虚构他人")
    with at(DAY), pytest.raises(WorkError, match="申请人不同"):
        merge(by=town[Role.CLERK], case=other, into=one, reason="同一事项")


def test_table_3_adds_up_and_follows_the_events(town: House) -> None:
    first = received(town, dt.date(2024, 12, 30))
    decided(town, first, on=dt.date(2025, 1, 10))
    decided(town, received(town, DAY))
    received(town, dt.date(2025, 12, 30), requester_kind="business")
    with at(DAY):
        taken = register(
            by=town[Role.CLERK], organ=town.organ, asked=asked(), channel="in-person", arrived_on=DAY
        ).case
    with at(LATER):
        gone = step(by=town[Role.CLERK], case=taken, kind="withdrawn", on=LATER)
    rows = table3(town.organ, 2025)
    assert rows["received.carried_in"]["total"] == 1
    assert (rows["received.new"]["total"], rows["received.new"]["business"]) == (3, 1)
    assert (rows["granted"]["total"], rows["other.other"]["total"]) == (2, 1)
    assert rows["concluded"]["total"] == 3
    assert rows["carried_forward"]["business"] == rows["carried_forward"]["total"] == 1
    for column in ("natural_person", "business", "total"):
        come = rows["received.new"][column] + rows["received.carried_in"][column]
        assert come == rows["concluded"][column] + rows["carried_forward"][column]
    with at(LATER):
        void(by=town[Role.LEADER], event=gone.event, reason="误记")
    assert table3(town.organ, 2025)["other.other"]["total"] == 0
    assert rows != table3(town.organ, 2025)


def test_an_earlier_request_on_the_same_matter_is_shown(town: House) -> None:
    received(town, DAY, words="申请公开北山镇2024年农村公路养护资金分配方案")
    received(town, DAY, words="获取幼儿园收费标准")
    case = received(town, DAY)
    found, _divided = alike_and_divided(case, same_requester(case))
    assert [one.case.serial for one in found] == [1]
    assert found[0].same_requester


def test_what_staff_write_beside_a_step_names_nobody(town: House) -> None:
    case = received(town, DAY)
    why = f"{NAME}来电（{PHONE}）说写错，另一号码13900005678"
    with at(DAY):
        made = step(by=town[Role.CLERK], case=case, kind="withdrawn", on=DAY, note=f"{NAME}当面撤回")
        void(by=town[Role.LEADER], event=made.event, reason=why)
    event = case.events.get(kind="withdrawn")
    assert event.note == "（申请人）当面撤回"
    assert event.void_reason == "（申请人）来电（（电话））说写错，另一号码（电话）"
    assert all(NAME not in one.value for one in PersonalDatum.objects.all())
