"""Whoever carries away the database's files and the stored files learns of nobody who asked.

Every byte is looked through: pages in use and free ones, what is written ahead, indexes, caches, sessions,
the log, the file store; as UTF-8, UTF-16, GBK, base64, as JSON and addresses write it; and every value of
every table, unpacked.
"""

from __future__ import annotations

import base64
import datetime as dt
import itertools
import json
import logging
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import RequestFactory, override_settings
from tests.web import platform
from tests.web.platform import House
from tests.web.raw_files import bytes_in_use
from tests.web.requests.asking import asked, at
from tests.web.requests.citizen_asking import PNG, Citizen, hidden, looked_up
from tests.web.requests.journeys import Course, office_of
from tests.web.working import browser

from gongkai.statute.clock import EventKind
from gongkai.web.organs.errors import Invalid, WorkError
from gongkai.web.organs.models import Role
from gongkai.web.organs.signing_in.lost_words import keep
from gongkai.web.requests.actions import charging, consulting, dividing, filing, inside, knowing, serving
from gongkai.web.requests.actions.accounts import attach, enter_by_link, link_for
from gongkai.web.requests.actions.citizens import supplement_by_requester
from gongkai.web.requests.actions.receiving import Sent, confirm_receipt, register
from gongkai.web.requests.actions.stepping import void
from gongkai.web.requests.models import Case, CaseFile, Requester
from gongkai.web.requests.notices import send_due
from gongkai.web.requests.sealed import opener_of

pytestmark = pytest.mark.django_db(transaction=True)
# Invented, each in this file alone; both sums are right.
IDENTITY = "110105194912313562"
PHONE = "19900004217"
ADDRESS = "虚构区青藤里47号3单元902室"
ACCOUNT = "6222009900001234562"
NAME = "欧阳虚构三七"
MAIL = "xugou-ouyang-37@example.cn"
THIRD_PHONE = "19900008846"
THIRD_NAME = "虚构磐石路桥养护公司"
SECRETS = {
    "identity": IDENTITY,
    "phone": PHONE,
    "address": ADDRESS,
    "account": ACCOUNT,
    "name": NAME,
    "mail": MAIL,
    "third phone": THIRD_PHONE,
    "third name": THIRD_NAME,
    # As people also write them.
    "phone with blanks": "199 0000 4217",
    "phone with hyphens": "199-0000-4217",
    "account in fours": "6222 0099 0000 1234 562",
}
WORDS = (
    f"本人{NAME}，身份证{IDENTITY}，住{ADDRESS}，电话{PHONE}（199 0000 4217、199-0000-4217），邮箱{MAIL}，"
    f"账户{ACCOUNT}（6222 0099 0000 1234 562），申请公开北山镇养护资金的分配方案"
)
FACTS = {
    "name": NAME,
    "identity_number": IDENTITY,
    "phone": PHONE,
    "address": ADDRESS,
    "bank_account": ACCOUNT,
    "email": MAIL,
    "words": WORDS,
    "features": f"见本人{PHONE}短信，账户{ACCOUNT}",
    "reply_ways": ("post", "email"),
}
SCAN = PNG[:-8] + WORDS.encode() + PNG[-8:]


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.fixture
def town() -> House:
    house = platform.house("beishan", "虚构区北山镇人民政府", 2)
    office_of(house)
    return house


