"""The staff's pages of parties and decisions: guided, held against the law, approved by others."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.web.conftest import page
from tests.web.platform import District, House
from tests.web.requests.asking import NAME, at, received
from tests.web.requests.journeys import consulted
from tests.web.requests.test_deciding import decided
from tests.web.working import browser, fill, shown

from gongkai.web.audit.verifying import verify
from gongkai.web.organs.models import Role
from gongkai.web.requests.actions.consulting import add_party, ask_party, take_opinion
from gongkai.web.requests.actions.deciding import draft_decision, submit_decision
from gongkai.web.requests.models import Case, Decision, DecisionStage, Party, Stands

pytestmark = pytest.mark.django_db
DAY = dt.date(2025, 9, 26)
ASKED = dt.date(2025, 9, 29)
LATER = dt.date(2025, 10, 14)


def at_page(name: str, *args: Any, **query: str) -> str:
    found = reverse(f"requests_work:{name}", args=args)
    return f"{found}?{'&'.join(f'{key}={value}' for key, value in query.items())}" if query else found


def words(response: Any) -> str:
    found = page(response)
    # Of a refusal, what is told.
    main = found.css_first("main")
    return main.text() if main is not None else found.text()


# ---- parties ----


def test_a_third_party_is_written_down_and_its_opinion_with_a_scan(town: House) -> None:
    case = received(town, DAY)
    with at(ASKED):
        client = browser(town[Role.CLERK])
        told = fill(
            client, at_page("party_add", case.pk), kind="third-party", name="虚构养护公司", rights="报价"
        )
        one = Party.objects.get()
        assert told["Location"] == at_page("party", case.pk, one.pk)
        assert "虚构养护公司" in words(client.get(told["Location"]))
        assert "征求意见书还没有送出" in words(client.get(told["Location"]))
        ask_party(by=town[Role.CLERK], party=one, on=ASKED)
        told = fill(client, at_page("reached", case.pk, one.pk), on="2025-09-29")
        assert told.status_code == 302, words(told)
    with at(LATER):
        client = browser(town[Role.CLERK])
        scan = SimpleUploadedFile("意见.png", b"\x89PNG\r\n\x1a\n...IEND....", "image/png")
        address = at_page("opinion", case.pk, one.pk)
        told = fill(client, address, opinion="objected", on="2025-10-14", words="涉及商业秘密", scan=scan)
        assert told.status_code == 302, words(told)
        one.refresh_from_db()
        assert one.opinion == "objected"
        assert case.files.filter(kind="opinion").count() == 1
        assert "告知第三方决定公开" in words(client.get(at_page("party", case.pk, one.pk)))
        assert "虚构养护公司" in words(client.get(at_page("parties", case.pk)))
    assert verify().faults == []


def test_silence_is_offered_only_when_the_time_is_over(town: House) -> None:
    case = received(town, DAY)
    with at(ASKED):
        one = consulted(town, case, ASKED)
        address = at_page("opinion", case.pk, one.pk)
        early = browser(town[Role.CLERK]).get(address)
        assert not page(early).css("input[value=silent]")
        assert "现在不能记录" in words(early)
    with at(dt.date(2025, 10, 30)):
        late = browser(town[Role.CLERK]).get(address)
        assert page(late).css("input[value=silent]")
        assert "既不是同意，也不是不同意" in words(late)


def test_an_opinion_in_the_wrong_file_keeps_what_was_typed(town: House) -> None:
    case = received(town, DAY)
    with at(ASKED):
        one = add_party(by=town[Role.CLERK], case=case, kind="third-party", name="虚构养护公司")
        ask_party(by=town[Role.CLERK], party=one, on=ASKED)
        scan = SimpleUploadedFile("意见.exe", b"MZ not a paper", "application/pdf")
        told = fill(
            browser(town[Role.CLERK]),
            at_page("opinion", case.pk, one.pk),
            opinion="consented",
            on="2025-09-29",
            words="同意公开，没有意见",
            scan=scan,
        )
    assert told.status_code == 422
    assert "同意公开，没有意见" in words(told)
    one.refresh_from_db()
    assert one.opinion == ""


# ---- the guide ----


def test_the_guide_leads_one_question_at_a_time_to_an_outcome(town: House) -> None:
    case = received(town, DAY)
    client = browser(town[Role.CLERK])
    first = client.get(at_page("guide", case.pk))
    assert "撤回" in words(first)
    end = client.get(at_page("guide", case.pk, withdrawn="no", clear="no", supplement="not_asked"))
    assert "先一次性告知申请人补正" in words(end)
    open_ = {
        "withdrawn": "no",
        "clear": "yes",
        "government_information": "yes",
        "petition": "no",
        "publication": "no",
        "confirmation": "no",
        "repeated": "no",
        "excessive": "no",
        "fee": "none",
        "responsible": "yes",
        "public_already": "yes",
    }
    found = client.get(at_page("guide", case.pk, **open_))
    link = page(found).css_first("main a.govuk-button")
    assert link is not None
    drafted = client.get(str(link.attributes["href"]))
    assert shown(drafted)["outcome"] == "OPEN-1"
    assert client.get(at_page("guide", case.pk, withdrawn="nonsense")).status_code == 302


# ---- the draft ----


def test_a_refusal_asks_its_own_questions_and_is_held_back_at_the_fields(town: House) -> None:
    case = received(town, DAY)
    with at(LATER):
        client = browser(town[Role.CLERK])
        address = at_page("decision", case.pk, outcome="REF-5")
        shown_fields = shown(client.get(address))
        assert "separable" in shown_fields
        assert "search_where" not in shown_fields
        told = fill(client, address, reasons="属于内部管理事项", do="submit")
        assert told.status_code == 422
        assert page(told).css("#id_exemptions-error"), words(told)
        assert "属于内部管理事项" in words(told)
        told = client.post(
            address, {**shown(told), "exemptions": ["REG.16.1"], "separable": "no", "do": "submit"}
        )
        assert told.status_code == 302, words(told)
    decision = Decision.objects.get()
    assert (decision.stage, decision.outcome) == (DecisionStage.IN_APPROVAL, "REF-5")
    assert decision.facts["exemptions"] == ["REG.16.1"]
    assert "科室负责人审核" in words(client.get(told["Location"]))


def test_changing_the_outcome_keeps_what_was_typed_and_saves_nothing(town: House) -> None:
    case = received(town, DAY)
    with at(LATER):
        client = browser(town[Role.CLERK])
        told = fill(
            client,
            at_page("decision", case.pk, outcome="OPEN-2.given"),
            outcome="NONE-1.absent",
            reasons="写了一半的理由",
            do="change",
        )
    assert told.status_code == 200
    assert "search_where" in shown(told)
    assert shown(told)["reasons"] == "写了一半的理由"
    assert not Decision.objects.exists()


def test_the_record_of_a_search_is_put_together_and_read_back(town: House) -> None:
    case = received(town, DAY)
    search = {
        "search_where": "档案管理系统、农业办公室",
        "search_keywords": "养护资金",
        "search_who": "虚构经办",
        "search_when": "2025-10-13",
        "search_more": "询问了农业办公室",
    }
    with at(LATER):
        client = browser(town[Role.CLERK])
        told = fill(
            client, at_page("decision", case.pk, outcome="NONE-1.absent"), finding="信息不存在。", **search
        )
        assert told.status_code == 302
        again = client.get(told["Location"])
    assert {name: shown(again)[name] for name in search} == search
    assert Decision.objects.get().facts["search"] == ["where", "keywords", "who", "when"]


def test_somebody_who_saw_an_older_state_loses_nothing(town: House) -> None:
    case = received(town, DAY)
    with at(LATER):
        client = browser(town[Role.CLERK])
        address = at_page("decision", case.pk, outcome="OPEN-2.given")
        form = shown(client.get(address))
        add_party(by=town[Role.CLERK], case=case, kind="organ", name="虚构水务局")
        told = client.post(address, {**form, "finding": "可以公开", "do": "save"})
        assert told.status_code == 422
        assert "可以公开" in words(told)
        assert "又有改动" in words(told)
        told = client.post(address, {**shown(told), "do": "save"})
        assert told.status_code == 302


def test_an_abandoned_draft_makes_room_for_another(town: House) -> None:
    case = received(town, DAY)
    with at(LATER):
        one = draft_decision(by=town[Role.CLERK], case=case, outcome_code="OPEN-1")
        client = browser(town[Role.CLERK])
        told = fill(client, at_page("decision_abandon", case.pk, one.pk))
        assert told.status_code == 302
        one.refresh_from_db()
        assert one.stage == DecisionStage.ABANDONED
        other = draft_decision(by=town[Role.CLERK], case=case, outcome_code="OPEN-2", basis="given")
        assert other.pk != one.pk
        assert "已作废" in words(client.get(at_page("decision_seen", case.pk, one.pk)))
    assert verify().faults == []


@pytest.mark.parametrize(
    ("outcome", "facts"),
    [("NOP-2", {"answered_before": "on"}), ("NOP-4", {"reasons_asked": "on", "reasons_held": "no"})],
)
def test_repeated_and_excessive_requests_can_be_decided(
    town: House, outcome: str, facts: dict[str, str]
) -> None:
    case = received(town, DAY)
    with at(LATER):
        told = fill(
            browser(town[Role.CLERK]),
            at_page("decision", case.pk, outcome=outcome),
            reasons="理由如下",
            do="submit",
            **facts,
        )
    assert told.status_code == 302, words(told)


# ---- approval ----


def test_the_chain_passes_returns_and_shows_what_changed(town: House) -> None:
    case = received(town, DAY)
    with at(LATER):
        decision = draft_decision(
            by=town[Role.CLERK],
            case=case,
            outcome_code="OPEN-2",
            basis="given",
            words={"finding": "可以公开。"},
        )
        first = submit_decision(by=town[Role.CLERK], decision=decision)
        client = browser(town[Role.UNIT_HEAD])
        assert case.number in words(client.get(at_page("approvals")))
        address = at_page("approval", first.pk)
        refused = fill(client, address, form=".review-panel form", decision="return")
        assert refused.status_code == 422
        told = fill(client, address, form=".review-panel form", decision="return", reason="请写明年度")
        assert told.status_code == 302
        clerk = browser(town[Role.CLERK])
        assert "请写明年度" in words(clerk.get(at_page("decision", case.pk)))
        told = fill(clerk, at_page("decision", case.pk), finding="2025年的方案可以公开。", do="submit")
        assert told.status_code == 302, words(told)
        again = decision.approvals.get(result="")
        seen = browser(town[Role.UNIT_HEAD]).get(at_page("approval", again.pk))
        assert page(seen).css("ins")
        assert "2025年的方案" in words(seen)
        for role in (Role.UNIT_HEAD, Role.SECRECY_OFFICER, Role.LEADER):
            opened = decision.approvals.get(result="")
            told = fill(
                browser(town[role]),
                at_page("approval", opened.pk),
                form=".review-panel form",
                decision="pass",
            )
            assert told.status_code == 302, words(told)
    case.refresh_from_db()
    assert case.stands == Stands.DECIDED
    assert verify().faults == []


def test_who_drafted_it_is_told_that_others_approve(town: House) -> None:
    case = received(town, DAY)
    with at(LATER):
        decision = draft_decision(by=town[Role.UNIT_HEAD], case=case, outcome_code="OPEN-2", basis="given")
        one = submit_decision(by=town[Role.UNIT_HEAD], decision=decision)
        seen = browser(town[Role.UNIT_HEAD]).get(at_page("approval", one.pk))
    assert "须由其他人员审批" in words(seen)
    assert not page(seen).css(".review-panel")


def test_a_supplement_stands_beside_the_served_decision(town: House) -> None:
    case = received(town, DAY)
    first = decided(town, case, words={"finding": "可以公开。"})
    with at(LATER):
        client = browser(town[Role.CLERK])
        address = at_page("decision", case.pk, kind="supplementing")
        seen = client.get(address)
        assert "原来的决定" in words(seen)
        told = fill(client, address, outcome="OPEN-2.told", finding="补充获取方式。", do="save")
        assert told.status_code == 302, words(told)
    made = Decision.objects.exclude(pk=first.pk).get()
    assert (made.kind, made.follows_id) == ("supplementing", first.pk)
    first.refresh_from_db()
    assert first.stage == DecisionStage.MADE


def test_after_an_override_the_third_party_s_notice_counts_as_told(town: House) -> None:
    case = received(town, DAY)
    with at(ASKED):
        one = consulted(town, case, ASKED)
    with at(LATER):
        take_opinion(by=town[Role.CLERK], party=one, on=LATER, opinion="objected")
        client = browser(town[Role.CLERK])
        told = fill(
            client,
            at_page("decision", case.pk, outcome="OPEN-2.given"),
            finding="可以公开。",
            public_interest="on",
            do="submit",
        )
        assert told.status_code == 422
        Party.objects.filter(pk=one.pk).update(is_told=True)
        told = fill(client, at_page("decision", case.pk), do="submit")
        assert told.status_code == 302, words(told)


# ---- who sees ----


def test_other_organs_see_nothing_and_the_auditor_reads_no_reasons(town: House, district: District) -> None:
    case = received(town, DAY)
    with at(LATER):
        one = draft_decision(by=town[Role.CLERK], case=case, outcome_code="OPEN-1")
        party = add_party(by=town[Role.CLERK], case=case, kind="organ", name="虚构水务局")
    for name, args in (
        ("decision_seen", (case.pk, one.pk)),
        ("decision", (case.pk,)),
        ("guide", (case.pk,)),
        ("parties", (case.pk,)),
        ("party", (case.pk, party.pk)),
    ):
        assert (
            browser(district.bureau[Role.DISCLOSURE_OFFICE]).get(at_page(name, *args)).status_code == 404
        ), name
        assert browser(town[Role.AUDITOR]).get(at_page(name, *args)).status_code == 403, name
    other: Case = received(town, DAY)
    assert browser(town[Role.CLERK]).get(at_page("party", other.pk, party.pk)).status_code == 404


def test_no_page_of_a_decision_names_the_requester(town: House) -> None:
    case = received(town, DAY)
    one = decided(town, case, words={"finding": "可以公开。"})
    client = browser(town[Role.CLERK])
    for name, args in (
        ("decision_seen", (case.pk, one.pk)),
        ("parties", (case.pk,)),
        ("letters", (case.pk,)),
    ):
        assert NAME not in words(client.get(at_page(name, *args))), name
