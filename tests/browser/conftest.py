"""A real browser and a real server for the page's journeys. Without Chromium they are skipped, and say so."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.web.config.settings")
os.environ.setdefault("GONGKAI_READERS", "1")
# Playwright keeps a loop in this thread; the database is used between its calls, never within one.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
REPOSITORY = Path(__file__).resolve().parents[2]
SAMPLES = REPOSITORY / "samples"
REAL_REPORTS = REPOSITORY.parent / "shared" / "reports"


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Requests are not printed between test results."""


@pytest.fixture(scope="session")
def site() -> Iterator[str]:
    """The platform on a free port: its address without a slash at the end."""
    from gongkai.web.config.wsgi import application

    with make_server("127.0.0.1", 0, application, server_class=Server, handler_class=Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    if not Path(CHROMIUM).exists():
        pytest.skip("Chromium is not installed: browser journeys are not tested (apt-get install chromium)")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as driver:
        launched = driver.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield launched
        launched.close()


@pytest.fixture
def complaints() -> list[str]:
    """What the browser's console complained about: policy violations, script errors, missing files."""
    return []


@pytest.fixture
def page(browser: Any, site: str, complaints: list[str]) -> Iterator[Any]:
    """A desktop window at the start page; the test fails if the console complains."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=site)
    opened = context.new_page()
    opened.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.goto("/")
    yield opened
    context.close()
    assert complaints == []


@pytest.fixture
def page_without_scripts(browser: Any, site: str) -> Iterator[Any]:
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, base_url=site, java_script_enabled=False
    )
    opened = context.new_page()
    opened.goto("/")
    yield opened
    context.close()


@pytest.fixture
def phone(browser: Any, site: str) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 360, "height": 740}, base_url=site)
    opened = context.new_page()
    opened.goto("/")
    yield opened
    context.close()


@pytest.fixture(scope="session")
def platform_server() -> Iterator[Any]:
    """The platform with a database behind it, on a free port."""
    from tests.browser.platform_site import PlatformServer

    from gongkai.web.config.wsgi import application

    with make_server("127.0.0.1", 0, application, server_class=PlatformServer, handler_class=Quiet) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture(scope="session")
def platform_address(platform_server: Any) -> str:
    """Where the platform is: its address without a slash at the end."""
    return f"http://127.0.0.1:{platform_server.server_port}"


@pytest.fixture
def invented(transactional_db: None, settings: Any, tmp_path: Path) -> Any:
    """The district of tests/web/platform.py in a database that the server's threads see."""
    from django.core.cache import caches
    from tests.web import platform

    settings.DATA = tmp_path
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick, for tests alone
    for cache in caches.all():
        cache.clear()
    return platform.district()


@pytest.fixture
def windows(browser: Any, platform_address: str, invented: Any) -> Iterator[Any]:
    """Windows at the platform; the test fails if the console of one complains."""
    from tests.browser.platform_site import Windows

    opened = Windows(browser, platform_address)
    yield opened
    opened.close()
    assert opened.complaints == []


@pytest.fixture
def whole_log(invented: Any) -> Iterator[None]:
    """After the test, `gongkai audit verify` finds nothing."""
    from gongkai.web.audit.verifying import verify

    yield
    assert [fault.zh for fault in verify().faults] == []


def drop(page: Any, *files: Path) -> None:
    """Drops files onto the zone as a person does with the mouse."""
    import base64

    content = [[file.name, base64.b64encode(file.read_bytes()).decode()] for file in files]
    data = page.evaluate_handle(
        """(files) => {
            const data = new DataTransfer();
            for (const [name, text] of files) {
                const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
                data.items.add(new File([bytes], name));
            }
            return data;
        }""",
        content,
    )
    for event in ("dragenter", "dragover", "drop"):
        page.dispatch_event(".drop-zone", event, {"dataTransfer": data})


def real_report() -> Path:
    """A real report as its publisher put it out, in pdf if there is one."""
    found = sorted(REAL_REPORTS.glob("*.pdf")) or sorted(REAL_REPORTS.glob("*.txt"))
    if not found:
        pytest.skip(f"no real reports at {REAL_REPORTS.name}/: dropping one is not tested")
    return found[0]
