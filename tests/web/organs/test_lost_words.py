"""What was typed when the sign-in was over: kept sealed, given back to the same person, to nobody else."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from tests.web.conftest import page, words
from tests.web.organs.conftest import sign_in
from tests.web.platform import PASSWORD, District, draft, submitted
from tests.web.working import now, shown, waiting

from gongkai.web.organs.models import Role, Session
from gongkai.web.organs.signing_in import lost_words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("chain")]
SUMMARY = "写了一上午的内容概述，不能丢。"
BODY = "<p>写了一上午的正文。</p>"


def kept() -> list[str]:
    """The keys of all words kept, as they stand in the store."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT value FROM kept_values WHERE cache_key LIKE '%lost-words:%'")
        return [row[0] for row in cursor.fetchall()]


def end_session(client: Client, how: str, settings: Any) -> None:
    if how == "signed out in another tab":
        client.post("/work/sign-out/")
    elif how == "ended elsewhere":
        Session.objects.all().delete()
    else:
        session = client.session
        session["seen_at"] -= dt.timedelta(minutes=settings.IDLE_MINUTES, seconds=1).total_seconds()
        session.save()


@pytest.mark.parametrize("how", ["signed out in another tab", "ended elsewhere", "rested too long"])
def test_a_draft_sent_too_late_is_there_again_after_signing_in(
    land: District, browser: Any, settings: Any, how: str
) -> None:
    record = draft(land.town)
    address = f"/work/records/{record.pk}/edit/"
    client = browser(land.town[Role.CLERK])
    typed = {**shown(client.get(address)), "summary": SUMMARY, "body": BODY, "then": "save"}
    end_session(client, how, settings)
    refused = client.post(address, typed)
    assert refused.status_code == 302
    assert "没有保存到系统" in words(client.get(refused["Location"]))
    assert now(record).working.summary != SUMMARY
    signed_in = client.post(refused["Location"], {"login": "beishan.clerk", "password": PASSWORD})
    there = client.get(signed_in["Location"])
    assert SUMMARY in there.content.decode()
    again = str(page(there).css_first("main a.govuk-button").attributes["href"])  # type: ignore[union-attr]
    form = client.get(again)
    assert shown(form)["summary"] == SUMMARY
    assert "写了一上午的正文" in page(form).css_first("#body-shown").text()  # type: ignore[union-attr]
    assert "还没有保存" in words(form)
    assert kept() == []
    assert client.post(address, {**shown(form), "then": "save"}).status_code == 302
    assert now(record).working.summary == SUMMARY
    assert now(record).working.body == BODY


def test_an_opinion_sent_too_late_is_there_again(land: District, browser: Any) -> None:
    record = submitted(land.town)
    address = f"/work/reviews/{waiting(record).pk}/"
    client = browser(land.town[Role.UNIT_HEAD])
    opened = shown(client.get(address), ".review-panel form")
    client.post("/work/sign-out/")
    client.post(address, {**opened, "reason": "第二段应当改写，理由如下。", "decision": "return"})
    sign_in(client, "beishan.unit_head")
    form = client.get(f"{address}?{lost_words.MARK}=1")
    assert shown(form, ".review-panel form")["reason"] == "第二段应当改写，理由如下。"
    assert waiting(record).result == ""


def lose(client: Client, address: str, **fields: str) -> Any:
    client.post("/work/sign-out/")
    return client.post(address, {"summary": SUMMARY, **fields})


def test_nobody_else_gets_the_words(land: District, browser: Any) -> None:
    record = draft(land.town)
    address = f"/work/records/{record.pk}/edit/"
    client = browser(land.town[Role.CLERK])
    client.get(address)
    lose(client, address)
    token = client.cookies[lost_words.COOKIE].value
    sign_in(client, "beishan.leader")
    client.cookies[lost_words.COOKIE] = token
    for page_of in ("/work/lost-words/", f"{address}?{lost_words.MARK}=1"):
        assert SUMMARY not in client.get(page_of, follow=True).content.decode()
    assert len(kept()) == 1


def test_what_is_kept_can_be_read_by_nobody_with_the_store_alone(land: District, browser: Any) -> None:
    import base64
    import pickle

    client = browser(land.town[Role.CLERK])
    lose(client, "/work/records/new/", password="Geheim-2026-secret")
    (value,) = kept()
    plain = pickle.loads(base64.b64decode(value))
    for secret in (SUMMARY, "Geheim", "summary"):
        assert secret.encode() not in plain
    sign_in(client, "beishan.clerk")
    there = client.get("/work/lost-words/").content.decode()
    assert SUMMARY in there
    assert "Geheim" not in there


def test_for_a_stranger_nothing_is_kept(land: District, browser: Any) -> None:
    for cookie in ("", "1", "1:forged"):
        client = browser()
        if cookie:
            client.cookies["worked_here"] = cookie
        answer = client.post("/work/records/new/", {"summary": SUMMARY})
        assert answer.status_code == 302
        assert kept() == []


def test_a_form_sent_over_and_over_fills_no_store(land: District, browser: Any) -> None:
    client = browser(land.town[Role.CLERK])
    client.post("/work/sign-out/")
    for _ in range(30):
        client.post("/work/records/new/", {"summary": SUMMARY})
    client.post("/work/records/new/", {"summary": "字" * 500_000})
    assert 1 <= len(kept()) <= 10


def test_a_form_from_before_a_new_sign_in_is_given_back_and_not_thrown_away(
    land: District, browser: Any
) -> None:
    cache.clear()
    record = draft(land.town)
    address = f"/work/records/{record.pk}/edit/"
    client = browser(land.town[Role.CLERK], enforce_csrf_checks=False)
    client.handler.enforce_csrf_checks = True
    opened = shown(client.get(address))
    refused = client.post(address, {**opened, "summary": SUMMARY, "csrfmiddlewaretoken": "x" * 64})
    assert refused.status_code == 403
    assert SUMMARY in refused.content.decode()
    again = str(page(refused).css_first("main a.govuk-button").attributes["href"])  # type: ignore[union-attr]
    assert shown(client.get(again))["summary"] == SUMMARY
    assert now(record).working.summary != SUMMARY


def test_what_was_typed_where_it_is_not_allowed_is_given_back_to_be_copied(
    land: District, browser: Any
) -> None:
    """An administrator whose duty ended while the form was open: refused, and nothing typed is lost."""
    unit = land.town.affairs
    client = browser(land.town[Role.CLERK])
    sent = {"name": "社会事务和应急管理办公室（新设）", "why": SUMMARY, "password": "不能显示的口令"}
    refused = client.post(f"/work/settings/units/{unit.pk}/", sent)
    assert refused.status_code == 403
    shown_again = [one.text() for one in page(refused).css("textarea[readonly]")]
    assert shown_again == [sent["name"], SUMMARY]
    assert "不能显示的口令" not in refused.content.decode()
    assert page(client.get(f"/work/settings/units/{unit.pk}/")).css("textarea") == []


def test_a_script_that_asks_for_checks_is_told_and_keeps_nothing(land: District, browser: Any) -> None:
    record = draft(land.town)
    client = browser(land.town[Role.CLERK])
    client.post("/work/sign-out/")
    answer = client.post(
        f"/work/records/{record.pk}/check/", {"summary": SUMMARY}, headers={"hx-request": "true"}
    )
    assert "登录已过期" in answer.content.decode()
    assert kept() == []
