"""Html from anywhere becomes the few elements of a page, and nothing else gets through."""

# ruff: noqa: E501 -- markup is read more easily unbroken

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.documents.publishing.xss_vectors import VECTORS

from gongkai.documents.errors import DocumentError
from gongkai.documents.publishing import clean_html, images_of, links_of, text_of
from gongkai.documents.publishing.markup import VOCABULARY

VALUES = {
    "class": re.compile(r"(?:title|centre|right|footnote)\Z"),
    "id": re.compile(r"fn(?:ref)?-\d{1,4}\Z"),
    "start": re.compile(r"\d{1,4}\Z"),
    "href": re.compile(r"(?:https?://[^\s\"'<>@]+|mailto:[^\s\"'<>]+@[^\s\"'<>]+|#fn(?:ref)?-\d{1,4})\Z"),
    "src": re.compile(r"image:[1-9]\d{0,3}\Z"),
    "alt": re.compile(r".*\Z", re.DOTALL),
    "colspan": re.compile(r"[1-9]\d{0,2}\Z"),
    "rowspan": re.compile(r"[1-9]\d{0,3}\Z"),
    "scope": re.compile(r"(?:col|row)\Z"),
}


class Strict(HTMLParser):
    """Reads html with another parser than ours and complains of whatever is no part of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag not in VOCABULARY:
            self.faults.append(f"<{tag}>")
        for name, value in attributes:
            if name not in VOCABULARY.get(tag, set()) or not VALUES[name].match(value or ""):
                self.faults.append(f"{tag} {name}={value}")

    def handle_comment(self, data: str) -> None:
        self.faults.append("comment")

    def handle_decl(self, declaration: str) -> None:
        self.faults.append("declaration")

    def handle_pi(self, data: str) -> None:
        self.faults.append("instruction")

    def unknown_decl(self, data: str) -> None:
        self.faults.append("declaration")


def faults(html: str) -> list[str]:
    strict = Strict()
    strict.feed(html)
    strict.close()
    return strict.faults


def test_there_are_vectors_enough() -> None:
    assert len(set(VECTORS)) >= 60


@pytest.mark.parametrize("vector", VECTORS)
def test_no_known_attack_leaves_anything_but_the_vocabulary(vector: str) -> None:
    for html in (
        vector,
        f"<p>前{vector}后</p>",
        f"<table><tr><td>{vector}</td></tr></table>",
        f"<ul><li>{vector}",
    ):
        clean = clean_html(html)
        assert faults(clean) == []
        assert clean_html(clean) == clean


def test_what_attacks_say_in_words_stays_words() -> None:
    assert (
        clean_html("&lt;script&gt;alert(1)&lt;/script&gt;") == "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"
    )
    assert text_of("<p>1 &lt; 2 &amp;amp; 3</p>") == "1 < 2 &amp; 3"


TAGS = sorted(
    {
        *VOCABULARY,
        "h1",
        "div",
        "span",
        "b",
        "i",
        "script",
        "svg",
        "style",
        "center",
        "font",
        "o:p",
        "pre",
        "caption",
    }
)
ATTRIBUTES = st.sampled_from(
    [
        *(
            "",
            " class=title",
            " class='right x'",
            " align=center",
            " style='text-align:right;font-weight:bold'",
        ),
        *(
            " href=https://www.example.gov.cn/a?b=1&c=2",
            " href=#fn-1",
            " href=#fnref-1",
            " href=javascript:1",
        ),
        *(
            " src=image:3 alt='甲<乙\"'",
            " rowspan=3",
            " colspan=2",
            " rowspan=0",
            " start=4",
            " id=fn-1",
            " onclick=x",
        ),
        *(" class=footnote", " hidden", " style=display:none", " scope=col", " href=mailto:a@b.cn"),
    ]
)
PIECES = st.one_of(
    st.builds(lambda tag, more: f"<{tag}{more}>", st.sampled_from(TAGS), ATTRIBUTES),
    st.builds(lambda tag: f"</{tag}>", st.sampled_from(TAGS)),
    st.sampled_from(
        [
            "文字",
            " ",
            "\n",
            "\u3000",
            "&nbsp;",
            "a",
            "<br>",
            "&amp;",
            "&lt;b&gt;",
            "<!-- a -->",
            "\u200b",
            "一、",
            "\u00ad",
        ]
    ),
    st.text(max_size=6),
)
HTML = st.lists(PIECES, max_size=40).map("".join)
MANY = settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@MANY
@given(HTML)
@example("<ul>a<li>b<ul>c</ul></ul>")
@example("<table><tr><td rowspan=9>a<tr><tr></table>")
@example("<p>a <b> b</b> <br> <i> c</i></p>")
def test_cleaning_twice_gives_the_same_and_nothing_but_the_vocabulary(html: str) -> None:
    clean = clean_html(html)
    assert faults(clean) == []
    assert clean_html(clean) == clean
    assert text_of(clean) == text_of(html)
    assert links_of(clean) == links_of(html)
    assert images_of(clean) == images_of(html)


@pytest.mark.parametrize(
    ("pasted", "clean"),
    [
        (
            "<p class=MsoNormal align=center style='text-align:center;mso-pagination:none'><b style='mso-bidi-font-weight:"
            "normal'><span lang=EN-US style='font-size:22.0pt;font-family:方正小标宋简体'>关于<o:p></o:p></span></b></p>",
            '<p class="centre"><strong>关于</strong></p>',
        ),
        (
            "<!--[if gte mso 9]><xml><w:WordDocument/></xml><![endif]--><p class=MsoListParagraph style='mso-list:l0 level1'>"
            "<![if !supportLists]><span style='mso-list:Ignore'>1.<span>&nbsp;&nbsp;&nbsp; </span></span><![endif]>甲</p>",
            "<p>1. 甲</p>",
        ),
        ("<font color=red face=宋体>甲</font><font size=7>乙</font>", "<p>甲乙</p>"),
        ("<div><div>甲</div>乙<p>丙</div>", "<p>甲</p>\n<p>乙</p>\n<p>丙</p>"),
        ("<p>　　甲\n乙　</p>", "<p>甲乙</p>"),
        ("<h1>题</h1><h6>小</h6>", "<h2>题</h2>\n<h5>小</h5>"),
        (
            "<p>甲<del>删</del><ins>增</ins><span style='display:none'>藏</span><span style='mso-hide:all'>藏</span></p>",
            "<p>甲<u>增</u></p>",
        ),
        ("<p>H<span style='vertical-align:sub'>2</span>O</p>", "<p>H<sub>2</sub>O</p>"),
        ("<table><tr><td>只有一格</td></tr></table>", "<p>只有一格</p>"),
        (
            "<table><tr><td><table><tr><td>甲<td>乙<tr><td>丙<td>丁</table></td></tr></table>",
            "<table><tbody><tr><td>甲</td><td>乙</td></tr><tr><td>丙</td><td>丁</td></tr></tbody></table>",
        ),
        (
            "<table><tr><th>名<th>数<tr><td>甲<td align=right>1</table>",
            '<table><thead><tr><th scope="col">名</th><th scope="col">数</th></tr></thead>'
            '<tbody><tr><td>甲</td><td class="right">1</td></tr></tbody></table>',
        ),
        (
            "<img src=data:image/png;base64,AAAA><img src=image:2 alt='C:\\a\\b.png'>",
            '<p><img src="image:2" alt=""></p>',
        ),
        ("", ""),
        ("<p>&nbsp;</p><p><br></p>", ""),
    ],
)
def test_what_word_and_old_sites_paste_becomes_clean(pasted: str, clean: str) -> None:
    assert clean_html(pasted) == clean


def test_text_has_a_line_a_block_and_a_row_a_line() -> None:
    html = "<h2>一、标题</h2><p>甲<br>乙</p><ul><li>丙</li></ul><table><tr><td>名<td><p>丁<p>戊<tr><td>2<td>3</table>"
    assert text_of(html) == "一、标题\n甲\n乙\n丙\n名\t丁 戊\n2\t3"


def test_links_and_images_are_listed_in_order() -> None:
    html = (
        '<p><a href="https://a.example/">甲<b>乙</b></a> <a href="mailto:x@a.example">信</a> <a href="javascript:1">丙</a>'
        '<a href="#fn-1">[1]</a><img src="image:2" alt="图"></p>'
    )
    assert [tuple(link) for link in links_of(html)] == [
        ("https://a.example/", "甲乙"),
        ("mailto:x@a.example", "信"),
    ]
    assert [tuple(image) for image in images_of(html)] == [(2, "图")]


@pytest.mark.parametrize("html", ["<div>" * 5_000, "<p " + "a " * 200_000 + ">", "<p>" + "甲" * 4_000_000])
def test_html_that_would_take_too_long_is_refused_in_words(html: str) -> None:
    with pytest.raises(DocumentError) as caught:
        clean_html(html)
    assert caught.value.code in ("too_complex", "too_large")
    assert "年度报告" not in caught.value.zh
