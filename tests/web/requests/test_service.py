"""How a letter is served by e-mail and on the web, and what proves each service."""

from __future__ import annotations

import datetime as dt
import smtplib
from email import message_from_bytes
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from tests.web.conftest import words
from tests.web.platform import House
from tests.web.requests.asking import NAME, at, received, sent
from tests.web.requests.citizen_asking import PNG, browser, hidden, looked_up
from tests.web.requests.test_decision_pages import at_page
from tests.web.requests.test_letter_pages import replied
from tests.web.requests.test_letters import office as office  # a fixture
from tests.web.working import browser as staff_browser
from tests.web.working import fill

from gongkai.web.audit.models import Entry
from gongkai.web.audit.verifying import verify
from gongkai.web.organs.errors import WorkError
from gongkai.web.organs.models import Role
from gongkai.web.requests.actions.filing import add_file
from gongkai.web.requests.actions.mailing import mail_letter
from gongkai.web.requests.actions.receiving import confirm_receipt
from gongkai.web.requests.actions.releasing import add_paper, release_file
from gongkai.web.requests.actions.serving import keep_evidence, send_letter
from gongkai.web.requests.models import Case, CaseFile, Letter, Office, Service, Stands
from gongkai.web.requests.sealed import opener_of

pytestmark = pytest.mark.django_db
DAY = dt.date(2025, 9, 26)
LATER = dt.date(2025, 10, 14)
MAIL = "xugou-li@example.cn"
LOCMEM = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture(autouse=True)
def _mail(settings: Any) -> None:
    settings.EMAIL_BACKEND = LOCMEM


def ready(town: House, *, online: bool = True, **facts: Any) -> tuple[Case, Letter]:
    """A reply that is issued, to somebody who chose e-mail."""
    case = received(town, DAY, **{"reply_ways": ("email",), "email": MAIL, **facts})
    return case, replied(town, case, online=online)


def pressed(town: House, case: Case, letter: Letter) -> HttpResponse:
    with at(LATER, 15):
        return fill(staff_browser(town[Role.CLERK]), at_page("mail", case.pk, letter.pk))


def test_a_reply_goes_out_by_mail_with_its_pdf_and_is_served_at_that_moment(
    town: House, office: Office
) -> None:
    case, letter = ready(town)
    with at(LATER, 15):
        client = staff_browser(town[Role.CLERK])
        assert "用电子邮件送达" in words(client.get(at_page("letter", case.pk, letter.pk)))
        asked = words(client.get(at_page("mail", case.pk, letter.pk)))
        assert "x***@example.cn" in asked
        assert MAIL not in asked
        assert "在期限内" in asked
    told = pressed(town, case, letter)
    assert told.status_code == 302, words(told)
    (out,) = mail.outbox
    assert out.to == [MAIL]
    assert NAME not in f"{out.subject}{out.body}"
    (name, content, kind) = out.attachments[0]
    assert kind == "application/pdf"
    assert name.endswith(".pdf")
    assert content.startswith(b"%PDF")
    service = Service.objects.get()
    assert (service.way, service.sent_on, service.reached_on) == ("online", LATER, LATER)
    assert service.sent_at is not None
    assert service.sent_at.astimezone(dt.timezone(dt.timedelta(hours=8))).hour == 15
    case.refresh_from_db()
    assert (case.stands, case.in_time) == (Stands.SERVED, True)
    paper = service.papers.get()
    record = opener_of(case).open_file(paper).decode()
    assert "2025-10-14 15:00" in record
    assert MAIL not in record
    with at(LATER, 16):
        page = words(staff_browser(town[Role.CLERK]).get(at_page("letter", case.pk, letter.pk)))
    assert "2025-10-14 15:00" in page
    assert "电子邮件发送记录.txt" in page
    assert verify().faults == []


