"""The pieces of the two faces say what they must, to the eye and to a screen reader, whatever they get."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django import forms
from django.test import RequestFactory
from django.urls import get_urlconf
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser, LexborNode
from tests.web import look_gallery
from tests.web.look_gallery import ENGINE, PAGES, rendered

from gongkai.web.look.fields import problems, shown_field, target
from gongkai.web.look.pieces import Action, Column, Count, Finding, Pages, Row, Tab, Table
from gongkai.web.look.states import STATES
from gongkai.web.look.templatetags import look
from gongkai.wording.differences import Piece, differences

EVIL = '"><script>alert(1)</script><img src=x onerror=alert(1)>'


def include(name: str, query: str = "", **context: Any) -> LexborHTMLParser:
    from django.template import RequestContext

    request = RequestFactory().get(f"/{query}")
    return LexborHTMLParser(ENGINE.get_template(name).render(RequestContext(request, context)))


def one(page: LexborHTMLParser, selector: str) -> LexborNode:
    found = page.css_first(selector)
    assert found is not None, selector
    return found


def text(page: LexborHTMLParser) -> str:
    return " ".join((page.body.text(separator=" ") if page.body else "").split())


# ---- whole pages ----


@pytest.mark.parametrize("name", PAGES)
def test_every_page_has_one_heading_one_main_and_a_title(name: str) -> None:
    page = LexborHTMLParser(rendered(name))
    assert len(page.css("h1")) == 1
    assert len(page.css("main")) == 1
    assert one(page, "title").text(strip=True)[0] not in "·-"
    assert one(page, "html").attributes["lang"] == "zh-Hans"
    assert LexborHTMLParser(rendered(name, "en")).css_first("html").attributes["lang"] == "en"


@pytest.mark.parametrize("name", PAGES)
def test_no_page_has_a_style_or_a_script_of_its_own(name: str) -> None:
    html = rendered(name)
    page = LexborHTMLParser(html)
    assert page.css("[style]") == []
    assert page.css("style") == []
    assert [script for script in page.css("script") if not script.attributes.get("src")] == []
    assert re.search(r"\son[a-z]+=", html) is None
    assert "{%" not in html
    assert "{{" not in html
    assert "{#" not in html


@pytest.mark.parametrize("name", PAGES)
def test_ids_are_given_once_and_everything_named_by_id_is_there(name: str) -> None:
    page = LexborHTMLParser(rendered(name))
    ids = [node.attributes["id"] for node in page.css("[id]")]
    assert sorted(ids) == sorted(set(ids))
    for attribute in ("aria-labelledby", "aria-describedby", "for"):
        for node in page.css(f"[{attribute}]"):
            assert set((node.attributes[attribute] or "").split()) <= set(ids), node.html
    for link in page.css('.govuk-error-summary a[href^="#"], .fold-open a, .to-side a'):
        assert (link.attributes["href"] or "")[1:] in ids


@pytest.mark.parametrize("name", PAGES)
def test_every_form_that_posts_carries_the_token(name: str) -> None:
    for form in LexborHTMLParser(rendered(name)).css('form[method="post"]'):
        assert form.css_first("input[name=csrfmiddlewaretoken]") is not None


def test_rendering_leaves_the_address_table_as_it_was() -> None:
    rendered("today")
    assert get_urlconf() != "tests.web.look_gallery"


# ---- what people write is never markup ----


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("record", {"title": EVIL, "notice": EVIL, "due_why": EVIL}),
        ("today", {"load_title": EVIL, "load": [Count(EVIL, 1, 2, EVIL)]}),
        ("list", {"table": Table(EVIL, [Column("a", EVIL, "title")], [Row({"a": EVIL}, "/", EVIL)])}),
        ("list", {"table": Table("", [Column("a", "a", "state")], [Row({"a": EVIL})])}),
        ("editor", {"findings": [Finding("error", EVIL, EVIL, EVIL, EVIL, EVIL, "#id_body", EVIL)]}),
        ("review", {"pieces": differences("甲", f"甲{EVIL}"), "before_words": EVIL, "after_words": EVIL}),
        ("search", {"search_words": EVIL, "results": []}),
        ("portal-organ", {"search_words": EVIL, "column_title": EVIL, "found_words": EVIL}),
        ("portal-record", {"body": EVIL, "citation": EVIL, "state_notice": EVIL}),
        ("portal-withdrawn", {"reason": EVIL}),
        ("import", {"file_name": EVIL, "import_fields": {EVIL: EVIL}, "may_import": True}),
    ],
)
def test_markup_in_what_people_wrote_is_shown_as_text(name: str, more: dict[str, Any]) -> None:
    page = LexborHTMLParser(rendered(name, **more))
    assert page.css("img[src=x], [onerror]") == []
    assert [s for s in page.css("script") if not s.attributes.get("src")] == []
    assert "<script>alert(1)</script>" in text(page)


# ---- states and days ----


@pytest.mark.parametrize("code", STATES)
def test_a_state_is_told_by_words_and_a_shape(code: str) -> None:
    tag = LexborHTMLParser(look.state_tag(code))
    assert one(tag, ".state").text(strip=True) == str(STATES[code].words)
    assert (one(tag, ".state-mark").attributes["class"] or "").startswith("state-mark mark-")


def test_states_of_one_tone_differ_in_words() -> None:
    words = [str(known.words) for known in STATES.values()]
    assert len(words) == len(set(words))


def test_a_step_that_an_organ_added_is_shown_in_its_own_words() -> None:
    assert "待财政科会签" in look.state_tag("fiscal_review", "待财政科会签")
    assert "fiscal_review" in look.state_tag("fiscal_review")


@pytest.mark.parametrize(
    ("days", "seen", "read_aloud", "tone"),
    [
        (12, "12", "剩12天", "calm"),
        (4, "4", "剩4天", "calm"),
        (3, "3", "剩3天", "pressing"),
        (0, "今天", "今天到期", "pressing"),
        (-2, "逾期2", "逾期2天", "late"),
        (None, "—", "", "none"),
    ],
)
def test_days_left_are_seen_as_a_square_and_heard_as_a_sentence(
    days: int | None, seen: str, read_aloud: str, tone: str
) -> None:
    square = LexborHTMLParser(look.days_square(days))
    assert one(square, f".days-{tone}") is not None
    if days is None:
        assert seen in square.html
        return
    assert one(square, "[aria-hidden]").text(strip=True) == seen
    assert one(square, ".govuk-visually-hidden").text() == read_aloud
    assert read_aloud in look.days_tag(days)


@pytest.mark.parametrize(
    ("days", "words"), [(12, "还剩 12 个工作日"), (0, "今天到期"), (-2, "逾期 2 个工作日")]
)
def test_days_that_the_law_counts_as_working_days_are_told_as_such(days: int, words: str) -> None:
    square = LexborHTMLParser(look.days_square(days, True))
    assert one(square, ".govuk-visually-hidden").text() == words
    assert words in look.days_tag(days, True)


def test_a_day_is_that_of_the_place_not_of_greenwich() -> None:
    late = dt.datetime(2026, 3, 5, 17, 30, tzinfo=dt.UTC)  # 01:30 on the 6th in Shanghai
    with timezone.override("Asia/Shanghai"):
        assert "2026年3月6日" in look.day(late)
        assert "2026-03-06 01:30" in look.moment(late)
    assert look.day(None) == ""
    assert look.moment(None) == ""


# ---- fields ----


class Everything(forms.Form):
    name = forms.CharField(max_length=5, help_text="简称")
    note = forms.CharField(widget=forms.Textarea, required=False)
    kind = forms.ChoiceField(choices=[("a", "甲"), ("b", "乙")])
    pick = forms.ChoiceField(choices=[("a", "甲"), ("b", "乙")], widget=forms.RadioSelect)
    many = forms.MultipleChoiceField(choices=[("a", "甲")], widget=forms.CheckboxSelectMultiple)
    on = forms.DateField()
    at = forms.DateTimeField()
    yes = forms.BooleanField()
    file = forms.FileField()
    number = forms.IntegerField()
    secret = forms.CharField(widget=forms.HiddenInput)


@pytest.mark.parametrize("bound", [False, True])
def test_each_field_has_a_name_that_a_screen_reader_finds(bound: bool) -> None:
    form = Everything({} if bound else None)
    page = include("look/fields.html", form=form)
    labelled = {node.attributes["for"] for node in page.css("label")}
    controls = page.css("input:not([type=hidden]), select, textarea")
    assert len(controls) == 11
    for control in controls:
        assert control.attributes["id"] in labelled


def test_an_error_is_joined_to_its_field_and_listed_on_top() -> None:
    form = Everything({})
    page = include("look/fields.html", form=form)
    name = one(page, "#id_name")
    assert name.attributes["aria-invalid"] == "true"
    assert name.attributes["aria-describedby"] == "id_name-hint id_name-error"
    assert one(page, "#id_name-error").text(strip=True).startswith("出错：")
    assert one(page, "fieldset#id_pick").attributes["aria-describedby"] == "id_pick-error"
    found = {problem.target for problem in problems(form)}
    assert {"id_name", "id_pick_0", "id_many_0", "id_on", "id_file"} <= found
    for problem in problems(form):
        assert not problem.target or page.css_first(f"#{problem.target}") is not None


def test_a_date_opens_a_calendar_but_what_was_mistyped_stays_to_be_mended() -> None:
    right = shown_field(Everything({"on": "2026-03-05"})["on"]).control
    assert 'type="date"' in right
    assert 'value="2026-03-05"' in right
    initial = shown_field(Everything(initial={"on": dt.date(2026, 3, 5)})["on"]).control
    assert 'type="date"' in initial
    assert 'value="2026-03-05"' in initial
    wrong = shown_field(Everything({"on": "三月五日"})["on"]).control
    assert 'type="text"' in wrong
    assert 'value="三月五日"' in wrong


def test_an_initial_moment_fills_its_field() -> None:
    control = shown_field(Everything(initial={"at": dt.datetime(2026, 3, 5, 9, 0)})["at"]).control
    assert 'type="datetime-local"' in control
    assert 'value="2026-03-05T09:00"' in control


def test_making_a_field_does_not_change_the_forms_own_widgets() -> None:
    form = Everything({"on": "2026-03-05"})
    shown_field(form["on"])
    assert form.fields["on"].widget.input_type == "text"
    assert target(form["on"]) == "id_on"


def test_choices_keep_what_was_chosen() -> None:
    page = include("look/fields.html", form=Everything({"pick": "b", "many": ["a"], "kind": "b"}))
    assert one(page, "#id_pick_1").attributes.get("checked", "no") != "no"
    assert "checked" not in one(page, "#id_pick_0").attributes
    assert "checked" in one(page, "#id_many_0").attributes


# ---- tables, filters, pages ----

COLUMNS = [
    Column("t", "标题", "title", sortable=True),
    Column("n", "件数", "number"),
    Column("d", "日期", "date"),
]


def test_a_cell_says_its_column_on_a_phone_and_blank_is_told() -> None:
    table = Table("表", COLUMNS, [Row({"t": "甲", "n": 0, "d": None}, "/1")])
    page = include("look/table.html", table=table)
    cells = page.css("tbody td")
    assert [cell.attributes["data-label"] for cell in cells] == ["件数", "日期"]
    assert cells[0].text(strip=True) == "0"
    assert "is-number" in (cells[0].attributes["class"] or "")
    assert "无" in cells[1].text()
    assert one(page, "tbody th a").attributes["href"] == "/1"


def test_sorting_keeps_the_filters_and_begins_at_the_first_page() -> None:
    table = Table("表", COLUMNS, [Row({"t": "甲"})], sort="t")
    page = include("look/table.html", "?year=2026&after=x&sort=t", table=table)
    head = one(page, "thead th.is-sortable")
    assert head.attributes["aria-sort"] == "ascending"
    assert one(page, "thead a").attributes["href"] == "?year=2026&sort=-t"


def test_an_empty_table_says_what_to_do() -> None:
    page = include("look/table.html", table=Table("表", COLUMNS, [], empty="还没有信息。请新建。"))
    assert page.css("table") == []
    assert "还没有信息。请新建。" in text(page)
    assert "这里还没有内容" in text(include("look/table.html", table=Table("表", COLUMNS, [])))


def test_pages_go_on_from_the_cursor_and_keep_the_filters() -> None:
    page = include("look/pagination.html", "?year=2026&after=x", pages=Pages("甲|1", "乙|2"))
    hrefs = [link.attributes["href"] or "" for link in page.css("a")]
    assert hrefs == ["?year=2026&before=%E7%94%B2%7C1", "?year=2026&after=%E4%B9%99%7C2"]
    assert include("look/pagination.html", pages=Pages()).css("nav") == []


def test_a_filter_form_keeps_what_it_does_not_ask_for() -> None:
    class Years(forms.Form):
        year = forms.CharField(required=False)

    page = include("look/filter_bar.html", "?q=a&q=b&year=2026&after=x", filters=Years())
    hidden = [(n.attributes["name"], n.attributes["value"]) for n in page.css("input[type=hidden]")]
    assert hidden == [("q", "a"), ("q", "b")]


# ---- what can be done ----


def test_what_is_not_lawful_now_cannot_be_pressed_and_says_why() -> None:
    steps = [
        Action("提交", "/s", "post", "main", fields={"n": "1"}),
        Action("发布", "/p", "post", reason="还没有保密审查。"),
    ]
    page = include("look/next_steps.html", next_steps=steps)
    assert [b.text(strip=True) for b in page.css("button")] == ["提交"]
    assert "/p" not in (page.html or "")
    assert "还没有保密审查。" in one(page, ".not-now").text()


def test_a_review_that_cannot_pass_says_why_and_can_still_be_returned() -> None:
    page = LexborHTMLParser(rendered("review", why_not_pass="还没有读附件。"))
    pressed = one(page, "button[value=pass]")
    assert "disabled" in pressed.attributes
    assert one(page, f"#{pressed.attributes['aria-describedby']}").text().endswith("还没有读附件。")
    assert "disabled" not in one(page, "button[value=return]").attributes


def test_a_place_hidden_from_a_role_is_not_shown_and_the_rest_is() -> None:
    page = LexborHTMLParser(rendered("today", hidden_places=["settings", "import"]))
    assert [link.text(strip=True)[:2] for link in page.css(".work-places a")] == [
        "今日",
        "信息",
        "审查",
        "清单",
        "统计",
    ]
    assert one(page, '.work-places [aria-current="page"]').text(strip=True).startswith("今日")


def test_someone_who_serves_several_organs_can_switch_without_a_script() -> None:
    page = LexborHTMLParser(
        rendered("today", organs=[Tab("甲", "a"), Tab("乙", "b", True)], switch_address="/switch")
    )
    form = one(page, 'form.organ-switch[action="/switch"]')
    assert "selected" in one(page, "#organ-switch option[value=b]").attributes
    assert form.css_first("button") is not None


def test_the_four_columns_stand_in_the_order_of_the_rule() -> None:
    page = LexborHTMLParser(rendered("portal-organ"))
    columns = [node.text(strip=True) for node in page.css(".column > a")]
    assert columns == [
        "政府信息公开指南",
        "政府信息公开制度",
        "法定主动公开内容",
        "政府信息公开年报",
    ]  # PLT.3


def test_what_was_withdrawn_shows_the_reason_and_no_text() -> None:
    page = LexborHTMLParser(rendered("portal-withdrawn", body="正文", attachments=look_gallery.ATTACHMENTS))
    assert "已撤回" in text(page)
    assert "附件中有不应公开的个人信息" in text(page)
    assert page.css(".document, .attachment-list") == []


# ---- differences ----


TEXTS = st.text(alphabet="甲乙丙。<&\n", max_size=16)


def shown_without(tag: str, old: str, new: str) -> str:
    """The shown difference as text, without what stands in `tag` and without the marks of line ends."""
    html = "".join(str(look.difference_piece(piece)) for piece in differences(old, new))
    page = LexborHTMLParser(f"<div>{html}</div>")
    for mark in page.css(tag):
        mark.decompose()
    return one(page, "div").text().replace("¶", "")


@given(TEXTS, TEXTS)
def test_without_what_was_removed_the_difference_reads_as_the_new_words(old: str, new: str) -> None:
    assert shown_without("del", old, new).replace("\n", "") == new.replace("\n", "")


@given(TEXTS, TEXTS)
def test_without_what_was_added_the_difference_reads_as_the_old_words(old: str, new: str) -> None:
    assert shown_without("ins", old, new).replace("\n", "") == old.replace("\n", "")


@pytest.mark.parametrize(
    ("piece", "shown"),
    [
        (Piece("removed", "五十元\n"), "<del>五十元</del>\n"),
        (Piece("added", "\n\n"), "<ins>¶¶</ins>\n\n"),
        (Piece("added", "<b>"), "<ins>&lt;b&gt;</ins>"),
        (Piece("same", "a&b"), "a&amp;b"),
    ],
)
def test_marks_hold_words_and_not_the_ends_of_lines(piece: Piece, shown: str) -> None:
    assert str(look.difference_piece(piece)) == shown
