"""Templates: what an office may write, what is refused and why, and what becomes of the facts."""

from __future__ import annotations

import datetime as dt
import json
import pickle
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.documents.letters.made_letters import facts_for, letter

from gongkai.documents.letters import (
    DEFAULT_PATTERN,
    LetterError,
    LetterText,
    NumberPattern,
    Template,
    TemplateError,
    default_template,
    default_text,
    template_keys,
)
from gongkai.statute.letters import facts, must_tell

TITLE = "{机关名称}政府信息公开申请延期答复告知书\n{申请人}：\n"
BODY = "本机关于{收到日期}收到申请：{申请内容}因{理由}，延长至{截止日期}答复。\n"


def extension(text: str) -> Template:
    return Template.parse(text, kind="extension-notice")


def refusal(text: str, **key: str) -> TemplateError:
    with pytest.raises(TemplateError) as refused:
        Template.parse(text, **(key or {"kind": "extension-notice"}))
    return refused.value


def test_chinese_names_and_codes_are_the_same_placeholders() -> None:
    chinese = extension(TITLE + BODY)
    code = extension(
        "{organ}政府信息公开申请延期答复告知书\n{requester}：\n"
        "本机关于{received_on}收到申请：{asked}因{ reasons }，延长至{until}答复。"
    )
    values = facts_for("extension-notice")
    assert chinese.fill(values).text == code.fill(values).text
    assert (
        chinese.fill({facts()[name].zh: value for name, value in values.items()}).text
        == code.fill(values).text
    )


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("", "template_empty", 0),
        ("  \n\n", "template_empty", 0),
        ("只有标题", "template_no_text", 0),
        (TITLE + BODY + "{联系", "template_unbalanced", 4),
        (TITLE + BODY + "联系}", "template_unbalanced", 4),
        (TITLE + BODY + "{?联系方式}电话", "template_unbalanced", 4),
        (TITLE + BODY + "电话{/联系方式}", "template_unbalanced", 4),
        (TITLE + BODY + "{?联系方式}{?登记号}甲{/联系方式}{/登记号}", "template_unbalanced", 4),
        (TITLE + BODY + "{?联系方式}电话{/没有这项}", "template_unbalanced", 4),
        (TITLE + BODY + "{}", "template_unknown_placeholder", 4),
        (TITLE + BODY + "{电话}", "template_unknown_placeholder", 4),
        (TITLE + BODY + "{__class__}", "template_unknown_placeholder", 4),
        (TITLE + BODY + "{救济告知}", "template_misplaced_placeholder", 4),
        (TITLE + BODY + "{金额}", "template_misplaced_placeholder", 4),
        (TITLE + "本机关延期。", "template_missing_placeholder", 0),
        (TITLE + BODY.replace("{理由}", "{?联系方式}{理由}{/联系方式}"), "template_missing_placeholder", 0),
        (TITLE + BODY + "长" * 20_000, "template_too_long", 0),
    ],
)
def test_what_is_wrong_with_a_template_is_told_with_its_line(text: str, code: str, line: int) -> None:
    refused = refusal(text)
    assert (refused.code, refused.line) == (code, line)
    assert (f"第{line}行" in refused.zh) is (line > 0)
    assert str(pickle.loads(pickle.dumps(refused))) == str(refused)


def test_a_missing_placeholder_is_named_in_chinese() -> None:
    assert "{截止日期}" in refusal(TITLE + BODY.replace("{截止日期}", "四月")).zh


@pytest.mark.parametrize("key", template_keys(), ids=lambda key: "-".join(filter(None, key)))
def test_each_required_placeholder_taken_out_of_the_shipped_text_is_missed(key: tuple[str, str, str]) -> None:
    text = default_text(*key)
    for one in must_tell(*key):
        if one.code in ("number", "date", "organ"):
            continue
        with pytest.raises(TemplateError) as refused:
            Template.parse(text.replace(f"{{{one.zh}}}", "某"), kind=key[0], outcome=key[1], basis=key[2])
        assert refused.value.code == "template_missing_placeholder"
        assert one.zh in refused.value.zh


