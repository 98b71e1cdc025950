"""How pages and files are answered: no cookie, asked after each time, files that never run."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from tests.web.platform import District, House
from tests.web.portal import releasing
from tests.web.portal.releasing import FILE_NAME, PNG
from tests.web.portal.test_visibility import addresses

from gongkai.web.disclosure import file_store
from gongkai.web.disclosure.actions.ending import repeal
from gongkai.web.disclosure.models import Attachment
from gongkai.web.organs.models import Role, Session

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages(town: House) -> list[str]:
    record = releasing.amended(town)
    base = f"/o/beishan/records/{record.pk}/"
    return [
        "/o/",
        "/o/beishan/",
        "/o/beishan/?column=guide",
        "/o/beishan/?category=20.12",
        base,
        f"{base}versions/1/",
    ]


def test_no_page_sets_a_cookie_or_begins_a_session(client: Client, pages: list[str]) -> None:
    for address in [*pages, "/o/nowhere/"]:
        answer = client.get(address)
        assert "Set-Cookie" not in answer.headers, address
        assert not answer.cookies
    assert not Session.objects.exists()


def test_a_page_is_kept_but_asked_after(client: Client, pages: list[str]) -> None:
    for address in pages:
        first = client.get(address)
        kept = first.headers["Cache-Control"]
        assert kept == "public, no-cache" if "/records/" in address else "max-age=0, s-maxage=10" in kept
        again = client.get(address, headers={"if-none-match": first.headers["ETag"]})
        assert again.status_code == 304, address
        assert again.content == b""
        assert again.headers["ETag"] == first.headers["ETag"]
        assert again.headers["Cache-Control"] == kept


def test_who_has_a_cookie_asks_every_time(client: Client, pages: list[str]) -> None:
    for address in pages:
        answer = client.get(address, headers={"cookie": "language=en"})
        assert answer.headers["Cache-Control"] == "public, no-cache"


def test_the_mark_differs_with_the_language(client: Client, pages: list[str]) -> None:
    for address in pages:
        chinese = client.get(address)
        english = client.get(address, headers={"cookie": "language=en"})
        assert chinese.headers["ETag"] != english.headers["ETag"]
        assert "Cookie" in chinese.headers["Vary"]


def test_a_repeal_shows_at_once_to_whoever_has_the_page(client: Client, town: House) -> None:
    record = releasing.public(town)
    address = f"/o/beishan/records/{record.pk}/"
    etag = client.get(address).headers["ETag"]
    repeal(by=town[Role.UNIT_HEAD], record=record, on=dt.date(2026, 4, 1), basis="北政发〔2026〕9号")
    answer = client.get(
        address, headers={"if-none-match": etag, "if-modified-since": "Fri, 01 Jan 2100 00:00:00 GMT"}
    )
    assert answer.status_code == 200
    assert "北政发〔2026〕9号" in answer.content.decode()


def test_what_is_withdrawn_is_gone_for_whoever_has_it(client: Client, town: House) -> None:
    record = releasing.public(town)
    _, file, picture = addresses(record, "beishan", 1)
    kept = {address: client.get(address).headers["ETag"] for address in (file, picture)}
    releasing.withdrawn(town, record)
    for address, etag in kept.items():
        assert client.get(address, headers={"if-none-match": etag}).status_code == 404


def test_head_tells_what_get_tells(client: Client, town: House, pages: list[str]) -> None:
    record = releasing.public(town)
    _, file, picture = addresses(record, "beishan", 1)
    for address in [*pages, file, picture]:
        asked, told = client.get(address), client.head(address)
        assert told.status_code == asked.status_code == 200
        assert told.content == b""
        for name in ("ETag", "Content-Type", "Content-Length", "Cache-Control"):
            assert told.headers[name] == asked.headers[name], (address, name)


def test_a_file_is_saved_under_its_name_and_runs_nowhere(client: Client, town: House) -> None:
    record = releasing.public(town)
    _, file, _ = addresses(record, "beishan", 1)
    answer = client.get(file)
    assert answer.content == "名称,数量\n沙袋,500\n".encode()
    from urllib.parse import quote

    assert answer.headers["Content-Disposition"] == f"attachment; filename*=utf-8''{quote(FILE_NAME)}"
    assert answer.headers["Content-Type"] == "text/csv"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_a_file_that_calls_itself_a_page_is_bytes(client: Client, town: House) -> None:
    """Whatever kind a row names: only kinds that may be attached are told to a browser."""
    record = releasing.drafted(town)
    Attachment.objects.filter(version__record=record).update(
        media_type="text/html", name='a"\r\nX-Evil: 1.html'
    )
    record = releasing.let_out(town, record)
    _, file, _ = addresses(record, "beishan", 1)
    answer = client.get(file)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "X-Evil" not in answer.headers


def test_a_picture_is_shown_and_runs_nowhere(client: Client, town: House) -> None:
    record = releasing.public(town)
    page = client.get(f"/o/beishan/records/{record.pk}/").content.decode()
    _, _, picture = addresses(record, "beishan", 1)
    assert f'<img src="{picture}" alt="示意图" loading="lazy">' in page
    answer = client.get(picture)
    assert answer.content == PNG
    assert answer.headers["Content-Type"] == "image/png"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_the_code_to_photograph_is_a_picture_without_script(client: Client, town: House) -> None:
    record = releasing.public(town)
    answer = client.get(f"/o/beishan/records/{record.pk}/qr.svg")
    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert b"<script" not in answer.content
    assert b"style=" not in answer.content


def test_a_lost_file_is_said_to_be_lost(client: Client, town: House, caplog: Any) -> None:
    record = releasing.public(town)
    _, file, _ = addresses(record, "beishan", 1)
    file_store.path_of(Attachment.objects.get(version__record=record).sha256).unlink()
    answer = client.get(file)
    assert answer.status_code == 503
    assert "暂时无法提供" in answer.content.decode()
    assert "file_missing" in caplog.text


def test_pages_keep_to_own_files(client: Client, pages: list[str]) -> None:
    for address in pages:
        answer = client.get(address)
        assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
        page = answer.content.decode()
        assert " style=" not in page
        assert "<style" not in page
        assert " onclick=" not in page


def test_an_organs_colour_comes_with_its_page(client: Client, district: District) -> None:
    from tests.web.conftest import page

    organ = district.town.organ
    organ.band_colour = "#0b4f6c"
    organ.save()
    sheets = [
        one.attributes["href"] or "" for one in page(client.get("/o/beishan/")).css("link[rel=stylesheet]")
    ]
    own = next(one for one in sheets if "/o/beishan/" in one)
    assert "#0b4f6c" in client.get(own).content.decode()
