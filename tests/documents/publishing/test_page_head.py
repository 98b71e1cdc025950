"""A page does not say twice what stands above it, and loses nothing else."""

from __future__ import annotations

import pytest

from gongkai.documents.publishing import without_head

TITLE = '<p class="title">虚构镇人民政府</p><p class="title">关于做好防汛工作的通知</p>'
WHOLE = "虚构镇人民政府关于做好防汛工作的通知"
REST = "<p>各村（社区）：</p><p>现将有关事项通知如下。</p>"


@pytest.mark.parametrize(
    "head",
    [
        "",
        '<p class="centre">虚构区虚构镇人民政府文件</p><p class="centre">虚政发〔2026〕3号</p>',
        "<p>虚构镇文件</p><p>虚政发〔2026〕3号 签发人：甲某</p><p></p>",
        "<p>000012</p><p>特急</p>",
    ],
)
def test_red_head_number_and_title_are_left_out(head: str) -> None:
    assert without_head(head + TITLE + REST, WHOLE) == REST


@pytest.mark.parametrize(
    "html",
    [
        REST,
        TITLE,  # nothing but the title: a page is never empty
        f"<p>这一段说的是别的事情，不能丢。</p>{TITLE}{REST}",
        f'<p class="title">另一个标题</p>{REST}',
        f"{TITLE}<table><tr><td>甲</td></tr></table>".replace("防汛", "抗旱"),
        "",
        "<p",
    ],
)
def test_what_says_more_stays(html: str) -> None:
    assert without_head(html, WHOLE) == html


def test_without_a_title_nothing_is_dropped() -> None:
    assert without_head(TITLE + REST, "") == TITLE + REST
