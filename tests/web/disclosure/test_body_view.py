"""A body as the staff's pages show it: marks on the right words, and nothing that a body should not do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from gongkai.documents.publishing import clean_html, text_of
from gongkai.web.disclosure.body_view import Place, body_view

BODY = clean_html(
    "<h2>一、联系方式</h2><p>请拨打 <strong>138</strong>0013<em>8000</em> &amp; 电邮。</p>"
    "<table><tr><th>姓名</th><td>张 三</td></tr></table><ol><li>甲<ul><li>乙</li></ul></li></ol>"
    '<p>图<img src="image:1" alt="示意 > 图">后<a href="https://example.org/?a=1&amp;b=2">链接</a></p>'
)
TEXT = text_of(BODY)


def shown(*places: Place) -> LexborHTMLParser:
    return LexborHTMLParser(str(body_view(BODY, lambda number: f"/pictures/{number}/", places)))


def marked(page: LexborHTMLParser) -> str:
    return "".join("".join(one.text() for one in page.css("mark.found")).split())


def test_the_words_found_are_marked_even_across_bold_and_italics() -> None:
    start = TEXT.index("13800138000")
    page = shown(Place("finding-0", start, start + 11))
    assert marked(page) == "13800138000"
    assert [one.attributes.get("id") for one in page.css("mark.found")] == ["finding-0", None, None]


@given(st.lists(st.tuples(st.integers(-5, len(TEXT) + 5), st.integers(-5, len(TEXT) + 5)), max_size=6))
def test_marks_change_no_word_and_stand_on_those_meant(spans: list[tuple[int, int]]) -> None:
    places = [Place(f"finding-{n}", start, end) for n, (start, end) in enumerate(spans)]
    plain, page = shown(), shown(*places)
    assert page.body is not None
    assert plain.body is not None
    assert "".join(page.body.text().split()) == "".join(plain.body.text().split())
    for one in page.css("mark[id]"):
        place = places[int(str(one.attributes["id"]).removeprefix("finding-"))]
        begun = "".join(TEXT[place.start : place.end].split())
        assert begun.startswith("".join(one.text().split()))
    ids = [one.attributes["id"] for one in page.css("mark[id]")]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '<img src="image:1" onerror="alert(1)">',
        '<a href="javascript:alert(1)">x</a>',
        '<p style="position:fixed" class="work-places">x</p>',
        '<form action="/work/"><input name="once"></form>',
        '<p id="main">x</p>',
        "<iframe src=/work/></iframe>",
        "<svg><script>alert(1)</script></svg>",
        '<p title="</p><script>alert(1)</script>">x</p>',
    ],
)
def test_whatever_stands_in_the_database_does_nothing_on_the_page(hostile: str) -> None:
    page = LexborHTMLParser(str(body_view(hostile, lambda number: f"/pictures/{number}/")))
    assert not page.css("script, iframe, form, input, svg, [onerror], [style], #main, .work-places")
    assert all("javascript" not in (one.attributes.get("href") or "") for one in page.css("a"))


def test_pictures_come_from_our_own_address() -> None:
    picture = shown().css_first("img")
    assert picture is not None
    assert picture.attributes["src"] == "/pictures/1/"
    assert picture.attributes["alt"] == "示意 > 图"