def test_a_procedural_letter_has_no_place_for_remedies_and_a_reply_must_have_one() -> None:
    reply = default_text("reply", "REF-1")
    assert (
        refusal(reply.replace("{救济告知}\n", ""), kind="reply", outcome="REF-1").code
        == "template_missing_placeholder"
    )


def test_a_condition_shows_its_words_only_with_the_fact() -> None:
    template = extension(
        TITLE + BODY + "{?联系方式}请致电{联系方式}。{/联系方式}{!联系方式}请来访。{/联系方式}"
    )
    assert template.fill(facts_for("extension-notice", contact="5550100")).paragraphs[-1] == "请致电5550100。"
    assert template.fill(facts_for("extension-notice", contact=None)).paragraphs[-1] == "请来访。"
    assert template.fill(facts_for("extension-notice", contact="  ")).paragraphs[-1] == "请来访。"


def test_a_paragraph_whose_condition_fails_leaves_no_gap() -> None:
    template = extension(
        TITLE + BODY + "{?联系方式}电话{联系方式}{/联系方式}\n附注：{?登记号}{登记号}{/登记号}\n"
    )
    filled = template.fill(facts_for("extension-notice", contact=None, case_number=None))
    assert len(filled.paragraphs) == 1
    assert filled.notes == ()


def test_what_a_fact_says_is_never_read_as_a_placeholder() -> None:
    asked = "{申请人}{?联系方式}{{organ}} {0.__class__} 100%s"
    assert asked in extension(TITLE + BODY).fill(facts_for("extension-notice", asked=asked)).paragraphs[0]


def test_braces_are_written_twice() -> None:
    template = extension(TITLE + BODY + "花括号{{甲}}")
    assert template.fill(facts_for("extension-notice")).paragraphs[-1] == "花括号{甲}"


def test_a_list_of_its_own_is_numbered_and_a_long_fact_keeps_its_lines() -> None:
    filled = letter("supplement-notice")
    assert [line[:2] for line in filled.paragraphs if line[1:2] == "."] == ["1.", "2."]
    one = letter("supplement-notice", points=("只有一项",))
    assert "只有一项。" in one.paragraphs
    assert "第二段" in letter("extension-notice", asked="第一段\n第二段").text.splitlines()[5]


@pytest.mark.parametrize(
    ("reasons", "words"),
    [
        ("需要调取。", "因需要调取，延长"),
        ("需要调取", "因需要调取，延长"),
        ("需要调取；", "因需要调取，延长"),
    ],
)
def test_a_sentence_has_one_stop(reasons: str, words: str) -> None:
    assert words in extension(TITLE + BODY).fill(facts_for("extension-notice", reasons=reasons)).text


# Facts that nobody writes as a sentence.
NOT_TYPED = frozenset(
    {
        *("organ", "number", "requester", "third_party", "other_organ", "case_number", "query_code"),
        *("remedies", "outcome"),
    }
)


@pytest.mark.parametrize("stop", ["", "。", "；", "，"])
def test_every_paragraph_of_a_shipped_letter_ends_with_one_stop(stop: str) -> None:
    for key in template_keys():
        if key[0] == "consultation-confirmation":
            continue
        texts = {
            name: f"{value.rstrip('。')}{stop}"
            for name, value in facts_for(*key).items()
            if isinstance(value, str) and facts()[name].kind == "text" and name not in NOT_TYPED
        }
        made = letter(*key, **texts)
        assert all(line[-1] in "。；：" for line in made.paragraphs), made.paragraphs
        assert not re.search("[。；，：][。；，：]", "".join(made.paragraphs)), made.paragraphs


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("申请公开会议纪要", "政府信息公开申请，申请公开会议纪要。"),
        ("会议纪要（2025年）", "申请内容为：会议纪要（2025年）。"),
        ("会议纪要有没有？", "申请内容为：会议纪要有没有？"),
        ("看看“会议纪要。”", "申请内容为：看看“会议纪要。”"),
    ],
)
def test_what_was_asked_is_told_without_saying_that_it_was_asked_twice(value: str, words: str) -> None:
    line = letter("reply", "REF-1", asked=value).paragraphs[0]
    assert line.endswith(words), line


