"""The words of a result: what came in, what became of it and why, a survey's figures. For the draft only:
the clerk works it over, and it goes through the review like everything that is made public."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from gongkai.web.participation.models import Consultation, Opinion
from gongkai.web.participation.questionnaire import figures_html
from gongkai.web.participation.settled import adoptions, opinion_channels, words_of

# These say nothing of the matter: counted, and not listed.
_NOT_LISTED = ("noted", "void", "")


def result_html(
    consultation: Consultation, opinions: Sequence[Opinion], figures: Sequence[Mapping[str, Any]]
) -> str:
    """`figures`: as `questionnaire.figures` gives them, of a survey."""
    said = [f"<h2>{'调查' if consultation.is_survey else '征集'}情况</h2>", _received(consultation, opinions)]
    listed = [one for one in opinions if one.adoption not in _NOT_LISTED]
    if listed:
        said += ["<h2>意见采纳情况</h2>", _table(listed)]
    if figures:
        said += ["<h2>调查结果</h2>", figures_html(figures)]
        said.append("<p>说明：按收到的问卷份数统计，不是人数；各题占比以该题的作答份数为基数。</p>")
    return "".join(said)


def _received(consultation: Consultation, opinions: Sequence[Opinion]) -> str:
    day = consultation.last_day
    until = f"截至{day.year}年{day.month}月{day.day}日，" if day else ""
    if not opinions:
        return f"<p>{until}没有收到意见。</p>"
    what = "问卷" if consultation.is_survey else "意见"
    counted = Counter(one.adoption for one in opinions if one.adoption)
    ways = Counter(one.channel for one in opinions)
    by_way = "、".join(f"{one.zh}{ways[one.code]}份" for one in opinion_channels() if ways[one.code])
    how = "" if consultation.is_survey else f"（{by_way}）"
    parts = [f"{one.zh}{counted[one.code]}份" for one in adoptions() if counted[one.code]]
    told = f"，其中{'，'.join(parts)}" if parts else ""
    return f"<p>{until}共收到{what}{len(opinions)}份{how}{told}。</p>"


def _table(opinions: Sequence[Opinion]) -> str:
    """Each gist once, with how many said it. Never the words of a citizen."""
    order = {one.code: place for place, one in enumerate(adoptions())}
    counted = Counter((one.adoption, one.gist, one.reason) for one in opinions)
    rows = []
    for (adoption, gist, reason), count in sorted(
        counted.items(), key=lambda row: (order.get(row[0][0], 99), -row[1], row[0][1])
    ):
        cells = (gist, str(count), words_of(adoptions(), adoption, "zh"), reason or "—")
        rows.append("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in cells) + "</tr>")
    head = "".join(f"<th>{words}</th>" for words in ("意见要点", "份数", "采纳情况", "理由"))
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
