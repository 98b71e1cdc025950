"""The first page: what it offers, what it says, what it is sent with."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from tests.web.conftest import page, planted, words

from gongkai.annual.checking import RULES
from gongkai.web.annual_reports.check_groups import check_groups


def test_the_page_offers_one_file_field_that_takes_several_files(client: Client) -> None:
    field = page(client.get("/")).css_first("form.upload input[type=file][name=files]")
    assert field is not None
    assert "multiple" in field.attributes


def test_the_page_says_its_limits_and_that_nothing_is_kept(client: Client) -> None:
    said = words(client.get("/"))
    assert "一次最多 20 个，每个不超过 20 MB，合计不超过 50 MB" in said
    assert "不写入磁盘，不留存" in said


def test_every_check_stands_in_exactly_one_group_and_the_page_counts_them() -> None:
    grouped = [rule.name for group in check_groups() for rule in group.rules]
    assert sorted(grouped) == sorted(rule.name for rule in RULES if rule.severity != "off")


def test_the_counts_on_the_page_are_those_of_the_rules(client: Client) -> None:
    response = client.get("/")
    on = sum(rule.severity != "off" for rule in RULES)
    assert f"核对什么：{on} 项规则" in words(response)
    assert len(page(response).css(".check-groups .govuk-details ul li")) == on


def test_every_sample_is_offered_with_a_button(client: Client) -> None:
    buttons = page(client.get("/")).css("form.samples button[name=sample]")
    assert [b.attributes["value"] for b in buttons] == [entry["file"] for entry in planted()]


def test_without_a_samples_folder_no_samples_are_offered(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "SAMPLES", tmp_path / "nowhere")
    response = client.get("/")
    assert response.status_code == 200
    assert "试一试" not in words(response)


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("X-Frame-Options", "DENY"),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
    ],
)
def test_security_headers_are_sent(client: Client, header: str, value: str) -> None:
    assert client.get("/").headers[header] == value


def test_the_content_policy_allows_own_files_alone(client: Client) -> None:
    policy = client.get("/").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_no_page_uses_inline_script_or_style(client: Client) -> None:
    for response in (client.get("/"), client.get("/nothing")):
        tree = page(response)
        assert [s for s in tree.css("script") if s.text().strip()] == []
        assert tree.css("style, [style]") == []


@pytest.mark.parametrize(
    "address", ["vendor/govuk/govuk.css", "vendor/htmx/htmx.min.js", "gongkai/tokens.css", "gongkai/page.js"]
)
def test_static_files_are_served_without_a_build(client: Client, address: str) -> None:
    response = client.get(f"/static/{address}")
    assert response.status_code == 200
    assert len(response.getvalue()) > 500


def test_every_static_file_that_a_page_names_is_there(client: Client) -> None:
    tree = page(client.get("/"))
    named: list[Any] = [e.attributes.get("href") or e.attributes.get("src") for e in tree.css("link, script")]
    assert len(named) > 5
    for address in named:
        assert client.get(address).status_code == 200, address


def test_a_start_page_is_never_kept_by_a_cache(client: Client) -> None:
    assert "no-store" in client.get("/").headers["Cache-Control"]


@pytest.mark.django_db
def test_the_top_line_leads_to_the_directory_of_organs_and_to_the_workspace(client: Client) -> None:
    links = page(client.get("/")).css(".site-top-line .top-links a")
    assert [link.attributes["href"] for link in links] == ["/o/", "/work/"]
    assert client.get("/o/").status_code == 200
    assert client.get("/work/").status_code == 302