@pytest.mark.parametrize("finding", ["经审查，该信息属于内部事务信息", "经审核，该信息属于内部事务信息。"])
def test_a_finding_that_says_itself_that_it_was_examined_is_not_told_so_twice(finding: str) -> None:
    text = letter("reply", "REF-4", finding=finding).text
    assert len(re.findall("经审[查核]", text)) == 1
    assert "属于内部事务信息。根据" in text


def test_a_reason_that_begins_as_the_letter_does_is_not_begun_twice() -> None:
    assert "。因档案较多，本机关" in letter("extension-notice", reasons="因档案较多。").text.replace(
        "\n", "。"
    )
    assert "理由：理由" not in letter("reply", "REF-4", reasons="理由：属于内部事务").text


def test_that_nothing_is_held_is_said_once_in_one_paragraph_with_the_reasons() -> None:
    searched = "本机关以“低保”为关键词检索了档案室，未检索到相关信息"
    facts_ = {"searched": searched, "finding": "该信息不存在", "reasons": "该村当年没有低保户"}
    made = letter("reply", "NONE-1", "absent", **facts_, you="您")
    assert made.paragraphs[1] == (
        f"收到申请后，{searched}。该村当年没有低保户。"
        "根据《政府信息公开条例》第三十六条第四项的规定，现告知您：该信息不存在。"
    )
    other = letter("reply", "NONE-1", "absent", **{**facts_, "finding": "本机关未制作该信息。"}, you="您")
    assert other.paragraphs[1].endswith("现告知您：本机关未制作该信息。您申请公开的政府信息不存在。")


@pytest.mark.parametrize("key", [key for key in template_keys() if key[0] == "reply"])
def test_the_reasons_of_a_decision_stand_in_every_reply(key: tuple[str, str, str]) -> None:
    reasons = "这是承办人写明的具体理由"
    assert reasons in letter(*key, reasons=reasons).text


@pytest.mark.parametrize("you", ["您", "你单位"])
@pytest.mark.parametrize("key", template_keys())
def test_the_reader_is_spoken_to_as_what_he_is(key: tuple[str, str, str], you: str) -> None:
    text = letter(*key, you=you, finding="该信息可以公开。").text
    assert "（单位）" not in text
    assert ("您" if you == "你单位" else "你单位") not in text


def test_a_condition_may_ask_what_a_fact_says() -> None:
    template = extension(TITLE + BODY + "{?理由：档案}查阅档案。{/理由}{!理由：档案}不查档案。{/理由}")
    assert template.fill(facts_for("extension-notice", reasons="档案多")).paragraphs[-1] == "查阅档案。"
    assert template.fill(facts_for("extension-notice", reasons="人手少")).paragraphs[-1] == "不查档案。"
    assert refusal(TITLE + BODY.replace("{理由}", "{?理由：档案}{理由}{/理由}")).code == (
        "template_missing_placeholder"
    )


def test_a_fact_that_is_missing_is_named() -> None:
    with pytest.raises(LetterError) as refused:
        extension(TITLE + BODY).fill(facts_for("extension-notice", until=None))
    assert refused.value.code == "letter_fact_missing"
    assert "截止日期" in refused.value.zh


def test_signs_that_nobody_sees_do_not_reach_the_letter() -> None:
    filled = letter("extension-notice", requester="梁\u200b小\x00舟\u202e")
    assert filled.addressee == "梁小舟"


def test_a_preview_shows_the_names_of_the_facts() -> None:
    for key in template_keys():
        shown = default_template(*key).preview()
        assert "【" in shown.text
        assert all(
            f"【{facts()[name].zh}】" in shown.text for name in default_template(*key).placeholders()[:2]
        )


