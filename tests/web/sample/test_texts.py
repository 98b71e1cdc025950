"""The sample's texts: complete, the same for a seed, clean as a clerk's are."""

from __future__ import annotations

import datetime as dt
import re
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.documents.publishing import clean_html, text_of
from gongkai.statute.catalogue import category, genre, record_kind, theme
from gongkai.statute.identifiers import is_credit_code, parse_document_number
from gongkai.statute.remedies import Level, OrganKind
from gongkai.web.sample import texts
from gongkai.web.sample.district import OrganPlan, organs
from gongkai.wording.scanning import ScanOptions, scan

DAY = dt.date(2026, 3, 2)
FAMILIES = sorted(texts.families())


def issuer(code: str) -> OrganPlan:
    family = texts.families()[code]
    return next((one for one in organs() if one.issues(family.who)), organs()[0])


def a_text(code: str, seed: int = 1) -> texts.Text:
    words = {"of": "虚构区示例管理办法"}
    return texts.text_of(
        texts.families()[code], issuer(code), DAY, texts.Numbers(), Random(seed), words=words
    )


@pytest.mark.parametrize("code", FAMILIES)
def test_a_body_is_what_the_sanitiser_makes_of_it(code: str) -> None:
    body = a_text(code).facts["body"]
    assert clean_html(body) == body


@pytest.mark.parametrize("code", FAMILIES)
def test_nothing_is_left_to_be_filled_in(code: str) -> None:
    facts = a_text(code).facts
    told = "".join(str(facts[name]) for name in ("title", "summary", "keywords", "body"))
    assert "{" not in told
    assert "}" not in told
    assert "None" not in told


@pytest.mark.parametrize("code", sorted(set(FAMILIES) - {"appointment"}))
def test_the_checks_have_nothing_to_say_of_it(code: str) -> None:
    for seed in range(5):
        facts = a_text(code, seed).facts
        for text in (text_of(facts["body"]), facts["title"], facts["summary"]):
            found = [one for one in scan(text, options=ScanOptions(on=DAY)) if one.severity != "info"]
            assert found == [], text


@given(st.sampled_from(FAMILIES), st.integers(0, 10_000), st.sampled_from(organs()))
def test_codes_exist_and_bind_the_organ(code: str, seed: int, organ: OrganPlan) -> None:
    words = {"of": "虚构区示例管理办法"}
    family = texts.families()[code]
    facts = texts.text_of(family, organ, DAY, texts.Numbers(), Random(seed), words=words).facts
    record_kind(family.kind)
    theme(facts["theme"])
    genre(facts["genre"])
    if facts["category"]:
        assert category(facts["category"]).binds(OrganKind(organ.kind), Level(organ.level))
    if facts.get("document_number"):
        assert parse_document_number(facts["document_number"]).ok
    assert len(facts["title"]) <= 300
    assert len(facts["summary"]) <= 100


def test_the_money_of_a_budget_adds_up_to_what_its_text_says() -> None:
    told = text_of(a_text("budget", 4).facts["body"])
    total = re.search(r"收入预算(\d+)万元", told)
    shares = [int(one) for one in re.findall(r"(\d+)\.00", told)]
    assert total is not None
    assert sum(shares[:-1]) == shares[-1] == int(total[1])


def test_a_seed_gives_the_same_texts_and_another_seed_others() -> None:
    def some(seed: int) -> list[str]:
        chance, numbers = Random(seed), texts.Numbers()
        return [str(texts.some_text(organs()[0], DAY, numbers, chance).facts) for _ in range(40)]

    assert some(3) == some(3)
    assert some(3) != some(4)


def test_document_numbers_of_an_organ_are_never_given_twice() -> None:
    chance, numbers = Random(5), texts.Numbers()
    given_out = [
        texts.some_text(organ, DAY, numbers, chance).facts.get("document_number")
        for organ in organs()
        for _ in range(60)
    ]
    given_out = [one for one in given_out if one]
    assert len(given_out) == len(set(given_out))


def test_organs_have_codes_that_hold_and_people_of_different_names() -> None:
    assert all(is_credit_code(one.credit_code) for one in organs())
    people = [one for organ in organs() for one in organ.people]
    assert len({one.name for one in people}) == len(people)
    assert len({one.username for one in people}) == len(people)
