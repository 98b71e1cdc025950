"""What goes out is what was approved: the texts of what is given and withheld, the files, the reply."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from tests.web.conftest import page
from tests.web.platform import House
from tests.web.requests.asking import NAME, PHONE, at, received
from tests.web.requests.journeys import consulted, words_of
from tests.web.requests.test_decision_pages import at_page, words
from tests.web.requests.test_letters import office as office  # a fixture
from tests.web.working import browser, fill, shown

from gongkai.web.audit.models import Entry
from gongkai.web.audit.verifying import verify
from gongkai.web.organs.errors import WorkError
from gongkai.web.organs.models import Role
from gongkai.web.requests.actions.consulting import add_party, take_opinion
from gongkai.web.requests.actions.deciding import decide_step, draft_decision, findings_of, submit_decision
from gongkai.web.requests.actions.lettering import draft_letter, issue_letter
from gongkai.web.requests.actions.releasing import add_paper, release_file, unrelease_file
from gongkai.web.requests.models import Case, CaseFile, Decision, DecisionStage, Letter, Office

pytestmark = pytest.mark.django_db
DAY = dt.date(2025, 9, 26)
ASKED = dt.date(2025, 9, 29)
LATER = dt.date(2025, 10, 14)
GIVEN = "2025年养护资金分配表（遮盖银行账号）"
WITHHELD = "收款人银行账号"
WORDS = {
    "finding": "该信息部分公开。",
    "information": GIVEN,
    "withheld": WITHHELD,
    "reasons": "银行账号属于内部工作流程，不对外产生影响。",
}
PART: dict[str, Any] = {
    "outcome_code": "PART",
    "basis": "exempt",
    "facts": {"exemptions": ["REG.16.1"], "separable": True, "reviewed": True},
    "words": WORDS,
}
GRANTED: dict[str, Any] = {"outcome_code": "OPEN-2", "basis": "given"}


def drafted(house: House, case: Case, **facts: Any) -> Decision:
    return draft_decision(by=house[Role.CLERK], case=case, **(facts or PART))


def approved(house: House, decision: Decision) -> Decision:
    """Sent, and passed by everybody."""
    approval = submit_decision(by=house[Role.CLERK], decision=decision)
    for role in (Role.UNIT_HEAD, Role.SECRECY_OFFICER, Role.LEADER):
        decide_step(by=house[role], approval=approval, passes=True)
        approval = decision.approvals.filter(result="").first()
    decision.refresh_from_db()
    return decision


def paper(house: House, case: Case, name: str = "分配表.csv") -> CaseFile:
    return add_paper(by=house[Role.CLERK], case=case, name=name, content="村,元\n北山,1\n".encode())


def returned(house: House, case: Case, why: str = "请写明遮盖的内容") -> Decision:
    """A draft that the head of the unit sent back."""
    decision = drafted(house, case)
    approval = submit_decision(by=house[Role.CLERK], decision=decision)
    decide_step(by=house[Role.UNIT_HEAD], approval=approval, passes=False, reason=why)
    decision.refresh_from_db()
    return decision


# ---- who approves sees it ----


def test_who_approves_sees_what_is_given_what_is_withheld_the_files_and_the_opinions(town: House) -> None:
    case = received(town, DAY)
    with at(ASKED):
        one = consulted(town, case, ASKED)
    with at(LATER):
        said = "可以公开，请遮盖账号"
        take_opinion(by=town[Role.CLERK], party=one, on=LATER, opinion="consented", words=said)
        row = release_file(by=town[Role.CLERK], row=paper(town, case))
        approval = submit_decision(by=town[Role.CLERK], decision=drafted(town, case))
        for role in (Role.UNIT_HEAD, Role.DISCLOSURE_OFFICE):
            seen = browser(town[role]).get(at_page("approval", approval.pk))
            told = words(seen)
            assert GIVEN in told
            assert WITHHELD in told
            assert "分配表.csv" in told
            assert said in told
            assert reverse("requests_work:file", args=(case.pk, row.pk)) in seen.content.decode()
        assert "虚构养护公司" not in told


def test_a_change_of_the_files_between_two_rounds_is_shown_as_a_change(town: House) -> None:
    case = received(town, DAY)
    with at(LATER):
        decision = returned(town, case)
        release_file(by=town[Role.CLERK], row=paper(town, case))
        again = submit_decision(by=town[Role.CLERK], decision=decision)
        seen = browser(town[Role.UNIT_HEAD]).get(at_page("approval", again.pk))
    changed = page(seen).css_first("section[aria-labelledby=changed-title]")
    assert changed is not None
    assert "分配表.csv" in changed.text()


def test_the_reply_says_what_was_approved(town: House, office: Office) -> None:
    case = received(town, DAY)
    with at(LATER):
        decision = approved(town, drafted(town, case))
        case.refresh_from_db()
        client = browser(town[Role.CLERK])
        form = shown(client.get(at_page("letter_new", case.pk, "reply")))
        assert form["f_information"] == GIVEN
        assert form["f_withheld"] == WITHHELD
        letter = draft_letter(by=town[Role.CLERK], case=case, kind="reply", decision=decision)
        assert "没有人审批过" not in words(client.get(at_page("letter", case.pk, letter.pk)))
        issued = issue_letter(by=town[Role.CLERK], letter=letter)
    said = words_of(issued)
    assert GIVEN in said
    assert WITHHELD in said
    assert "differs" not in _last("requests.letter_issued").after


def test_a_reply_that_says_otherwise_says_so_on_its_page_and_in_the_log(town: House, office: Office) -> None:
    case = received(town, DAY)
    with at(LATER):
        approved(town, drafted(town, case))
        client = browser(town[Role.CLERK])
        told = fill(client, at_page("letter_new", case.pk, "reply"), f_withheld="收款人姓名")
        assert told.status_code == 302, words(told)
        row = Letter.objects.get()
        for address in (at_page("letter", case.pk, row.pk), at_page("issue", case.pk, row.pk)):
            seen = words(client.get(address))
            assert "没有人审批过" in seen
            assert "不予公开的部分" in seen
        fill(client, at_page("issue", case.pk, row.pk))
        row.refresh_from_db()
        assert row.issued_at is not None
        assert "与决定不同的内容" in words(client.get(at_page("letter", case.pk, row.pk)))
    assert _last("requests.letter_issued").after["differs"] == ["withheld"]
    assert verify().faults == []


def test_a_body_written_anew_is_told_of_as_well(town: House, office: Office) -> None:
    case = received(town, DAY)
    with at(LATER):
        approved(town, drafted(town, case))
        client = browser(town[Role.CLERK])
        fill(client, at_page("letter_new", case.pk, "reply"))
        row = Letter.objects.get()
        fill(client, at_page("letter_own_words", case.pk, row.pk), paragraphs="随函寄上全部账号。")
        assert "正文（改写过）" in words(client.get(at_page("letter", case.pk, row.pk)))
    assert _last("requests.letter_drafted").after["differs"] == ["own_words"]


def test_after_it_is_sent_for_approval_files_change_with_a_reason_alone(town: House) -> None:
    case = received(town, DAY)
    with at(LATER):
        before = release_file(by=town[Role.CLERK], row=paper(town, case))
        later = paper(town, case, "补充表.csv")
        decision = approved(town, drafted(town, case))
        for change, row in ((release_file, later), (unrelease_file, before)):
            with pytest.raises(WorkError) as refused:
                change(by=town[Role.CLERK], row=row)  # type: ignore[operator]
            assert refused.value.code == "reason_missing"
        client = browser(town[Role.CLERK])
        address = at_page("release", case.pk, later.pk)
        assert "审批的人看到的不是这样" in words(client.get(address))
        assert fill(client, address, do="release").status_code == 422
        told = fill(client, address, do="release", reason="漏列附表二")
        assert told.status_code == 302, words(told)
        seen = words(client.get(at_page("decision_seen", case.pk, decision.pk)))
        assert "审批的人没有看过" in seen
    entry = _last("requests.file_released")
    assert (entry.why, entry.after["after_approval"]) == ("漏列附表二", True)
    assert verify().faults == []


# ---- nothing is forgotten ----


def test_a_grant_without_a_file_warns_and_is_not_refused(town: House, office: Office) -> None:
    case = received(town, DAY)
    with at(LATER):
        decision = drafted(town, case)
        assert "no_file_given" in _codes(decision)
        assert submit_decision(by=town[Role.CLERK], decision=decision).round == 1
    other = received(town, DAY)
    with at(LATER):
        release_file(by=town[Role.CLERK], row=paper(town, other))
        assert "no_file_given" not in _codes(drafted(town, other))
        assert "no_file_given" not in _codes(drafted(town, received(town, DAY), outcome_code="OPEN-1"))
        on_site = received(town, DAY, wanted_form="on-site")
        assert "no_file_given" not in _codes(drafted(town, on_site, **GRANTED))


def test_before_it_is_sent_the_service_page_says_that_no_file_goes_with_it(
    town: House, office: Office
) -> None:
    case = received(town, DAY)
    with at(LATER):
        decision = approved(town, drafted(town, case))
        case.refresh_from_db()
        letter = draft_letter(by=town[Role.CLERK], case=case, kind="reply", decision=decision)
        client = browser(town[Role.CLERK])
        assert "申请人将只收到答复书" in words(client.get(at_page("issue", case.pk, letter.pk)))
        issue_letter(by=town[Role.CLERK], letter=letter)
        address = at_page("send", case.pk, letter.pk)
        assert "申请人将只收到答复书" in words(client.get(address))
        release_file(by=town[Role.CLERK], row=paper(town, case), reason="审批时尚未扫描")
        assert "申请人将只收到答复书" not in words(client.get(address))


def test_a_grant_that_does_not_say_what_it_gives_is_told_of(town: House) -> None:
    case = received(town, DAY)
    with at(LATER):
        decision = drafted(town, case, **{**PART, "words": {"reasons": "属于内部工作流程"}})
        assert {"information_missing", "withheld_missing"} <= _codes(decision)
        assert not {"information_missing", "withheld_missing"} & _codes(drafted(town, received(town, DAY)))


# ---- what came back ----


def test_a_returned_decision_stands_under_what_came_back_to_who_drafted_it(town: House) -> None:
    case = received(town, DAY)
    with at(LATER):
        returned(town, case)
        seen = page(browser(town[Role.CLERK]).get(reverse("workspace:today")))
        section = seen.css_first("section[aria-labelledby=returned-title]")
        assert section is not None
        assert case.number in section.text()
        assert "请写明遮盖的内容" in section.text()
        assert section.css_first(f"a[href='{at_page('decision', case.pk)}']") is not None
        waiting = seen.css_first("section[aria-labelledby=waiting-title]")
        assert waiting is not None
        assert case.number not in waiting.text()
        other = page(browser(town[Role.DISCLOSURE_OFFICE]).get(reverse("workspace:today")))
        assert other.css_first("section[aria-labelledby=returned-title]") is None


def test_why_it_was_returned_stands_at_the_top_of_the_case_and_of_the_draft(town: House) -> None:
    case = received(town, DAY)
    with at(LATER):
        decision = returned(town, case)
        client = browser(town[Role.CLERK])
        for address in (at_page("case", case.pk), at_page("decision", case.pk)):
            notice = page(client.get(address)).css_first(".record-notice")
            assert notice is not None, address
            assert "请写明遮盖的内容" in notice.text()
        # What is saved and not sent yet stays with who has to send it.
        assert fill(client, at_page("decision", case.pk), do="save").status_code == 302
        decision.refresh_from_db()
        assert decision.stage == DecisionStage.RETURNED
        submit_decision(by=town[Role.CLERK], decision=decision, remark="已在前文写明")
        assert page(client.get(at_page("case", case.pk))).css_first(".record-notice") is None


def test_what_is_sent_again_unchanged_asks_for_a_word(town: House) -> None:
    case = received(town, DAY)
    with at(LATER):
        decision = returned(town, case)
        client = browser(town[Role.CLERK])
        told = fill(client, at_page("decision", case.pk), do="submit")
        assert told.status_code == 422
        assert page(told).css_first("#id_remark-error") is not None
        told = fill(client, at_page("decision", case.pk), do="submit", remark=f"内容已写明，{NAME}已确认")
        assert told.status_code == 302, words(told)
        opened = decision.approvals.get(result="")
        assert "内容已写明，（申请人）已确认" in words(
            browser(town[Role.UNIT_HEAD]).get(at_page("approval", opened.pk))
        )
    assert _last("requests.decision_submitted").why == "内容已写明，（申请人）已确认"
    other = received(town, DAY)
    with at(LATER):
        returned(town, other)
        client = browser(town[Role.CLERK])
        told = fill(client, at_page("decision", other.pk), do="submit", withheld="收款人姓名、账号")
        assert told.status_code == 302, words(told)
    assert verify().faults == []


# ---- the form ----


def test_what_sending_demands_is_not_called_optional(town: House) -> None:
    case = received(town, DAY)
    with at(LATER):
        client = browser(town[Role.CLERK])
        part = page(client.get(at_page("decision", case.pk, outcome="PART.exempt")))
        absent = page(client.get(at_page("decision", case.pk, outcome="NONE-1.absent")))
    for name in ("reasons", "information", "withheld", "finding"):
        assert "可不填" not in _label(part, name), name
    assert "可不填" not in part.css_first("#id_exemptions legend").text()  # type: ignore[union-attr]
    assert "可不填" in _label(part, "obtained")
    for name in ("search_where", "search_keywords", "search_who", "search_when"):
        assert "可不填" not in _label(absent, name), name
    assert "可不填" in _label(absent, "search_more")
    assert "年度报告表三只计入“部分公开”一项" in part.css_first("main").text()  # type: ignore[union-attr]


def test_a_case_of_privacy_is_not_asked_about_state_secrets(town: House) -> None:
    case = received(town, DAY)
    with at(LATER):
        client = browser(town[Role.CLERK])
        refusal = client.get(at_page("decision", case.pk, outcome="REF-4"))
        assert not {"classified", "source_rank", "ordered_rank"} & set(shown(refusal))
        secret = client.get(at_page("decision", case.pk, outcome="REF-1"))
        assert "classified" in shown(secret)
        part = client.get(at_page("decision", case.pk, outcome="PART.exempt", exemption="REG.15"))
        folds = {
            fold.css_first("summary").text(): "open" in fold.attributes  # type: ignore[union-attr]
            for fold in page(part).css("details")
            if fold.css_first("[name=classified], [name=public_interest]")
        }
        assert folds == {"国家秘密：依法定密": False, "第三方权益：公共利益": True}
        told = fill(client, at_page("decision", case.pk, outcome="PART.exempt"), exemptions="REG.14a")
        assert told.status_code == 302, words(told)
        again = page(client.get(told["Location"])).css("details[open] [name=classified]")
        assert again


def test_a_refused_sending_says_that_a_draft_was_kept(town: House) -> None:
    case = received(town, DAY)
    with at(LATER):
        client = browser(town[Role.CLERK])
        told = fill(client, at_page("decision", case.pk, outcome="REF-5"), do="submit")
    assert told.status_code == 422
    assert "已经存为草稿" in told.content.decode()
    assert Decision.objects.get().stage == DecisionStage.DRAFT


# ---- who asked ----


def test_the_form_of_a_letter_to_a_third_party_does_not_name_the_requester(
    town: House, office: Office
) -> None:
    case = received(town, DAY)
    with at(ASKED):
        add_party(by=town[Role.CLERK], case=case, kind="third-party", name="虚构养护公司")
        client = browser(town[Role.CLERK])
        assert NAME not in words(client.get(at_page("letter_new", case.pk, "third-party-consultation")))
        assert NAME in words(client.get(at_page("letter_new", case.pk, "consultation-told")))


def test_in_a_reason_a_telephone_becomes_a_telephone_and_a_party_a_party(town: House) -> None:
    case = received(town, DAY)
    why = f"请致电{PHONE}向{NAME}核实，问虚构养护公司13800000000和虚构水务局，证件11010519491231002X"
    with at(LATER):
        approval = submit_decision(by=town[Role.CLERK], decision=drafted(town, case))
        for kind, name in (("third-party", "虚构养护公司"), ("organ", "虚构水务局")):
            add_party(by=town[Role.CLERK], case=case, kind=kind, name=name)
        decide_step(by=town[Role.UNIT_HEAD], approval=approval, passes=False, reason=why)
    approval.refresh_from_db()
    told = "请致电（电话）向（申请人）核实，问（第三方）（电话）和虚构水务局，证件（证件号码）"
    assert approval.reason == told


def _codes(decision: Decision) -> set[str]:
    return {one.code for one in findings_of(decision)}


def _label(tree: Any, name: str) -> str:
    return str(tree.css_first(f"label[for=id_{name}]").text())


def _last(action: str) -> Entry:
    found = Entry.objects.filter(action=action).order_by("-pk").first()
    assert found is not None
    return found