def test_the_digest_changes_with_the_text_and_stays_with_the_letter() -> None:
    first, second = extension(TITLE + BODY), extension(TITLE + BODY + "再行告知。")
    assert first.digest != second.digest
    assert first.digest == extension(TITLE + BODY).digest
    assert first.fill(facts_for("extension-notice")).digest == first.digest


def test_a_letter_kept_as_json_comes_back_the_same() -> None:
    for key in template_keys():
        made = letter(*key)
        assert LetterText.from_json(json.loads(json.dumps(made.as_json()))) == made


def test_every_kind_and_every_outcome_has_a_text_and_no_other_has() -> None:
    assert len(template_keys()) == len(set(template_keys())) > 35
    with pytest.raises(LetterError):
        default_text("approval-form")
    with pytest.raises(LetterError):
        Template.parse("标题\n正文{申请内容}{登记号}{申请人}{收到日期}", kind="registration-form")


def made_or_refused(make: Any) -> Any:
    """What comes of it, or the refusal; any other error is a fault."""
    try:
        return make()
    except LetterError as refused:
        return refused


@given(st.text(max_size=200))
def test_any_text_is_a_template_or_is_refused_in_words(text: str) -> None:
    made = made_or_refused(lambda: extension(TITLE + BODY + text).preview())
    if isinstance(made, LetterError):
        assert made.code.startswith("template_")
        assert len(made.zh) > 5
        assert len(made.en) > 5
    else:
        assert made.title.startswith("【机关名称】")


@given(st.dictionaries(st.sampled_from(["requester", "asked", "reasons", "organ"]), st.text(max_size=80)))
def test_any_facts_make_a_letter_or_are_missed(changes: dict[str, Any]) -> None:
    made = made_or_refused(lambda: letter("extension-notice", **changes))
    if isinstance(made, LetterError):
        assert made.code == "letter_fact_missing"
    else:
        assert made.date == dt.date(2026, 3, 20)
        assert all(line.strip() for line in made.paragraphs)


# ---- numbers ----


@given(st.integers(1949, 9999), st.integers(1, 9_999_999))
def test_a_number_is_read_as_it_was_written(year: int, n: int) -> None:
    pattern = NumberPattern.parse(DEFAULT_PATTERN)
    assert pattern.read(pattern.format(year=year, n=n, organ_code="云住建")) == (year, n)


def test_an_office_keeps_its_own_pattern() -> None:
    pattern = NumberPattern.parse("云公开复〔{year}〕第{n}号-答")
    assert pattern.format(year=2026, n=7) == "云公开复〔2026〕第7号-答"
    assert pattern.read("云公开复〔2026〕第07号-答") is None
    assert pattern.read("云公开复〔2026〕7号") is None


@pytest.mark.parametrize(
    ("pattern", "code"),
    [
        ("", "template_empty"),
        ("长" * 61, "template_empty"),
        ("{organ_code}〔{year}〕号", "template_missing_placeholder"),
        ("{n}{n}〔{year}〕", "template_missing_placeholder"),
        ("〔{year}〕{n}号{month}", "template_unknown_placeholder"),
        ("〔{year}〕{n}号}", "template_unbalanced"),
        ("云公开 〔{year}〕{n}号", "template_unbalanced"),
        ("{year.__class__}{n}", "template_unknown_placeholder"),
    ],
)
def test_a_pattern_that_cannot_number_is_refused(pattern: str, code: str) -> None:
    with pytest.raises(TemplateError) as refused:
        NumberPattern.parse(pattern)
    assert refused.value.code == code


def test_a_number_needs_a_year_a_count_and_the_organs_code() -> None:
    pattern = NumberPattern.parse(DEFAULT_PATTERN)
    for values in ({"year": 26, "n": 1}, {"year": 2026, "n": 0}, {"year": 2026, "n": 1, "organ_code": " "}):
        with pytest.raises(LetterError) as refused:
            pattern.format(**{"organ_code": "云住建", **values})  # type: ignore[arg-type]
        assert refused.value.code == "letter_bad_number"
