"""One of each thing of decisions, letters and service, for the isolation matrix (tests/web/isolation.py)."""

from __future__ import annotations

from typing import Any

from tests.web.platform import House
from tests.web.requests.asking import asked

from gongkai.web.config import clock
from gongkai.web.organs.models import Role
from gongkai.web.requests.actions.consulting import add_party, ask_party
from gongkai.web.requests.actions.deciding import draft_decision, submit_decision
from gongkai.web.requests.actions.filing import add_file
from gongkai.web.requests.actions.lettering import draft_letter, issue_letter
from gongkai.web.requests.actions.receiving import register
from gongkai.web.requests.actions.serving import send_letter
from gongkai.web.requests.models import Case

OF_A_CASE = (
    *("parties", "party_add", "guide", "decision", "released", "letters", "fee", "fee_reckon", "fee_paid"),
    "papers",
)
OF_A_PARTY = ("party", "reached", "opinion")
OF_A_DECISION = ("decision_seen", "take_back", "decision_abandon")
OF_A_DRAFT = ("letter", "letter_edit", "letter_own_words", "letter_pdf", "issue", "drop")
READERS = ["clerk", "unit_head", "secrecy_officer", "leader", "disclosure_office"]
WRITERS = ["clerk", "unit_head", "disclosure_office"]
OPENERS = ["clerk", "leader", "disclosure_office"]
_READ = (
    "parties",
    "party",
    "decision_seen",
    "approval",
    "released",
    "letters",
    "letter",
    "letter_file",
    "fee",
)
_WRITTEN = (
    *("party_add", "reached", "opinion", "guide", "decision", "take_back", "decision_abandon", "release"),
    *("unrelease", "letter_new", "letter_edit", "letter_own_words", "letter_pdf", "issue", "drop", "send"),
    *("arrived", "returned", "evidence", "mail", "fee_reckon", "fee_paid"),
)
# Who of the organ may open each page; nobody elsewhere.
OF_THE_ORGAN: dict[str, tuple[list[str], list[str]]] = {
    **{f"requests_work:{name}": (READERS, []) for name in (*_READ, "papers")},
    **{f"requests_work:{name}": (WRITERS, []) for name in _WRITTEN},
    "requests_work:paper": (OPENERS, []),
}
OF_ONES_OWN: dict[str, list[str]] = {
    "requests_work:printing": READERS,
    **{f"requests_work:{name}": ["disclosure_office"] for name in ("office", "templates", "template")},
    "requests_work:approval_plan": ["disclosure_office", "administrator"],
}
FOR_THE_SIGNED_IN = frozenset({"requests_work:approvals"})


def decision_things(house: House) -> dict[str, dict[str, Any]]:
    """Ids by the name of the address."""
    clerk, today = house[Role.CLERK], clock.today()
    case = _received(house)
    party = add_party(by=clerk, case=case, kind="third-party", name="虚构养护公司")
    ask_party(by=clerk, party=party, on=today)
    other = _received(house)
    decision = draft_decision(by=clerk, case=other, outcome_code="OPEN-2", basis="given")
    approval = submit_decision(by=clerk, decision=decision)
    file = add_file(by=clerk, case=other, name="a.csv", content=b"1,2\n", media_type="text/csv")
    third = _received(house)
    given = {"points": "请写明年度", "until": clock.today().isoformat(), "unclear_point": "未写明年度。"}
    draft = draft_letter(by=clerk, case=third, kind="supplement-notice", given=given)
    told = draft_letter(by=clerk, case=third, kind="receipt")
    issued = issue_letter(by=clerk, letter=told)
    service = send_letter(by=clerk, letter=issued, way="mail", on=today, tracking_number="XA0001").service
    names: dict[str, dict[str, Any]] = {
        **{name: {"pk": case.pk} for name in OF_A_CASE},
        **{name: {"pk": case.pk, "party": party.pk} for name in OF_A_PARTY},
        **{name: {"pk": other.pk, "decision": decision.pk} for name in OF_A_DECISION},
        **{name: {"pk": third.pk, "letter": draft.pk} for name in OF_A_DRAFT},
        **{name: {"pk": other.pk, "file": file.pk} for name in ("release", "unrelease")},
        **{name: {"pk": third.pk, "service": service.pk} for name in ("arrived", "returned", "evidence")},
        "approval": {"approval": approval.pk},
        "letter_new": {"pk": third.pk, "kind": "supplement-notice"},
        "letter_file": {"pk": third.pk, "letter": issued.pk, "name": "pdf"},
        **{name: {"pk": third.pk, "letter": issued.pk} for name in ("send", "mail")},
        "paper": {"pk": third.pk, "kind": "registration-form"},
        "template": {"key": "supplement-notice"},
    }
    return {f"requests_work:{name}": ids for name, ids in names.items()}


def _received(house: House) -> Case:
    told = register(
        by=house[Role.DISCLOSURE_OFFICE],
        organ=house.organ,
        asked=asked(),
        channel="in-person",
        arrived_on=clock.today(),
    )
    return told.case
