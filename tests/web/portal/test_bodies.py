"""What the page makes of a stored body besides cleaning it."""

from __future__ import annotations

from gongkai.web.portal.bodies import public_body

FRAME = '<div class="wide-table" role="region" tabindex="0" aria-label="表格">'


def shown(body: str) -> str:
    return str(public_body(body, str))


def test_a_table_stands_in_a_frame_that_scrolls() -> None:
    table = "<table><tbody><tr><td>表内</td></tr></tbody></table>"
    assert shown(f"<p>前</p>{table}<p>后</p>") == f"<p>前</p>{FRAME}{table}</div><p>后</p>"


def test_a_table_within_a_table_has_no_frame_of_its_own() -> None:
    inner = "<table><tbody><tr><td>内</td></tr></tbody></table>"
    found = shown(f"<table><tbody><tr><td>{inner}</td></tr></tbody></table>{inner}")
    assert found.count("<div") == found.count("</div>") == 2
    assert found.startswith(FRAME)


def test_several_tables_are_told_apart_by_who_hears_the_page() -> None:
    table = "<table><tbody><tr><td>表内</td></tr></tbody></table>"
    found = shown(f"{table}{table}{table}")
    assert [found.count(f'aria-label="{name}"') for name in ("表格", "表格 2", "表格 3")] == [1, 1, 1]


def test_words_that_look_like_a_table_stay_words() -> None:
    assert shown("<p>写作 &lt;table&gt;</p>") == "<p>写作 &lt;table&gt;</p>"


def test_a_table_left_open_is_closed_with_its_frame() -> None:
    found = shown("<table><tbody><tr><td>开着")
    assert found.endswith("</table></div>")