def test_no_byte_of_database_files_or_log_tells_who_asked(
    town: House, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    caplog.set_level(logging.DEBUG)
    _by_the_portal(town)
    _by_letter(town)
    _with_a_third_party(town)
    _with_a_fee(town)
    _what_goes_wrong(town)
    _with_an_account()
    case = Case.objects.exclude(requester=None).first()
    assert opener_of(case).open(Requester.objects.get(case=case), "phone") == PHONE  # it is there, sealed
    places = {"log": caplog.text.encode(), **dict(_raw())}
    assert sum(map(len, places.values())) > 500_000
    found = [
        f"{secret} as {writing} in {place}: …{_around(content, wanted)}…"
        for (secret, told), (place, content) in itertools.product(SECRETS.items(), places.items())
        for writing, wanted in _written(told)
        if wanted in content
    ]
    assert found == []


def _with_an_account() -> None:
    """The address proved, a request under it, and a link that is never used."""
    link = link_for(address=MAIL)
    assert link is not None
    told = enter_by_link(token=link.token)
    assert told is not None
    attach(account=told.account, case=Case.objects.latest("pk"))
    assert link_for(address=MAIL) is not None


def test_the_search_finds_what_is_hidden_the_worst(town: House) -> None:
    """What it looks for it would find: in a row that was deleted, in a packed value, in a file."""
    # Secrets of this test alone: on PostgreSQL those beside it have the server's folder in common with it.
    phone, identity = "19900003358", "110105194912318777"
    address, name = "虚构区紫藤里93号1单元", "司徒虚构五二"
    from gongkai.web.disclosure import file_store
    from gongkai.web.participation.models import Pace

    Pace.objects.create(key=f"a{phone}", count=1, until=dt.datetime(2026, 1, 1, tzinfo=dt.UTC)).delete()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE organs_organ SET address = %s", [base64.b64encode(address.encode()).decode()])
    file_store.store(b"x" + base64.b64encode(b"xx" + identity.encode()) + name.encode("gbk"))
    content = b"".join(content for _place, content in _raw())
    for secret in (phone, address, identity, name):
        assert any(wanted in content for _writing, wanted in _written(secret)), secret


# ---- what is done ----
# Texts are offered where there is a gateway for them; nobody answers at this one.
@override_settings(SMS_GATEWAY="http://127.0.0.1:9/sms", SMS_SECRET="shared-secret-of-a-test")
def _by_the_portal(town: House) -> None:
    """The form page by page with a scan, sent; the status page; withdrawn."""
    answers: dict[str, dict[str, Any]] = {
        "words": {"words": WORDS, "features": FACTS["features"]},
        "name": {"name": NAME},
        "identity": {"identity_kind": "resident", "identity_number": IDENTITY},
        "proof": {"files": SimpleUploadedFile(f"{NAME}{IDENTITY}.png", SCAN)},
        "ways": {"reply_ways": ["post", "email", "web"]},
        "contact": {"phone": PHONE, "address": ADDRESS, "email": MAIL, "notice_ways": ["email", "sms"]},
    }
    with at(day("2026-03-02")):
        never_sent = Citizen(town)
        never_sent.go_to("contact", **answers)  # its scan stays behind
        never_sent.press("next", phone=PHONE + "二", address=ADDRESS, email="不是邮箱" + MAIL)
        citizen = Citizen(town)
        answers["proof"] = {"files": SimpleUploadedFile(f"{NAME}{IDENTITY}.png", SCAN)}
        citizen.go_to("summary", **answers)
        assert citizen.send().status_code == 200
        number, code = citizen.number, citizen.code
        case = Case.objects.get(serial=1)
        confirm_receipt(by=town[Role.DISCLOSURE_OFFICE], case=case, on=day("2026-03-02"))
        send_due()
        page = looked_up(town, number, code)
        assert page.status_code == 200
        assert hidden(page, "ticket")
        looked_up(town, number, PHONE)
        looked_up(town, NAME, IDENTITY)


def _by_letter(town: House) -> None:
    """Written down by staff, split, merged, worked on inside, supplemented, decided, answered, served."""
    office, clerk = town[Role.DISCLOSURE_OFFICE], town[Role.CLERK]
    with at(day("2026-03-02")):
        scan = Sent(f"{NAME}来信.png", SCAN, "image/png")
        kept = register(
            by=office,
            organ=town.organ,
            asked=asked(**FACTS, representative=NAME, contact_person=NAME, agent=NAME),
            channel="ordinary-post",
            arrived_on=day("2026-02-27"),
            confirmed_on=day("2026-03-02"),
            files=[scan],
        ).case
        further = dividing.split(
            by=office,
            case=kept,
            parts=[WORDS, f"第二项：{WORDS}"],
            reason=f"{NAME}一信两事，已电话{PHONE}说明",
        )
        dividing.merge(by=office, case=further[0], into=kept, reason=f"{NAME}（{IDENTITY}）说实为一事")
        inside.write_note(by=clerk, case=kept, words=f"已电话{PHONE}联系{NAME}，住{ADDRESS}")
        inside.write_note(by=clerk, case=kept, words=f"退费账户{ACCOUNT}", kind="legal-opinion")
        task = inside.give_task(by=clerk, case=kept, unit=town.affairs, question=f"请查{NAME}（{IDENTITY}）")
        inside.answer_task(by=clerk, task=task, answer=f"{NAME}的信息在{ADDRESS}")
        filing.add_file(
            by=clerk, case=kept, name=f"{NAME}.txt", content=WORDS.encode(), media_type="text/plain"
        )
        row = CaseFile.objects.filter(case=kept, kind="request").first()
        assert row is not None
        filing.look_at_file(by=clerk, row=row, reason=f"核对{NAME}的申请")
        knowing.open_personal(by=clerk, case=kept, reason=f"寄到{ADDRESS}")
    course = Course(town, kept, f"同意，请寄{ADDRESS}{NAME}收")
    given = {"points": f"请{NAME}写明年度", "until": "2026-03-20", "unclear_point": f"{PHONE}所指不明"}
    course.sent(course.letter("supplement-notice", day("2026-03-04"), given=given), day("2026-03-04"))
    with at(day("2026-03-09")):
        paper = Sent(f"{NAME}补正.png", SCAN, "image/png", "supplement")
        supplement_by_requester(case=course.now(), words=f"{WORDS}，要2025年的", files=[paper])
    words = {"finding": f"{NAME}所申请信息可以公开。", "reasons": f"与{ADDRESS}有关", "obtained": PHONE}
    course.decided("OPEN-2", day("2026-03-16"), basis="given", words=words)
    letter = course.letter("reply", day("2026-03-16"), given={"information": f"寄{ADDRESS}的方案"})
    service = course.sent(letter, day("2026-03-16"))
    with at(day("2026-03-20")):
        serving.letter_returned(
            by=clerk, service=service, on=day("2026-03-20"), reason=f"{ADDRESS}查无{NAME}，电话{PHONE}"
        )
    course.arrived(course.sent(letter, day("2026-03-23")), day("2026-03-25"))


def _with_a_third_party(town: House) -> None:
    # A letter to somebody else with the requester's identity number in it would not be issued.
    facts = {**FACTS, "words": "申请公开北山镇养护资金的分配方案", "features": ""}
    course = Course.received(town, day("2026-03-02"), **facts)
    with at(day("2026-03-03")):
        party = consulting.add_party(
            by=town[Role.CLERK],
            case=course.case,
            kind="third-party",
            name=THIRD_NAME,
            phone=THIRD_PHONE,
            address=ADDRESS,
            rights=f"{NAME}所涉报价",
        )
    letter = course.letter("third-party-consultation", day("2026-03-03"), party=party)
    course.arrived(course.sent(letter, day("2026-03-03")), day("2026-03-05"))
    course.said(party, "objected", day("2026-03-10"), f"{THIRD_NAME}不同意，联系{THIRD_PHONE}")
    event = course.now().events.get(kind=EventKind.THIRD_PARTY_ANSWERED.value)
    with at(day("2026-03-10")):
        void(by=town[Role.DISCLOSURE_OFFICE], event=event, reason=f"{THIRD_NAME}（{THIRD_PHONE}）的日期写错")
    course.said(party, "objected", day("2026-03-09"), f"{THIRD_NAME}不同意")
    course.did(EventKind.WITHDRAWN, day("2026-03-12"), note=f"{NAME}来电{PHONE}撤回")


def _with_a_fee(town: House) -> None:
    for _ in range(10):
        Course.received(town, day("2026-04-01"), **FACTS)
    course = Course.received(town, day("2026-04-01"), **FACTS)
    with at(day("2026-04-03")):
        charging.reckon_fee(by=town[Role.CLERK], case=course.now(), basis="item", count=1)
    letter = course.letter("fee-notice", day("2026-04-03"), given={"reasons": f"{NAME}本月申请较多。"})
    course.arrived(course.sent(letter, day("2026-04-03")), day("2026-04-07"))
    with at(day("2026-04-08")):
        charging.take_payment(
            by=town[Role.CLERK],
            case=course.now(),
            amount=Decimal(100),
            on=day("2026-04-08"),
            receipt_number="000000001",
        )


def _what_goes_wrong(town: House) -> None:
    """Refused actions, a form sent after the sign-in was over, failures that are logged."""
    clerk = town[Role.CLERK]
    with at(day("2026-03-02")), pytest.raises(Invalid):
        register(
            by=clerk,
            organ=town.organ,
            asked=asked(**{**FACTS, "words": "", "email": PHONE}),
            channel=PHONE,
            arrived_on=day("2026-03-02"),
        )
    case = Case.objects.order_by("-pk").first()
    assert case is not None
    with pytest.raises(WorkError):
        consulting.add_party(by=clerk, case=case, kind=NAME, name=THIRD_NAME)
    signed_in = browser(clerk)
    signed_in.get("/work/")
    request = RequestFactory().post("/work/requests/new/", {"words": WORDS, "phone": PHONE, "name": NAME})
    request.COOKIES.update({name: one.value for name, one in signed_in.cookies.items()})
    assert keep(request)
    signed_in.get("/work/", {"next": PHONE, "q": NAME})
    signed_in.post("/work/sign-in/", {"login": NAME, "password": PHONE})


# ---- where it is looked for ----
def _raw() -> Iterator[tuple[str, bytes]]:
    """Every byte that lies on a disk, and every value unpacked."""
    for place in sorted(Path(settings.DATA).rglob("*")):
        if place.is_file():
            yield str(place.relative_to(settings.DATA)), place.read_bytes()
    yield from _of_sqlite() if connection.vendor == "sqlite" else _of_postgresql()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            yield f"table {table}", _flat(cursor.fetchall())


def _of_sqlite() -> Iterator[tuple[str, bytes]]:
    name = str(connection.settings_dict["NAME"])
    files = [Path(f"{name}{more}") for more in ("", "-wal", "-shm", "-journal")]
    found = [one for one in files if one.exists()]
    assert found[0].stat().st_size
    for one in found:
        yield one.name, bytes_in_use(one)


def _of_postgresql() -> Iterator[tuple[str, bytes]]:
    """The server's whole folder with its log: tables, indexes, what is written ahead."""
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute("SHOW data_directory")
        folder = Path(cursor.fetchone()[0])
    for place in sorted(folder.rglob("*")):
        try:
            content = place.read_bytes() if place.is_file() else b""
        except FileNotFoundError:  # gone in between
            continue
        if content:
            yield str(place.relative_to(folder)), content


def _flat(rows: Any) -> bytes:
    """Values as text, bytes as they are."""
    told = []
    for value in itertools.chain.from_iterable(rows):
        if isinstance(value, bytes | memoryview):
            told.append(bytes(value))
        else:
            told.append(str(value).encode("utf-8", "surrogatepass"))
    return b"\x1f".join(told)


def _written(secret: str) -> Iterator[tuple[str, bytes]]:
    """How a text may stand in bytes."""
    for name in ("utf-8", "utf-16-le", "utf-16-be", "gbk"):
        plain = secret.encode(name)
        yield name, plain
        for shift in range(3):
            # What stands before it moves it in the groups of three; its ends mix with its neighbours.
            told = base64.b64encode(b"\x00" * shift + plain)[(0, 2, 3)[shift] :]
            inner = told[: len(told) - 4] if (len(plain) + shift) % 3 else told
            yield f"base64 of {name}", inner
            yield f"urlsafe base64 of {name}", inner.translate(bytes.maketrans(b"+/", b"-_"))
        yield f"hex of {name}", plain.hex().encode()
    yield "json", json.dumps(secret)[1:-1].encode()
    yield "address", quote(secret).encode()
    yield "form", quote_plus(secret).encode()


def _around(content: bytes, wanted: bytes) -> str:
    where = content.index(wanted)
    return content[max(0, where - 60) : where + len(wanted) + 30].decode("utf-8", "replace")
