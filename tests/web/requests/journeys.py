"""What a day in a disclosure office needs, in one line each, for tests of whole journeys."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
from tests.web.platform import House, entered
from tests.web.requests.asking import at, received

from gongkai.statute.clock import EventKind
from gongkai.web.organs.models import Role
from gongkai.web.requests.actions.consulting import add_party, ask_party, party_reached, take_opinion
from gongkai.web.requests.actions.deciding import decide_step, draft_decision, submit_decision
from gongkai.web.requests.actions.lettering import draft_letter, issue_letter
from gongkai.web.requests.actions.serving import letter_arrived, send_letter
from gongkai.web.requests.actions.stepping import step
from gongkai.web.requests.models import Case, Decision, Letter, Office, Party, Service
from gongkai.web.requests.sealed import opener_of

APPROVERS = (Role.UNIT_HEAD, Role.SECRECY_OFFICER, Role.LEADER)
ONLINE = "https://fuyi.example.cn"


def office_of(house: House) -> Office:
    """What an organ's office has said for its letters."""
    made = Office.objects.create(
        organ=house.organ,
        letter_code="北政",
        superior="虚构区人民政府",
        basic_court="虚构区人民法院",
        intermediate_court="虚构市中级人民法院",
        online_channel=ONLINE,
        payment="持本通知书到虚构区非税收入窗口缴纳",
    )
    entered(made)
    return made


@dataclass
class Course:
    """A case with its house: each method is something done on a day."""

    house: House
    case: Case
    remark: str = "同意"  # of those who approve

    @classmethod
    def received(cls, house: House, on: dt.date, **facts: Any) -> Course:
        return cls(house, received(house, on, **facts))

    def now(self) -> Case:
        self.case = Case.objects.select_related("organ", "key", "requester").get(pk=self.case.pk)
        return self.case

    def did(self, kind: EventKind, on: dt.date, **facts: Any) -> Case:
        with at(on):
            step(by=self.house[Role.DISCLOSURE_OFFICE], case=self.case, kind=kind.value, on=on, **facts)
        return self.now()

    def letter(self, kind: str, on: dt.date, **facts: Any) -> Letter:
        with at(on):
            made = draft_letter(by=self.house[Role.CLERK], case=self.now(), kind=kind, **facts)
            return issue_letter(by=self.house[Role.DISCLOSURE_OFFICE], letter=made)

    def sent(self, letter: Letter, on: dt.date, way: str = "mail") -> Service:
        number = "XA00000001" if way == "mail" else ""
        with at(on):
            told = send_letter(
                by=self.house[Role.CLERK], letter=letter, way=way, on=on, tracking_number=number
            )
        self.now()
        return told.service

    def arrived(self, service: Service, on: dt.date) -> Case:
        with at(on):
            letter_arrived(by=self.house[Role.CLERK], service=service, on=on)
        return self.now()

    def party(self, kind: str, name: str, on: dt.date) -> Party:
        with at(on):
            return add_party(by=self.house[Role.CLERK], case=self.case, kind=kind, name=name)

    def said(self, party: Party, opinion: str, on: dt.date, words: str = "") -> Case:
        with at(on):
            take_opinion(by=self.house[Role.CLERK], party=party, on=on, opinion=opinion, words=words)
        return self.now()

    def decided(self, code: str, on: dt.date, **facts: Any) -> Decision:
        with at(on):
            made = draft_decision(by=self.house[Role.CLERK], case=self.now(), outcome_code=code, **facts)
            approval = submit_decision(by=self.house[Role.CLERK], decision=made)
            for role in APPROVERS:
                decide_step(by=self.house[role], approval=approval, passes=True, reason=self.remark)
                approval = made.approvals.filter(result="").first()
        made.refresh_from_db()
        self.now()
        return made

    def replied(self, on: dt.date, way: str = "mail", **facts: Any) -> str:
        """The reply issued and sent; its words as the PDF has them, without blanks."""
        letter = self.letter("reply", on, **facts)
        self.sent(letter, on, way)
        return words_of(letter)


def consulted(house: House, case: Case, on: dt.date) -> Party:
    """A third party that has its letter since that day."""
    clerk = house[Role.CLERK]
    one = add_party(by=clerk, case=case, kind="third-party", name="虚构养护公司")
    ask_party(by=clerk, party=one, on=on)
    party_reached(by=clerk, party=one, on=on)
    return one


def words_of(letter: Letter) -> str:
    assert letter.pdf is not None
    return pdf_words(opener_of(letter.case).open_file(letter.pdf))


def pdf_words(file: bytes | Path) -> str:
    """A PDF's words without blanks."""
    told = pypdfium2.PdfDocument(file)
    return "".join("".join(one.get_textpage().get_text_bounded().split()) for one in told)
