"""Normative documents in one place, those that no longer hold apart; when guide and rules changed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from tests.web.conftest import page, words
from tests.web.platform import House, published

from gongkai.web.disclosure.actions.ending import repeal
from gongkai.web.disclosure.models import Record
from gongkai.web.organs.models import Role

pytestmark = pytest.mark.django_db


def normative(town: House, number: str, **facts: Any) -> Record:
    usual = {"category": "20.01", "theme": "06", "document_number": number, "effective_on": "2020-01-01"}
    return published(town, kind="normative_document", **{**usual, "title": f"办法{number}", **facts})


def listed(client: Client, query: str = "") -> dict[str, list[str]]:
    tree = page(client.get(f"/o/beishan/documents/{query}"))
    return {
        section.css_first("h2").text().split("年")[0]: [one.text() for one in section.css("tbody th a")]  # type: ignore[union-attr]
        for section in tree.css(".platform-main section[aria-labelledby^=year]")
    }


def test_documents_stand_by_year_and_number(client: Client, town: House) -> None:
    for number in ("北政发〔2024〕9号", "北政发〔2025〕2号", "北政发〔2024〕21号"):
        normative(town, number)
    published(town, title="一般信息")
    assert listed(client) == {
        "2025": ["办法北政发〔2025〕2号"],
        "2024": ["办法北政发〔2024〕21号", "办法北政发〔2024〕9号"],
    }


def test_what_no_longer_holds_stands_apart(client: Client, town: House) -> None:
    normative(town, "北政发〔2024〕1号")
    normative(town, "北政发〔2022〕2号", expires_on="2024-12-31")
    gone = normative(town, "北政发〔2023〕3号")
    repeal(by=town[Role.UNIT_HEAD], record=gone, on=dt.date(2026, 4, 1), basis="北政发〔2026〕9号")
    assert listed(client) == {"2024": ["办法北政发〔2024〕1号"]}
    assert listed(client, "?state=ended") == {
        "2023": ["办法北政发〔2023〕3号"],
        "2022": ["办法北政发〔2022〕2号"],
    }


def test_a_document_that_runs_out_tonight_stands_apart_tomorrow(
    client: Client, town: House, monkeypatch: Any
) -> None:
    normative(town, "北政发〔2024〕1号", expires_on="2075-12-31")
    assert listed(client)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: dt.date(2076, 1, 1))
    assert listed(client) == {}
    assert listed(client, "?state=ended")


def test_the_guide_and_the_rules_say_when_they_last_changed(client: Client, town: House) -> None:
    published(town, kind="guide", title="指南", category="", body="<p>受理地点</p>")
    published(town, kind="own_rules", title="保密审查制度", category="")
    for column in ("guide", "rules"):
        assert "最近更新" in words(client.get(f"/o/beishan/?column={column}"))
