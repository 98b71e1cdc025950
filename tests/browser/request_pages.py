"""A request's way through the pages: what each of its people presses and types, in one line each.

All windows are as narrow as a phone, and no page may be wider. The citizen's browser runs no scripts. Each
goes on by what the pages offer, as a person does: a link or a button that is not there is an error here.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import Client
from tests.browser.platform_site import PHONE, PlatformServer, Windows
from tests.browser.test_checking_journeys import page_scrolls_sideways
from tests.web.platform import House
from tests.web.requests.asking import ADDRESS, IDENTITY, NAME, at
from tests.web.requests.asking import PHONE as TELEPHONE
from tests.web.requests.citizen_asking import WANTED
from tests.web.requests.journeys import office_of, pdf_words
from tests.web.working import BACKEND

from gongkai.web.organs.models import Role
from gongkai.web.requests.models import Case

APPROVERS = (Role.UNIT_HEAD, Role.SECRECY_OFFICER, Role.LEADER)
MORNING = dt.time(9, tzinfo=dt.timezone(dt.timedelta(hours=8)))
PATIENT = 30_000  # milliseconds: many tests run beside these
TRACKING = "XA00000001"
MAIL = "qian-shili@example.cn"
# A letter as the counter copies it.
WRITTEN = {
    "requester_kind": "natural_person",
    "name": NAME,
    "identity_kind": "resident",
    "identity_number": IDENTITY,
    "phone": TELEPHONE,
    "address": ADDRESS,
    "words": WANTED,
    "reply_ways": "post",
}
# What stands where a name is masked, and where no font has the sign.
MASKS = ("*", "＊", "××", "某", "〓", "{", "}")


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def bare(words: str) -> str:
    return "".join(words.split())


@dataclass
class Journey:
    """A request with all who have to do with it. `number`, `code`: as the receipt says them."""

    windows: Windows
    server: PlatformServer
    house: House
    number: str = ""
    code: str = ""
    _pages: dict[str, Any] = field(default_factory=dict)
    _sessions: dict[Role, str] = field(default_factory=dict)

    def on(self, date: str) -> Journey:
        """From here it is that day, for everybody."""
        self.server.moment = dt.datetime.combine(day(date), MORNING)
        return self

    @property
    def today(self) -> dt.date:
        assert self.server.moment is not None
        return self.server.moment.date()

    @property
    def case(self) -> Case:
        """As the database has it today."""
        year, serial = re.findall(r"\d+", self.number)
        with at(self.today):
            return Case.objects.get(year=int(year), serial=int(serial), organ=self.house.organ)

    # ---- the citizen ----

    @property
    def citizen(self) -> Any:
        if "citizen" not in self._pages:
            self._pages["citizen"] = self._window(java_script_enabled=False)
        return self._pages["citizen"]

    def asks(self, words: str = WANTED, ways: tuple[str, ...] = ("post", "web")) -> Journey:
        """From the organ's page to the receipt, question by question."""
        page = self.citizen
        self._to(page, f"/o/{self.house.organ.code}/")
        self._press(page, page.get_by_role("link", name="依申请公开").first)
        self._press(page, page.get_by_role("link", name="开始填写申请"))
        for _ in range(14):
            step = page.locator("main input[name=at]").first.get_attribute("value")
            if step == "summary":
                break
            self._answers(page, str(step), words, ways)
            self._press(page, page.locator("main .form-send button[value=next]"))
        for told in (words, IDENTITY, NAME, ADDRESS):
            assert told in page.inner_text("main"), told
        self._press(page, page.locator(".govuk-button[value=send]"))
        self.number, self.code = page.inner_text(".receipt-number"), page.inner_text(".receipt-code")
        return self

    def _answers(self, page: Any, step: str, words: str, ways: tuple[str, ...]) -> None:
        if step in ("kind", "wanted", "who"):
            name = {"kind": "kind", "wanted": "wanted_form", "who": "requester_kind"}[step]
            value = {"kind": "information", "wanted": "electronic", "who": "natural_person"}[step]
            page.check(f"[name={name}][value={value}]")
        elif step == "words":
            page.fill("[name=words]", words)
        elif step == "name":
            page.fill("[name=name]", NAME)
        elif step == "identity":
            page.check("[name=identity_kind][value=resident]")
            page.fill("[name=identity_number]", IDENTITY)
        elif step == "proof":
            page.check("[name=proof_later]")
        elif step == "ways":
            for way in ways:
                page.check(f"[name=reply_ways][value={way}]")
        elif step == "contact":
            page.fill("[name=phone]", TELEPHONE)
            page.fill("[name=address]", ADDRESS)
            if "email" in ways:
                page.fill("[name=email]", MAIL)

    def looks(self) -> str:
        """What the status page tells the citizen."""
        page = self.citizen
        self._to(page, f"/o/{self.house.organ.code}/")
        self._press(page, page.get_by_role("link", name="依申请公开").first)
        self._press(page, page.locator("main").get_by_role("link", name="办理查询"))
        page.fill("[name=number]", self.number)
        page.fill("[name=code]", self.code)
        self._press(page, page.get_by_role("button", name="查询", exact=True))
        return bare(page.inner_text("main"))

    def supplements(self, words: str) -> str:
        self.looks()
        self.citizen.fill("[name=words]", words)
        self._press(self.citizen, self.citizen.get_by_role("button", name="提交补正"))
        return bare(self.citizen.inner_text("main"))

    def withdraws(self) -> str:
        self.looks()
        for _ in range(2):  # asked once more
            self._press(self.citizen, self.citizen.get_by_role("button", name="撤回申请", exact=True))
        return bare(self.citizen.inner_text("main"))

    def fetches(self, name: str) -> Path:
        """A letter or a file that the status page has, saved."""
        return self._saved(self.citizen, self.citizen.get_by_role("button", name=name))

    # ---- the staff ----

    def desk(self, role: Role) -> Any:
        """The office's window with that person signed in: how they sign in by the page is told elsewhere."""
        if "staff" not in self._pages:
            self._pages["staff"] = self._window()
        page = self._pages["staff"]
        if role not in self._sessions:
            client = Client()
            client.force_login(self.house[role], backend=BACKEND)
            self._sessions[role] = client.cookies[settings.SESSION_COOKIE_NAME].value
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": self._sessions[role]}
        page.context.add_cookies([{**cookie, "url": self.windows.site}])
        return page

    def at_case(self, role: Role) -> Any:
        """The page of the request in a person's window, from the list of what waits, or of all."""
        page = self.desk(role)
        self._to(page, "/work/requests/?tab=all")
        self._press(page, page.get_by_role("link", name=self.number, exact=True))
        return page

    def steps(self, role: Role, *links: str, **typed: str) -> Any:
        """From the request's page by those links to a form, which is filled in and sent."""
        page = self.at_case(role)
        for words in links:
            self.goes(page, words)
        self.sends_form(page, **typed)
        return page

    def goes(self, page: Any, words: str) -> None:
        """By the link of exactly those words."""
        self._press(page, page.locator("main").get_by_role("link", name=words, exact=True).first)

    def sends_form(self, page: Any, button: str = "", **typed: str) -> None:
        """Fills in fields by their names, and sends the form. `button`: its words, where it has more."""
        for name, value in typed.items():
            self._types(page, name, value)
        buttons = page.locator("main form.plain-form .form-send button")
        self._press(page, buttons.get_by_text(button, exact=True) if button else buttons.first)
        errors = page.locator(".govuk-error-summary")
        assert not errors.count(), errors.first.inner_text()

    def _types(self, page: Any, name: str, value: str) -> None:
        first = page.locator(f"main [name='{name}']").first
        kind = str(first.evaluate("one => one.type"))
        if kind in ("radio", "checkbox"):
            for one in value.split(","):
                page.check(f"main [name='{name}']" + (f"[value='{one}']" if one != "on" else ""))
        elif kind.startswith("select"):
            page.select_option(f"main [name='{name}']", value)
        else:
            first.fill(value)

    def counter(self, **how: str) -> Journey:
        """The office writes down what came another way; number and code stand on the receipt."""
        page = self.desk(Role.DISCLOSURE_OFFICE)
        self._to(page, "/work/requests/")
        self.goes(page, "登记申请")
        self.sends_form(page, **how, **WRITTEN)
        self._press(page, page.get_by_role("button", name="登记，给出编号"))
        self.number, self.code = (
            page.locator(f"main div:has(> dt:text-is('{words}')) dd").inner_text()
            for words in ("编号", "查询码")
        )
        return self

    def confirmed(self) -> Case:
        """The office confirms the receipt of what came by the portal (REG.31)."""
        self.steps(Role.DISCLOSURE_OFFICE, "确认收到")
        return self.case

    def letter(self, *links: str, **facts: str) -> str:
        """A letter drafted and issued by the clerk, by links from the request's page; its words."""
        return self.issued(self.at_case(Role.CLERK), *links, **facts)

    def issued(self, page: Any, *links: str, **facts: str) -> str:
        """From a page to the form of a letter, to the letter issued; its words as the PDF has them."""
        for words in links:
            self.goes(page, words)
        self.sends_form(page, **{self._field(name): value for name, value in facts.items()})
        self.goes(page, "签发")
        self.sends_form(page)
        return pdf_words(self._saved(page, page.get_by_role("link", name="下载PDF")))

    @staticmethod
    def _field(name: str) -> str:
        return name if name in ("online", "party") else f"f_{name}"

    def sent(self, way: str = "mail") -> None:
        """The letter in the clerk's window goes out today."""
        page = self.desk(Role.CLERK)
        self.goes(page, "送达")
        number = {"tracking_number": TRACKING} if way == "mail" else {}
        self.sends_form(page, way=way, on=self.today.isoformat(), **number)

    def arrived(self, kind: str) -> None:
        """Today somebody has that letter: written down on the letter's page."""
        page = self.at_case(Role.CLERK)
        self.goes(page, kind)
        self.goes(page, "记录签收")
        self.sends_form(page, on=self.today.isoformat())

    def decided(self, outcome: str, **facts: str) -> None:
        """Drafted by the clerk, approved by three, each in a window of their own."""
        page = self.at_case(Role.CLERK)
        self.goes(page, "拟写决定")
        page.select_option("[name=outcome]", outcome)
        self._press(page, page.get_by_role("button", name="换成所选的办理结果"))
        self.sends_form(page, "保存并送审", **facts)
        for role in APPROVERS:
            other = self.desk(role)
            self._to(other, "/work/requests/approvals/")
            self._press(other, other.get_by_role("link", name=self.number, exact=True))
            other.fill("[name=reason]", "同意")
            self._press(other, other.get_by_role("button", name="通过", exact=True))

    def releases(self, name: str, media_type: str, content: bytes) -> None:
        """A file that goes out with the reply, looked at before it does."""
        page = self.at_case(Role.CLERK)
        self.goes(page, "拟写决定")
        self.goes(page, "随答复提供的文件")
        page.set_input_files("[name=papers]", [{"name": name, "mimeType": media_type, "buffer": content}])
        self.sends_form(page)
        self.goes(page, "检查并公开")
        self.sends_form(page)
        assert "予以公开" in page.inner_text("main .print-list")

    def asks_party(self, name: str) -> str:
        """A third party written down, and a letter for it; the letter's words."""
        self.steps(
            Role.CLERK, "登记、征求意见", "登记一方", kind="third-party", name=name, address="虚构路1号"
        )
        return self.issued(self.desk(Role.CLERK), "拟写征求意见书")

    def party_says(self, opinion: str, words: str) -> None:
        links = ("登记、征求意见", "第三方1", "记录意见")
        self.steps(Role.CLERK, *links, opinion=opinion, on=self.today.isoformat(), words=words)

    def may(self, role: Role, words: str) -> bool:
        """Whether the request's page offers that step now."""
        return bool(self.at_case(role).get_by_role("link", name=words, exact=True).count())

    def reply(self, **facts: str) -> str:
        return self.letter("拟写、签发答复书", "答复书", **facts)

    # ---- any page ----

    def _window(self, **options: Any) -> Any:
        page = self.windows.anybody(PHONE, accept_downloads=True, **options)
        page.set_default_timeout(PATIENT)
        return page

    def _to(self, page: Any, address: str) -> None:
        page.goto(address)
        self._sound(page)

    def _press(self, page: Any, what: Any) -> None:
        what.click()
        self._sound(page)

    @staticmethod
    def _sound(page: Any) -> None:
        page.wait_for_load_state()
        assert not page_scrolls_sideways(page), f"{page.url} is wider than a phone"

    @staticmethod
    def _saved(page: Any, what: Any) -> Path:
        with page.expect_download() as saved:
            what.click()
        return Path(saved.value.path())


def journey_of(windows: Windows, server: PlatformServer, house: House) -> Journey:
    """Of a request to an organ whose office has said what its letters must tell."""
    office_of(house)
    return Journey(windows, server, house)
