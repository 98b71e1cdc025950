"""What a letter must say and may not say; each fault is made in a letter that was right before."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.documents.letters.made_letters import FACTS, facts_for, letter, record

from gongkai.documents.letters import form_text, template_keys
from gongkai.statute.calendar import national
from gongkai.statute.errors import LetterError
from gongkai.statute.letters import (
    LetterFacts,
    check_letter,
    cites,
    day_words,
    fact,
    facts,
    ground_words,
    kind,
    kinds,
    must_tell,
    parts_said,
)
from gongkai.statute.letters.catalogue import part_facts
from gongkai.statute.letters.saying import plain, says
from gongkai.statute.outcomes import outcome, outcomes, parts
from gongkai.statute.remedies import ClauseKind, subjects

EXTENSION = ("extension-notice", "", "")


def codes(findings: Any) -> list[str]:
    return [one.code for one in findings]


def without(text: Any, words: str) -> Any:
    """The letter with a stretch of its body struck out."""
    changed = tuple(line.replace(words, "") for line in text.paragraphs)
    assert changed != text.paragraphs, words
    return text.edited(changed)


# ---- the catalogue ----


def test_every_kind_names_facts_that_there_are_and_a_letter_known_to_the_remedies() -> None:
    for one in kinds().values():
        assert set(one.required) | set(one.may) <= set(facts())
        if one.form == "letter" and one.code != "reply":
            assert one.subject in subjects()
    assert {one.subject for one in kinds().values() if one.subject} | {one.code for one in outcomes()} == set(
        subjects()
    )


def test_the_names_of_facts_are_told_apart() -> None:
    names = [one.zh for one in facts().values()]
    assert len(set(names)) == len(names)
    assert fact("申请人") == fact("requester")
    with pytest.raises(LetterError) as refused:
        fact("申请人姓名")
    assert refused.value.code == "letter_unknown_fact"


def test_every_part_of_a_reply_is_told_in_facts() -> None:
    for one in outcomes():
        for basis in one.bases:
            told = {fact.code for fact in must_tell("reply", one.code, basis.code)}
            assert {"requester", "received_on", "asked", "finding", "number", "date", "remedies"} <= told
    assert set(parts()) - {"seal"} == set(part_facts())


@pytest.mark.parametrize(
    ("code", "basis", "clause"),
    [
        ("REF-4", "", "A"),
        ("PART", "exempt", "A"),
        ("PART", "not_government_information", "B"),
        ("NONE-2", "", "B"),
    ],
)
def test_a_reply_gets_the_clause_of_its_outcome(code: str, basis: str, clause: str) -> None:
    assert kind("reply").clause(code, basis) == clause


def test_papers_of_the_file_and_procedural_letters_tell_no_remedies() -> None:
    told = {
        one.code for one in kinds().values() if one.code != "reply" and one.clause() is not ClauseKind.NONE
    }
    assert told == {"third-party-told", "correction-reply"}


# ---- citing ----


@pytest.mark.parametrize(
    ("text", "rule", "cited"),
    [
        ("《政府信息公开条例》第三十六条第三项", "REG.36(3)", True),
        ("《中华人民共和国政府信息公开条例》第三十六条第（三）项", "REG.36(3)", True),
        ("《政府信息公开条例》第36条第（3）项", "REG.36(3)", True),
        ("《政府信息公开条例》第三十六条第（三）、（五）项", "REG.36(3)", True),
        ("《政府信息公开条例》第三十六条", "REG.36(3)", False),
        ("《政府信息公开条例》第三十六条第（四）项", "REG.36(3)", False),
        ("《政府信息公开条例》第十六条第二款", "REG.16.2a", True),
        ("《政府信息公开条例》第十六条", "REG.16.2a", False),
        ("《政府信息公开条例》第三十六条第二款", "REG.16.2a", False),
        ("《政府信息公开条例》第十四条", "REG.14b", True),
        ("根据第十四条", "REG.14b", False),
        ("《政府信息公开信息处理费管理办法》", "FEE.6", True),
        ("国办函〔2020〕109号", "FEE.6", True),
        ("《政府信息公开条例》第四十二条", "FEE.6", False),
    ],
)
def test_an_article_is_found_in_any_usual_spelling(text: str, rule: str, cited: bool) -> None:
    assert cites(text, rule) is cited


def test_articles_name_their_law_once() -> None:
    assert (
        ground_words(("REG.36(3)", "REG.14a", "REG.15"))
        == "《政府信息公开条例》第三十六条第三项、第十四条、第十五条"
    )


@given(st.dates(dt.date(1990, 1, 1), dt.date(2090, 12, 31)))
def test_a_day_is_found_however_it_is_written(day: dt.date) -> None:
    assert says(plain(f"于{day:%Y}年{day:%m}月{day:%d}日收到"), fact("received_on"), day)
    other = day + dt.timedelta(days=1)
    assert not says(plain(f"于{day_words(day)}收到"), fact("received_on"), other)


# ---- letters that are right ----


@pytest.mark.parametrize("key", template_keys(), ids=lambda key: "-".join(filter(None, key)))
def test_a_letter_from_the_shipped_text_is_right(key: tuple[str, str, str]) -> None:
    assert check_letter(letter(*key), record(*key)) == ()


@pytest.mark.parametrize(
    "key", [key for key in template_keys() if key[0] == "reply"], ids=lambda key: key[1] + key[2]
)
def test_a_reply_says_the_parts_its_outcome_asks_for(key: tuple[str, str, str]) -> None:
    wanted = {part.code for part in outcome(key[1]).letter(key[2])}
    assert wanted <= parts_said(letter(*key), record(*key))


def test_what_was_asked_for_may_speak_of_suits() -> None:
    asked = "2023年至2025年当事人不服行政处罚提起行政诉讼、60日内申请行政复议的案件数量"
    assert check_letter(letter(*EXTENSION, asked=asked), record(*EXTENSION, asked=asked)) == ()


def test_a_requester_who_asks_for_reconsideration_decisions_still_gets_the_clause() -> None:
    key = ("reply", "NONE-1", "absent")
    asked = "申请行政复议"
    assert check_letter(letter(*key, asked=asked), record(*key, asked=asked)) == ()


# ---- letters that are wrong ----


@pytest.mark.parametrize(
    ("key", "name"),
    [
        (key, one.code)
        for key in template_keys()
        for one in must_tell(*key)
        if one.code not in ("articles", "remedies") and not kind(key[0]).by_hand
    ],
    ids=lambda value: "-".join(filter(None, value)) if isinstance(value, tuple) else value,
)
def test_no_fact_that_a_letter_must_tell_may_be_missing_from_the_record(
    key: tuple[str, str, str], name: str
) -> None:
    values = facts_for(*key)
    del values[name]
    facts_less = replace(record(*key), values=values)
    assert "part_missing" in codes(check_letter(letter(*key), facts_less))


@pytest.mark.parametrize(
    ("key", "words"),
    [
        (EXTENSION, "2026年3月2日"),
        (EXTENSION, "2026年4月10日"),
        (EXTENSION, "所涉文件保存在三个不同的档案库"),
        (("supplement-notice", "", ""), "所需政府信息的形式要求"),
        (("fee-notice", "", ""), "12500元"),
        (("fee-notice", "", ""), "凭缴款码"),
        (("fee-notice", "", ""), "第11至30件每件100元"),
        (("reply", "REF-4", ""), "所涉文件保存在三个不同的档案库"),
        (("reply", "NONE-1", "absent"), "2026年3月5日"),
        (("reply", "OTH-1", ""), "2026年3月18日"),
        (("reply", "NOP-2", ""), "云住建公开告〔2026〕3号"),
    ],
)
def test_what_the_record_holds_must_stand_in_the_words(key: tuple[str, str, str], words: str) -> None:
    changed = without(letter(*key), words)
    assert "part_not_said" in codes(check_letter(changed, record(*key)))


def test_a_refusal_must_cite_article_and_item() -> None:
    key = ("reply", "REF-4", "")
    for words in ("第三十六条第三项", "第十五条"):
        findings = check_letter(without(letter(*key), words), record(*key))
        assert codes(findings) == ["article_not_cited"]


def test_a_refusal_cites_its_exemption_even_if_the_record_names_none() -> None:
    key = ("reply", "REF-4", "")
    unnamed = replace(record(*key), exemptions=())
    assert check_letter(letter(*key), unnamed) == ()
    assert codes(check_letter(without(letter(*key), "第十五条"), unnamed)) == ["article_not_cited"]


@pytest.mark.parametrize("reasons", ["无", "略。", "见上文"])
def test_reasons_of_a_word_are_pointed_out(reasons: str) -> None:
    found = check_letter(letter(*EXTENSION, reasons=reasons), record(*EXTENSION, reasons=reasons))
    assert [(one.code, one.severity) for one in found] == [("part_thin", "warning")]


def test_clause_a_in_a_case_of_clause_b_is_refused_and_the_reverse() -> None:
    for key, other in ((("reply", "REF-1", ""), "NONE-2"), (("reply", "NONE-2", ""), "REF-1")):
        wrong = facts_for("reply", other)["remedies"]
        right = facts_for(*key)["remedies"]
        text = letter(*key)
        changed = text.edited(tuple(wrong if line == right else line for line in text.paragraphs))
        assert {"clause_a_for_b", "clause_b_for_a"} & set(codes(check_letter(changed, record(*key))))


def test_a_reply_without_remedies_is_refused() -> None:
    key = ("reply", "NONE-2", "")
    changed = without(letter(*key), facts_for(*key)["remedies"])
    assert "clause_missing" in codes(check_letter(changed, record(*key)))


@pytest.mark.parametrize(
    "key", [key for key in template_keys() if key[0] != "reply" and not kind(key[0]).by_hand]
)
def test_a_procedural_letter_tells_no_remedies(key: tuple[str, str, str]) -> None:
    clause = facts_for("reply", "NONE-2")["remedies"]
    text = letter(*key)
    findings = check_letter(text.edited((*text.paragraphs, clause)), record(*key))
    if kind(key[0]).clause() is ClauseKind.NONE:
        assert "clause_on_procedural" in codes(findings)


def test_the_remedies_name_the_organ_and_the_court() -> None:
    key = ("reply", "NONE-2", "")
    elsewhere = replace(record(*key), authorities=("云溪县人民政府",), court="云溪县人民法院")
    assert set(codes(check_letter(letter(*key), elsewhere))) == {"authority_not_named", "court_not_named"}


def test_served_online_the_letter_tells_the_online_channel() -> None:
    key = ("reply", "NONE-2", "")
    online = replace(record(*key), served_online=True, online_channel="https://example.gov.cn/fuyi")
    assert codes(check_letter(letter(*key), online)) == ["online_missing"]


def test_the_right_organ_is_named_when_it_is_known() -> None:
    key = ("reply", "NONE-1", "not_responsible")
    known = replace(record(*key), right_organ_known=True)
    assert check_letter(letter(*key), known) == ()
    untold = letter(*key, right_organ_contact=None)
    told = replace(record(*key, right_organ_contact=None), right_organ_known=True)
    assert codes(check_letter(untold, told)) == ["right_organ_untold"]


def test_a_second_notice_to_supplement_is_refused() -> None:
    key = ("supplement-notice", "", "")
    assert codes(check_letter(letter(*key), replace(record(*key), notices_before=1))) == ["told_twice"]


@pytest.mark.parametrize(
    ("until", "code"),
    [
        (dt.date(2026, 3, 20), "period_over"),
        (dt.date(2026, 3, 23), "period_short"),
        (dt.date(2026, 3, 27), ""),
    ],
)
def test_a_supplement_needs_a_reasonable_period(until: dt.date, code: str) -> None:
    key = ("supplement-notice", "", "")
    found = codes(check_letter(letter(*key, until=until), record(*key, until=until)))
    assert found == ([code] if code else [])


@pytest.mark.parametrize(
    ("until", "code"),
    [
        (dt.date(2026, 3, 30), "extension_no_later"),
        (dt.date(2026, 4, 28), ""),  # 20 working days more: 6 April is a holiday
        (dt.date(2026, 4, 29), "extension_too_long"),
    ],
)
def test_an_extension_is_at_most_twenty_working_days(until: dt.date, code: str) -> None:
    found = codes(check_letter(letter(*EXTENSION, until=until), record(*EXTENSION, until=until)))
    assert found == ([code] if code else [])


def test_a_day_of_a_year_without_holidays_is_pointed_out_as_provisional() -> None:
    after = national().published_through + dt.timedelta(days=20)
    changes = {"until": after, "due_on": after - dt.timedelta(days=1)}
    found = check_letter(letter(*EXTENSION, **changes), record(*EXTENSION, **changes))
    told = [one for one in found if one.code == "day_provisional"]
    assert [one.severity for one in told] == ["warning", "warning"]
    assert {str(after.year) in one.zh and "尚未公布" in one.zh for one in told} == {True}
    assert not [one for one in check_letter(letter(*EXTENSION), record(*EXTENSION)) if "暂定" in one.zh]


def test_that_nothing_is_held_must_be_said_in_the_laws_words() -> None:
    key = ("reply", "NONE-1", "absent")
    made = letter(*key)
    changed = made.edited(tuple(line.replace("不存在", "没有") for line in made.paragraphs))
    assert "absence_not_said" in codes(check_letter(changed, record(*key)))
    assert "absence_not_said" not in codes(check_letter(made, record(*key)))


def test_silence_is_consent_for_an_organ_and_never_for_a_third_party() -> None:
    third = letter("third-party-consultation")
    wrong = third.edited((*third.paragraphs, "逾期未提出意见的，视为您同意公开。"))
    assert codes(check_letter(wrong, record("third-party-consultation"))) == ["words_forbidden"]
    organ = without(letter("co-maker-consultation"), "，视为同意公开")
    assert codes(check_letter(organ, record("co-maker-consultation"))) == ["words_missing"]


def test_a_third_party_has_fifteen_working_days() -> None:
    found = check_letter(
        letter("third-party-consultation", opinion_days=10), record("third-party-consultation")
    )
    assert set(codes(found)) == {"words_missing", "part_not_said"}
    shorter = {"opinion_days": 10}
    both = check_letter(
        letter("third-party-consultation", **shorter), record("third-party-consultation", **shorter)
    )
    assert codes(both) == ["words_missing"]
    assert "15个工作日" in both[0].zh


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"until": dt.date(2026, 4, 17)}, ["payment_too_soon"]),
        ({"until": None}, []),
        ({"pay_days": 10}, ["words_missing"]),
    ],
)
def test_a_fee_is_paid_within_twenty_working_days(changes: dict[str, Any], found: list[str]) -> None:
    assert codes(check_letter(letter("fee-notice", **changes), record("fee-notice", **changes))) == found


def test_a_letter_to_others_does_not_name_the_requester() -> None:
    text = letter("third-party-consultation")
    named = text.edited((*text.paragraphs, "申请人：梁小舟"))
    assert codes(check_letter(named, record("third-party-consultation"))) == ["requester_named"]


def test_a_letter_holds_no_identity_number() -> None:
    text = letter(*EXTENSION)
    numbered = text.edited((*text.paragraphs, "身份证号11010519491231002X。"))
    assert codes(check_letter(numbered, record(*EXTENSION))) == ["identity_number"]
    other = letter("organ-consultation")
    told = other.edited((*other.paragraphs, "身份证号11010519491231002X。"))
    assert codes(check_letter(told, record("organ-consultation"))) == ["identity_number_told"]


@pytest.mark.parametrize("words", ["于{date}", "【申请人】", "××市", "年　月　日", "____", "〔〕"])
def test_a_letter_with_a_blank_left_is_refused(words: str) -> None:
    text = letter(*EXTENSION)
    blank = text.edited((*text.paragraphs, words))
    assert "blank_left" in codes(check_letter(blank, record(*EXTENSION)))


def test_a_notice_names_what_it_rests_on() -> None:
    changed = without(letter(*EXTENSION), "第三十三条第二款")
    (found,) = check_letter(changed, record(*EXTENSION))
    assert (found.code, found.severity) == ("article_advisable", "warning")


def test_what_the_requester_wrote_may_look_like_a_blank() -> None:
    asked = "××小区【2024】验收表，编号____，{附图}"
    assert check_letter(letter(*EXTENSION, asked=asked), record(*EXTENSION, asked=asked)) == ()


def test_addresses_of_websites_are_no_blanks() -> None:
    text = letter(*EXTENSION)
    told = text.edited((*text.paragraphs, "网址：https://example.gov.cn/xxgk/a_b/【2024】5号"))
    assert check_letter(told, record(*EXTENSION)) == ()


def test_a_letter_is_not_older_than_the_request_and_bears_organ_and_seal() -> None:
    early = letter(*EXTENSION, date=dt.date(2026, 3, 1))
    assert codes(check_letter(early, record(*EXTENSION, date=dt.date(2026, 3, 1)))) == ["date_before_receipt"]
    assert codes(check_letter(replace(letter(*EXTENSION), sealed=False), record(*EXTENSION))) == [
        "seal_missing"
    ]
    titled = replace(letter(*EXTENSION), title="政府信息公开申请延期答复告知书")
    assert codes(check_letter(titled, record(*EXTENSION))) == ["letterhead_wrong"]


def test_a_form_of_the_file_tells_its_facts_and_no_remedies() -> None:
    for code in ("registration-form", "approval-form", "archive-cover", "transfer-list"):
        form = form_text(code, FACTS)
        assert check_letter(form, LetterFacts(kind=code, values=FACTS)) == ()
    clause = facts_for("reply", "NONE-2")["remedies"]
    form = form_text("approval-form", {**FACTS, "draft_opinion": clause})
    assert codes(check_letter(form, LetterFacts(kind="approval-form", values=FACTS))) == ["clause_for_file"]


def test_findings_speak_chinese_and_english_and_name_the_article() -> None:
    found = check_letter(letter("reply", "REF-4").edited(("答复如下。",)), record("reply", "REF-4"))
    assert {one.severity for one in found} == {"error"}
    for one in found:
        assert one.zh.isprintable()
        assert "{" not in one.zh + one.en
        assert one.article.zh in one.zh or one.rule.startswith("DOC")


def test_a_value_of_the_wrong_kind_is_refused_in_words() -> None:
    for values in (
        {"received_on": "2026-03-02"},
        {"amount": float("nan")},
        {"points": "一项"},
        {"pages": True},
    ):
        with pytest.raises(LetterError) as refused:
            LetterFacts(kind="receipt", values=values)  # type: ignore[arg-type]
        assert refused.value.code == "letter_bad_value"


@given(st.text(max_size=60))
def test_no_text_breaks_the_check(text: str) -> None:
    changed = letter(*EXTENSION).edited((text, "正文。"))
    findings = check_letter(changed, record(*EXTENSION, reasons=text or "理由"))
    assert findings
    assert findings[0].severity == "error"
