"""The settings of requests: what letters still lack, the chain of approval, the texts of letters."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.web.conftest import page
from tests.web.platform import House
from tests.web.requests.asking import at, received
from tests.web.requests.test_decision_pages import at_page, words
from tests.web.working import browser, fill, shown

from gongkai.documents.letters import default_text
from gongkai.web.audit.verifying import verify
from gongkai.web.organs.models import Role
from gongkai.web.requests.actions.deciding import plan_of
from gongkai.web.requests.actions.lettering import draft_letter, read_letter
from gongkai.web.requests.models import LetterTemplate, Office
from gongkai.web.requests.sealed import opener_of

pytestmark = pytest.mark.django_db
DAY = dt.date(2025, 9, 26)
ASKED = dt.date(2025, 9, 29)


def test_what_letters_lack_is_said_until_it_is_settled(town: House) -> None:
    client = browser(town[Role.DISCLOSURE_OFFICE])
    first = client.get(at_page("office"))
    assert "法院" in words(first)
    facts = {
        "letter_code": "北政",
        "superior": "虚构区人民政府",
        "basic_court": "虚构区人民法院",
        "intermediate_court": "虚构市中级人民法院",
        "online_channel": "https://fuyi.example.cn",
        "payment": "到窗口缴纳",
        "takes_fax": "on",
    }
    told = fill(client, at_page("office"), **facts)
    assert told.status_code == 302, words(told)
    office = Office.objects.get(organ=town.organ)
    assert (office.letter_code, office.takes_fax, office.takes_email) == ("北政", True, False)
    lacks = page(client.get(at_page("office"))).css_first("#lacking-title").parent.text()
    assert "法院" not in lacks.replace("复议机关、法院", "")
    assert shown(client.get(at_page("office")))["payment"] == "到窗口缴纳"
    assert verify().faults == []


def test_a_pattern_without_a_number_is_refused_at_its_field(town: House) -> None:
    client = browser(town[Role.DISCLOSURE_OFFICE])
    told = fill(client, at_page("office"), number_pattern="{organ_code}公开告", payment="到窗口缴纳")
    assert told.status_code == 422
    assert page(told).css("#id_number_pattern-error")
    assert shown(told)["payment"] == "到窗口缴纳"


def test_the_chain_is_set_and_never_without_the_secrecy_review(town: House) -> None:
    client = browser(town[Role.ADMINISTRATOR])
    address = at_page("approval_plan")
    told = fill(client, address, order_unit_head="", order_secrecy_officer="1", order_leader="2")
    assert told.status_code == 302, words(told)
    assert [one.step for one in plan_of(town.organ)] == ["secrecy_officer", "leader"]
    told = fill(client, address, order_secrecy_officer="")
    assert told.status_code == 422
    assert "保密审查" in words(told)


def test_an_office_words_a_letter_its_own_way_and_goes_back(town: House) -> None:
    client = browser(town[Role.DISCLOSURE_OFFICE])
    assert "补正告知书" in words(client.get(at_page("templates")))
    address = at_page("template", "supplement-notice")
    first = client.get(address)
    assert "【申请人】" in words(first)
    text = default_text("supplement-notice") + "\n如有疑问请来电。"
    tried = fill(client, address, text=text, do="try")
    assert "如有疑问请来电。" in page(tried).css_first(".document").text()
    assert not LetterTemplate.objects.exists()
    told = fill(client, address, text=text, do="save")
    assert told.status_code == 302, words(told)
    case = received(town, DAY)
    given = {"points": "请写明年度", "until": "2025-10-24", "unclear_point": "未写明年度。"}
    with at(ASKED):
        letter = draft_letter(by=town[Role.CLERK], case=case, kind="supplement-notice", given=given)
    assert "如有疑问请来电。" in read_letter(letter, opener_of(case))[0].text
    told = fill(client, address, do="shipped")
    assert told.status_code == 302
    assert not LetterTemplate.objects.filter(is_current=True).exists()


def test_a_template_with_an_error_names_the_line_and_keeps_the_text(town: House) -> None:
    client = browser(town[Role.DISCLOSURE_OFFICE])
    address = at_page("template", "supplement-notice")
    lines = default_text("supplement-notice").split("\n")
    lines[2] += "{没有的内容}"
    for do in ("try", "save"):
        told = fill(client, address, text="\n".join(lines), do=do)
        assert told.status_code == 422
        assert "第3行" in words(told)
        assert "{没有的内容}" in shown(told)["text"]
    told = fill(client, address, text="", do="save")
    assert told.status_code == 422
    assert "恢复通用模板" in words(told)


def test_a_reply_has_a_text_for_each_outcome_and_no_others(town: House) -> None:
    client = browser(town[Role.DISCLOSURE_OFFICE])
    assert client.get(at_page("template", "reply.OPEN-2.given")).status_code == 200
    assert client.get(at_page("template", "reply")).status_code == 404
    assert client.get(at_page("template", "envelope-label")).status_code == 404


def test_only_the_disclosure_office_words_letters(town: House) -> None:
    for role in (Role.CLERK, Role.LEADER, Role.AUDITOR, Role.ADMINISTRATOR):
        for name, args in (("office", ()), ("templates", ()), ("template", ("supplement-notice",))):
            assert browser(town[role]).get(at_page(name, *args)).status_code == 403, (role, name)
