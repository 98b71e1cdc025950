"""The platform with an invented district in its database, and the windows in which its people work.

Everything goes through a real server with threads and the database as in use: SQLite in a file, or PostgreSQL
by `python -m tests.on_postgresql`. A window that complains (policy, scripts, missing files) fails its test.
"""

from __future__ import annotations

import datetime as dt
from contextlib import nullcontext
from dataclasses import dataclass, field
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIServer

from tests.web.platform import PASSWORD

DESK, PHONE = (1280, 900), (360, 740)


class PlatformServer(ThreadingMixIn, WSGIServer):
    """A thread for each request, with its connection to the database: else none could be emptied.

    `moment`: when it is in those threads, for a course of weeks; None: now.
    """

    daemon_threads = True
    moment: dt.datetime | None = None

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        from django.db import connections

        from gongkai.web.config import clock

        try:
            with clock.set_to(self.moment) if self.moment else nullcontext():
                super().process_request_thread(request, client_address)
        finally:
            connections.close_all()


@dataclass
class Windows:
    """Opens windows of a browser at the platform: each a person's own, with cookies of its own."""

    browser: Any
    site: str
    complaints: list[str] = field(default_factory=list)
    _open: list[Any] = field(default_factory=list)

    def anybody(self, size: tuple[int, int] = DESK, **options: Any) -> Any:
        """A window in which nobody has signed in. `options` as of a browser context."""
        context = self.browser.new_context(
            base_url=self.site, viewport={"width": size[0], "height": size[1]}, locale="zh-CN", **options
        )
        self._open.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("console", self._listen)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        return page

    def of(self, username: str, *, password: str = PASSWORD, **options: Any) -> Any:
        """A window in which a person has signed in through the page, as people do."""
        page = self.anybody(**options)
        sign_in(page, username, password)
        return page

    def citizen(self) -> Any:
        """Somebody outside, whose browser runs no scripts."""
        return self.anybody(java_script_enabled=False, accept_downloads=True)

    def expected(self, *statuses: int) -> None:
        """Answers of these kinds were wanted: the browser's notes of them are no complaints."""
        noted = tuple(
            words.format(one) for one in statuses for words in ("status of {} ", "Error Code {} from")
        )
        self.complaints[:] = [one for one in self.complaints if not any(note in one for note in noted)]

    def close(self) -> None:
        for context in self._open:
            context.close()

    def _listen(self, message: Any) -> None:
        if message.type == "error":
            self.complaints.append(f"{message.text} ({message.location.get('url', '')})")


def sign_in(page: Any, username: str, password: str = PASSWORD) -> None:
    page.goto("/work/sign-in/")
    page.fill("[name=login]", username)
    page.fill("[name=password]", password)
    page.click("button.sign-send >> nth=0")
