"""html layouts: clean markup, and the markup of word processors and content systems."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from random import Random

from tests.annual.printing.grids import (
    Grid,
    block_grid,
    proactive_grid,
    requests_grid,
    side_by_side_grid,
    statistics_grid,
)
from tests.annual.printing.printed import Printed
from tests.annual.printing.remedies_tables import some_remedies_grids


def report_grids(kind: str, report: Printed, rng: Random, side_by_side: bool = True) -> list[Grid]:
    """The tables of one part of a report as a publisher may cut them; table 2 may lie `side_by_side`."""
    if kind == "proactive":
        style = rng.random()
        if side_by_side and style < 0.2 and report.truth["form"] == "2021":
            return [side_by_side_grid(report.proactive)]
        return [proactive_grid(report.proactive)] if style < 0.7 else list(map(block_grid, report.proactive))
    if kind == "requests":
        assert report.requests is not None
        grid = requests_grid(report.requests)
        if rng.random() < 0.8:
            return [grid]
        cut = rng.randint(6, grid.height - 4)  # the table goes on over a page: two tables, one heading
        return [grid.part(0, cut), grid.part(cut, grid.height)]
    if kind == "remedies":
        assert report.remedies is not None
        return some_remedies_grids(report.remedies, rng)
    return [statistics_grid(report)]


def html(report: Printed, rng: Random) -> bytes:
    """A page of clean html: headings, paragraphs, tables with the form's spans."""
    spans = rng.random() < 0.8
    body = []
    for kind, words in report.parts:
        if kind in ("title", "heading", "paragraph"):
            tag = {"title": "h1", "heading": "h2", "paragraph": "p"}[kind]
            body.append(f"<{tag}>{escape(words)}</{tag}>")
            continue
        body += [f"<p>{escape(line)}</p>" for line in report.statistics_title if kind == "statistics"]
        for grid in report_grids(kind, report, rng):
            rows = _spanned(grid, escape) if spans else _repeated(grid)
            body.append("<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>")
    return _document("\n".join(body), rng)


def html_word(report: Printed, rng: Random) -> bytes:
    """A page as a word processor or a content system leaves it: spans in spans, nbsp, a menu."""
    narrow = rng.random() < 0.5

    def cell_words(text: str) -> str:
        text = escape(text)
        if narrow and len(text) > 5 and text[0] in "三（" and rng.random() < 0.5:
            text = "<br/>".join(text)  # a narrow column of groups
        inner = f'<span style="font-size:10.5pt"><span lang="EN-US">{text or "&nbsp;"}</span></span>'
        if rng.random() < 0.2:
            inner = inner.replace("</span></span>", "<o:p></o:p></span></span>&nbsp;")
        return f'<p class="MsoNormal" align="center">{inner}</p>\n'

    body = ['<div class="nav"><a href="/">首页</a> &gt; <a href="/zwgk">政务公开</a></div><div class="text">']
    for kind, words in report.parts:
        if kind in ("title", "heading", "paragraph"):
            body.append(f'<p class="MsoNormal"><b><span>{escape(words)}</span></b><o:p></o:p></p>')
            continue
        body += [f"<p>{escape(line)}</p>" for line in report.statistics_title if kind == "statistics"]
        for grid in report_grids(kind, report, rng):
            rows = "".join(f"<tr style='height:20pt'>\n{row}</tr>\n" for row in _spanned(grid, cell_words))
            body.append(f'<div align="center"><table border="1"><tbody>{rows}</tbody></table></div>')
    body.append("</div><div class='foot'>主办：网站管理中心　网站标识码：0000000000</div>")
    return _document("\n".join(body), rng)


def _spanned(grid: Grid, words: Callable[[str], str]) -> list[str]:
    rows = []
    for cells in grid.begun():
        row = ""
        for cell in cells:
            spans = f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
            spans += f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
            row += f"<td{spans}>{words(cell.text)}</td>"
        rows.append(row)
    return rows


def _repeated(grid: Grid) -> list[str]:
    return ["".join(f"<td>{escape(text)}</td>" for text in row) for row in grid.expanded(repeat=True)]


def _document(body: str, rng: Random) -> bytes:
    encoding = rng.choice(("utf-8", "utf-8", "gb18030"))
    name = "gb2312" if encoding == "gb18030" else encoding
    head = f'<!DOCTYPE html>\n<html><head><meta charset="{name}"><title>信息公开</title>'
    script = "<script>var n = 12; document.title = '年报';</script><style>td{padding:3px}</style>"
    return f"{head}{script}</head>\n<body>\n{body}\n</body></html>\n".encode(encoding)