def test_what_is_given_out_goes_with_the_reply(town: House, office: Office) -> None:
    """Byte for byte, as a mail server gets it: line ends and writings of every kind."""
    case, letter = ready(town)
    tables = {"甲.csv": b"a,b\n1,2\n", "乙.csv": b"a,b\r\n1,2\r\n", "丙.txt": "资金".encode("gb18030")}
    with at(LATER):
        for name, content in tables.items():
            row = add_paper(by=town[Role.CLERK], case=case, name=name, content=content)
            release_file(by=town[Role.CLERK], row=row, reason="审批时尚未整理完毕")
    assert pressed(town, case, letter).status_code == 302
    sent = message_from_bytes(mail.outbox[0].message().as_bytes(linesep="\r\n"))
    got = {one.get_filename(): one.get_payload(decode=True) for one in sent.walk() if one.get_filename()}
    assert {name: got[name] for name in tables} == tables


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        (smtplib.SMTPConnectError(421, b"down"), "没有发出"),
        (ConnectionRefusedError("no"), "没有发出"),
        (smtplib.SMTPRecipientsRefused({MAIL: (550, b"no such user")}), "拒收"),
        (smtplib.SMTPServerDisconnected("gone"), "没有得到邮件服务器的确认"),
        (TimeoutError(), "没有得到邮件服务器的确认"),
    ],
)
def test_what_does_not_go_out_is_told_and_not_recorded_as_served(
    town: House, office: Office, monkeypatch: pytest.MonkeyPatch, trouble: Exception, said: str
) -> None:
    case, letter = ready(town)

    def fails(self: Any, messages: Any) -> int:
        raise trouble

    monkeypatch.setattr(f"{LOCMEM}.send_messages", fails)
    told = pressed(town, case, letter)
    assert told.status_code == 422
    assert said in words(told)
    assert not Service.objects.exists()
    assert not CaseFile.objects.filter(kind="service").exists()
    case.refresh_from_db()
    assert case.stands == Stands.DECIDED
    entry = Entry.objects.get(action="requests.mail_failed")
    assert MAIL not in str(entry.after)
    assert verify().faults == []
    # Tried again when the server is back, it goes out.
    monkeypatch.undo()
    assert pressed(town, case, letter).status_code == 302


def test_what_the_law_has_against_it_is_told_before_anything_leaves(town: House, office: Office) -> None:
    case, letter = ready(town, online=False)
    told = pressed(town, case, letter)
    assert told.status_code == 422
    assert "网上申请行政复议" in words(told)
    assert mail.outbox == []
    assert not Service.objects.exists()


def test_served_already_it_is_not_sent_again(town: House, office: Office) -> None:
    case, letter = ready(town)
    assert pressed(town, case, letter).status_code == 302
    told = pressed(town, case, letter)
    assert told.status_code == 422
    assert "已经送出" in words(told)
    assert len(mail.outbox) == 1
    assert Service.objects.count() == 1


def test_what_somebody_else_records_while_it_is_sent_is_told_with_the_moment(
    town: House, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, letter = ready(town)

    def meanwhile(self: Any, messages: Any) -> int:
        send_letter(by=town[Role.DISCLOSURE_OFFICE], letter=letter, way="direct", on=LATER)
        return 1

    monkeypatch.setattr(f"{LOCMEM}.send_messages", meanwhile)
    told = pressed(town, case, letter)
    assert told.status_code == 422
    assert "邮件已于 2025-10-14 15:00" in words(told)
    assert Service.objects.get().way == "direct"
    assert verify().faults == []


@pytest.mark.parametrize(
    "facts", [{"email": ""}, {"reply_ways": ("post",)}], ids=["no address", "another way chosen"]
)
def test_only_who_chose_mail_and_gave_an_address_gets_one(
    town: House, office: Office, facts: dict[str, Any]
) -> None:
    case, letter = ready(town, **facts)
    with at(LATER):
        told = words(staff_browser(town[Role.CLERK]).get(at_page("letter", case.pk, letter.pk)))
        assert "用电子邮件送达" not in told
        with pytest.raises(WorkError, match="电子邮件"):
            mail_letter(by=town[Role.CLERK], letter=letter)
    assert mail.outbox == []
    assert not Service.objects.exists()


def test_where_no_mail_is_set_up_it_is_recorded_by_hand(town: House, office: Office, settings: Any) -> None:
    settings.EMAIL_BACKEND = "gongkai.web.channels.subscribing.no_mail.NoMail"
    case, letter = ready(town)
    with at(LATER):
        client = staff_browser(town[Role.CLERK])
        assert "用电子邮件送达" not in words(client.get(at_page("letter", case.pk, letter.pk)))
        told = fill(client, at_page("send", case.pk, letter.pk), way="online", on="2025-10-14")
    assert told.status_code == 302, words(told)
    assert Service.objects.get().sent_at is None


def test_what_is_too_large_for_mail_is_told(
    town: House, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, letter = ready(town)
    from gongkai.web.requests.actions import mailing

    small = {**mailing.settled(), "mail": {"most_bytes": 10}}
    monkeypatch.setattr(mailing, "settled", lambda: small)
    told = pressed(town, case, letter)
    assert told.status_code == 422
    assert "请改用其他方式" in words(told)
    assert mail.outbox == []


# ---- on the web ----


def test_that_the_requester_fetched_the_letter_is_evidence_of_its_service(
    town: House, office: Office
) -> None:
    case, code = sent(town, DAY, reply_ways=("web",))
    with at(DAY):
        confirm_receipt(by=town[Role.DISCLOSURE_OFFICE], case=case, on=DAY)
    letter = replied(town, case, online=True)
    with at(LATER, 10):
        send_letter(by=town[Role.CLERK], letter=letter, way="online", on=LATER)
    assert Service.objects.get().fetched_at is None
    place = f"/o/{town.organ.code}/request/status/file/"
    for hour in (11, 12):
        with at(LATER, hour):
            client = browser()
            found = looked_up(town, case.number, code, client)
            answer = client.post(place, {"ticket": hidden(found, "ticket"), "letter": str(letter.uid)})
            assert answer.content.startswith(b"%PDF")
    service = Service.objects.get()
    assert service.fetched_at is not None
    assert service.fetched_at.astimezone(dt.timezone(dt.timedelta(hours=8))).hour == 11
    with at(LATER, 13):
        assert "2025-10-14 11:00" in words(
            staff_browser(town[Role.CLERK]).get(at_page("letter", case.pk, letter.pk))
        )
    assert verify().faults == []


# ---- evidence ----


def scan(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PNG)


def test_papers_that_come_later_are_listed_with_the_service_they_prove(town: House, office: Office) -> None:
    case, letter = ready(town)
    with at(LATER):
        client = staff_browser(town[Role.CLERK])
        fill(
            client,
            at_page("send", case.pk, letter.pk),
            way="direct",
            on="2025-10-14",
            evidence=scan("送达回证.png"),
        )
        service = Service.objects.get()
        address = at_page("evidence", case.pk, service.pk)
        assert fill(client, address).status_code == 422
        assert fill(client, address, evidence=[scan("签收照片.png"), scan("附页.png")]).status_code == 302
        told = words(client.get(at_page("letter", case.pk, letter.pk)))
    assert [name in told for name in ("送达回证.png", "签收照片.png", "附页.png")] == [True] * 3
    assert service.papers.count() == 3
    assert verify().faults == []


def test_a_paper_proves_one_service_and_only_of_its_case(town: House, office: Office) -> None:
    case, letter = ready(town)
    other, _letter = ready(town)
    with at(LATER):
        by = town[Role.CLERK]
        service = send_letter(by=by, letter=letter, way="direct", on=LATER).service
        facts = {"name": "a.png", "content": PNG, "media_type": "image/png"}
        foreign = add_file(by=by, case=other, kind="service", **facts)
        plain = add_file(by=by, case=case, kind="other", **facts)
        for row in (foreign, plain):
            with pytest.raises(WorkError):
                keep_evidence(by=by, service=service, files=[row])
    assert service.papers.count() == 0


def test_a_letter_that_came_back_has_its_envelope_as_evidence(town: House, office: Office) -> None:
    case, letter = ready(town)
    with at(LATER):
        by = town[Role.CLERK]
        service = send_letter(by=by, letter=letter, way="mail", on=LATER, tracking_number="XA1").service
        address = at_page("returned", case.pk, service.pk)
        told = fill(
            staff_browser(by), address, on="2025-10-14", reason="查无此人", evidence=scan("退件信封.png")
        )
    assert told.status_code == 302, words(told)
    assert service.papers.count() == 1
