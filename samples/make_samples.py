"""Make the four sample reports: `python samples/make_samples.py` writes them beside this file.

Needs python-docx and typst (development packages) and the font Noto Serif CJK SC. The same input gives the
same bytes. Organs, places, people and figures are invented; the planted errors are listed in samples.toml.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from html import escape
from io import BytesIO
from pathlib import Path

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from gongkai.annual.forms import form
from gongkai.annual.report import Report
from gongkai.annual.sheet import SheetCell, SheetTable, sheet_tables

HERE = Path(__file__).resolve().parent
PLACE = "虚构省云溪市"
NOTICE = "（虚构样本：机关、地名、人名和数字均为虚构。）"
ZIP_DATE = (2025, 1, 15, 0, 0, 0)
SECTION_OF_TABLE = {"proactive": 1, "requests": 2, "remedies": 3}

Figures = dict[str, dict[str, int | None]]


def requests(form_code: str, given: dict[str, dict[str, int]]) -> Figures:
    """Table 3 with zeros where nothing is given, and totals that add up."""
    rows = [row.code for row in form(form_code).rows_with(single_other=form_code == "2019")]
    columns = [column.code for column in form(form_code).columns]
    table: Figures = {code: dict.fromkeys(columns, 0) | dict(given.get(code, {})) for code in rows}
    outcomes = [
        c for c in rows if c not in ("received.new", "received.carried_in", "concluded", "carried_forward")
    ]
    for column in columns[:-1]:
        table["concluded"][column] = sum(table[code][column] or 0 for code in outcomes)
        received = (table["received.new"][column] or 0) + (table["received.carried_in"][column] or 0)
        table["carried_forward"][column] = received - (table["concluded"][column] or 0)
    for row in table.values():
        row["total"] = sum(row[column] or 0 for column in columns[:-1])
    return table


def remedies(**given: tuple[int, int, int, int]) -> Figures:
    """Table 4 with totals that add up."""
    columns = ("upheld", "corrected", "other", "pending")
    table: Figures = {}
    for group in form("2021").remedy_groups:
        counts = given.get(group.code, (0, 0, 0, 0))
        table[group.code] = {**dict(zip(columns, counts, strict=True)), "total": sum(counts)}
    return table


def proactive(
    normative: tuple[int, int, int], licences: int, penalties: int, measures: int, fees: int
) -> dict[str, object]:
    columns = ("issued", "repealed", "in_force")
    return {
        "rules": dict.fromkeys(columns, 0),
        "normative_documents": dict(zip(columns, normative, strict=True)),
        "licences": licences,
        "penalties": penalties,
        "compulsory_measures": measures,
        "administrative_fees": fees,
    }


# ---- the four reports: report, then the paragraphs of each of the six sections ----


def qingshi() -> tuple[Report, list[list[str]]]:
    report = Report("qingshi-2024.docx", f"{PLACE}青石区人民政府", 2024, "2021")
    report.proactive = proactive((4, 1, 23), 1268, 342, 17, 86)
    report.requests = requests(
        "2021",
        {
            "received.new": {"natural_person": 46, "business": 6, "legal_services": 2},
            "received.carried_in": {"natural_person": 3},
            "granted": {"natural_person": 18, "business": 3},
            "partly_granted": {"natural_person": 6, "business": 1},
            "refused.third_party_rights": {"natural_person": 2},
            "refused.internal_affairs": {"natural_person": 3},
            "refused.process_information": {"natural_person": 2, "legal_services": 1},
            "unavailable.not_held": {"natural_person": 10, "business": 1},
            "not_processed.petition": {"natural_person": 2},
            "not_processed.duplicate": {"natural_person": 1},
            "other.not_supplemented": {"natural_person": 1},
            "other.other": {"natural_person": 1},
        },
    )
    report.requests["refused.process_information"]["total"] = 4  # planted
    report.remedies = remedies(reconsideration=(3, 1, 0, 0), direct_litigation=(1, 0, 0, 0))
    text = [
        [
            "2024年，青石区人民政府认真落实《中华人民共和国政府信息公开条例》，现将有关情况报告如下。",
            "（一）主动公开。全年通过区政府门户网站公开政府信息2316条，重点公开规划计划、财政预决算、重大建设项目和公共服务信息。",
            # planted: 52 concluded
            "（二）依申请公开。全年新收政府信息公开申请54件，上年结转3件，办结45件，结转下年度5件。",
            "（三）政府信息管理。落实公开前保密审查制度，动态调整公开目录，清理失效文件1件。",
            "（四）政府信息公开平台建设。完成门户网站适老化改造，规范管理政务新媒体账号。",
            "（五）监督保障。组织业务培训2期，开展日常检查4次。",
        ],
        [],
        [],
        ["全年发生政府信息公开行政复议4件，其中结果纠正1件；行政诉讼1件，结果维持。"],
        [
            "一是个别答复说理不够充分，有1件行政复议被纠正。二是部分单位公开目录更新不够及时。",
            "改进措施：加强答复文书审核和案例培训；每季度通报目录更新情况。",
        ],
        ["全年发出收费通知0件，总金额0元，实际收取总金额0元。", NOTICE],
    ]
    return report, text


def liuwan_2023() -> tuple[Report, list[list[str]]]:
    report = Report("liuwan-2023.html", f"{PLACE}青石区柳湾镇人民政府", 2023, "2021")
    report.proactive = proactive((1, 0, 6), 45, 28, 2, 0)
    report.requests = requests(
        "2021",
        {
            "received.new": {"natural_person": 11, "business": 1},
            "received.carried_in": {"natural_person": 1},
            "granted": {"natural_person": 5, "business": 1},
            "partly_granted": {"natural_person": 1},
            "refused.internal_affairs": {"natural_person": 1},
            "unavailable.not_held": {"natural_person": 3},
        },
    )
    report.requests["carried_forward"].update(natural_person=3, total=3)  # planted: 2
    report.requests["not_processed.duplicate"] = dict.fromkeys(
        report.requests["not_processed.duplicate"]
    )  # planted
    report.remedies = remedies(reconsideration=(1, 0, 0, 0))
    text = [
        [
            "2023年，柳湾镇人民政府坚持以公开为常态、不公开为例外，扎实做好政府信息公开工作。",
            "（一）主动公开。全年公开政府信息186条，公开渠道为镇政府门户网站和便民服务大厅公开栏。",
            "（二）依申请公开。全年新收申请12件，上年结转1件。其中，申请人柳大川（虚构人物，联系电话13800000000）"
            "申请公开宅基地审批材料，已按期答复。",  # planted
            "（三）政府信息管理。严格落实保密审查，公开内容专人审核。",
            "（四）政府信息公开平台建设。更新镇级公开专栏，设置查阅点1处。",
            "（五）监督保障。接受区政府工作考核，等次为良好；开展社会评议1次，满意度较高；未发生责任追究情形。",
        ],
        [],
        [],
        ["全年发生政府信息公开行政复议1件，结果维持。"],
        ["存在公开内容不够丰富的问题。下一步将围绕乡村建设、惠农补贴拓展公开内容。"],
        ["全年发出收费通知0件，总金额0元，实际收取总金额0元。", NOTICE],
    ]
    return report, text


def liuwan_2024() -> tuple[Report, list[list[str]]]:
    report = Report("liuwan-2024.pdf", f"{PLACE}青石区柳湾镇人民政府", 2024, "2021")
    report.proactive = proactive((2, 1, 7), 51, 33, 1, 0)
    report.requests = requests(
        "2021",
        {
            "received.new": {"natural_person": 15, "business": 2},
            "received.carried_in": {"natural_person": 2},  # planted: 3 in the report of 2023
            "granted": {"natural_person": 8, "business": 2},
            "partly_granted": {"natural_person": 2},
            "refused.third_party_rights": {"natural_person": 1},
            "unavailable.not_held": {"natural_person": 3},
            "not_processed.petition": {"natural_person": 1},
        },
    )
    report.remedies = remedies(reconsideration=(1, 1, 0, 0))
    report.remedies["reconsideration"]["total"] = 1  # planted
    text = [
        [
            "2024年，柳湾镇人民政府持续推进政府信息公开，保障群众知情权、参与权和监督权。",
            "（一）主动公开。全年公开政府信息203条，其中规范性文件2件。",
            "（二）依申请公开。全年新收申请17件，均已按时答复。",  # planted
            "（三）政府信息管理。完善信息发布登记台账，落实保密审查。",
            "（四）政府信息公开平台建设。优化公开专栏检索功能，维护查阅点1处。",
            "（五）监督保障。区政府工作考核等次为优秀；开展社会评议1次；未发生责任追究情形。",
        ],
        [],
        [],
        ["全年发生政府信息公开行政复议，其中结果纠正1件。"],
        ["存在答复文书不够规范的问题，1件行政复议被纠正。已组织专题学习，逐件复核答复文书。"],
        ["按照规定，未收取信息处理费。", NOTICE],  # planted: no figures
    ]
    return report, text


def yunxi_water() -> tuple[Report, list[list[str]]]:
    report = Report(
        "yunxi-water-2022.txt", f"{PLACE}水务局", 2022, "2019"
    )  # planted: 2021 is the form for 2022
    three = ("previous", "change", "decisions")
    report.proactive = {
        "rules": {"made": 0, "published": 0, "total_public": 0},
        "normative_documents": {"made": 1, "published": 1, "total_public": 9},
        "licences": dict(zip(three, (12, 0, 214), strict=True)),
        "other_services": dict(zip(three, (5, 0, 36), strict=True)),
        "penalties": dict(zip(three, (18, 1, 27), strict=True)),
        "compulsory_measures": dict(zip(three, (3, 0, 2), strict=True)),
        "administrative_fees": {"previous": 2, "change": 0},
        "central_procurement": {"projects": 7, "amount": 386},
    }
    report.requests = requests(
        "2019",
        {
            "received.new": {"natural_person": 12, "business": 3},
            "granted": {"natural_person": 3, "business": 2},
            "refused.process_information": {"natural_person": 1},
            "unavailable.not_held": {"natural_person": 3},
            "other": {"natural_person": 5, "business": 1},
        },
    )
    report.remedies = remedies()
    text = [
        [
            "2022年，云溪市水务局按照市政府部署，推进水务领域政府信息公开。",
            # planted: no budget
            "（一）主动公开。公开水资源管理、供水水质、河湖管护等信息158条，公开部门决算1次。",
            "（二）依申请公开。全年新收申请15件，全部办结，无结转。"
            "其中予以公开5件，不予公开1件，无法提供3件。",  # planted: six others left out
            "（三）政府信息管理。落实信息发布审核和保密审查制度。",
            "（四）政府信息公开平台建设。维护局门户网站公开专栏，公开供水水质信息12期。",
            "（五）监督保障。开展业务培训1次，自查公开栏目2次。",
        ],
        [],
        [],
        ["全年未发生政府信息公开行政复议和行政诉讼。"],
        ["存在解读形式单一的问题。下一步将增加图解和问答。"],
        ["全年发出收费通知0件，总金额0元，实际收取总金额0元。", NOTICE],
    ]
    return report, text


# ---- the four formats ----


def headings(report: Report) -> list[str]:
    sections = form(report.form or "2021").sections
    return [f"{numeral}、{label}" for numeral, (_, label) in zip("一二三四五六", sections, strict=True)]


def title(report: Report) -> str:
    return f"{report.organ}{report.year}年政府信息公开工作年度报告"


def tables_by_section(report: Report) -> dict[int, SheetTable]:
    return {SECTION_OF_TABLE[table.code]: table for table in sheet_tables(report)}


def printed(cell: SheetCell) -> str:
    """The cell as an organ prints it: a blank stays blank."""
    return "" if cell.state else cell.text


def as_docx(report: Report, text: list[list[str]]) -> bytes:
    document = docx.Document()
    document.styles["Normal"].font.size = Pt(12)
    head = document.add_paragraph(title(report))
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    head.runs[0].font.size = Pt(18)
    tables = tables_by_section(report)
    for number, heading in enumerate(headings(report)):
        document.add_paragraph(heading).runs[0].bold = True
        if number in tables:
            _docx_table(document, tables[number])
        for paragraph in text[number]:
            document.add_paragraph(paragraph)
    buffer = BytesIO()
    document.save(buffer)
    return _same_dates(buffer.getvalue())


def _docx_table(document: docx.document.Document, table: SheetTable) -> None:
    grid = document.add_table(rows=len(table.rows), cols=table.columns)
    grid.style = "Table Grid"
    for row, column, cell in _placed(table):
        corner = grid.cell(row, column)
        corner.merge(grid.cell(row + cell.rowspan - 1, column + cell.colspan - 1))
        corner.text = printed(cell)
        for paragraph in corner.paragraphs:
            for run in paragraph.runs:
                run.font.size = Pt(8)


def _placed(table: SheetTable) -> list[tuple[int, int, SheetCell]]:
    """Each cell with the row and column of its upper left corner, from 0."""
    filled: set[tuple[int, int]] = set()
    placed = []
    for row, cells in enumerate(table.rows):
        column = 0
        for cell in cells:
            while (row, column) in filled:
                column += 1
            filled.update((row + r, column + c) for r in range(cell.rowspan) for c in range(cell.colspan))
            placed.append((row, column, cell))
    return placed


def _same_dates(content: bytes) -> bytes:
    """The zip again with one date for all parts, so that the same input gives the same bytes."""
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, ZIP_DATE), old.read(name), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def as_html(report: Report, text: list[list[str]]) -> bytes:
    """As a content system puts it out: spans and paragraphs in cells, a script, a menu around the report."""
    tables = tables_by_section(report)
    parts = [f"<h1>{escape(title(report))}</h1>"]
    for number, heading in enumerate(headings(report)):
        parts.append(f"<p><strong>{escape(heading)}</strong></p>")
        if number in tables:
            parts.append(_html_table(tables[number]))
        parts += [f"<p><span>&emsp;&emsp;{escape(paragraph)}</span></p>" for paragraph in text[number]]
    body = "\n".join(parts)
    page = f"""<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{escape(title(report))}</title>
<script>var visits = 0;</script></head>
<body><div class="menu"><a href="#">首页</a> <a href="#">政府信息公开</a></div>
<div class="content">
{body}
</div></body></html>
"""
    return page.encode()


def _html_table(table: SheetTable) -> str:
    rows = []
    for cells in table.rows:
        written = "".join(
            f'<td colspan="{c.colspan}" rowspan="{c.rowspan}"><p>{escape(printed(c)) or "&nbsp;"}</p></td>'
            for c in cells
        )
        rows.append(f"<tr>{written}</tr>")
    return "<table border='1'><tbody>\n" + "\n".join(rows) + "\n</tbody></table>"


def as_pdf(report: Report, text: list[list[str]]) -> bytes:
    import typst  # here: the other three need no typesetter

    tables = tables_by_section(report)
    parts = [
        '#set document(date: none)\n#set page(paper: "a4", margin: 2cm)',
        '#set text(font: "Noto Serif CJK SC", size: 11pt, lang: "zh")\n#set par(leading: 0.9em)',
        f"#align(center, text(size: 16pt, {_typst(title(report))}))",
    ]
    for number, heading in enumerate(headings(report)):
        parts.append(f"#strong({_typst(heading)})")
        if number in tables:
            parts.append(_typst_table(tables[number]))
        parts += [f"#par(first-line-indent: 2em, {_typst(paragraph)})" for paragraph in text[number]]
    content = typst.compile("\n\n".join(parts).encode(), format="pdf")
    assert isinstance(content, bytes)
    return content


def _typst(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _typst_table(table: SheetTable) -> str:
    labels = {"requests": "1.2fr, 1.2fr, 3fr", "proactive": "2fr"}.get(table.code, "")
    rest = table.columns - (3 if table.code == "requests" else 1 if labels else 0)
    widths = ", ".join(filter(None, (labels, ", ".join(["1fr"] * rest))))
    cells = ",\n".join(
        f"table.cell(colspan: {c.colspan}, rowspan: {c.rowspan}, {_typst(printed(c))})"
        for row in table.rows
        for c in row
    )
    return f"#text(size: 7.5pt, table(columns: ({widths}), align: center + horizon, inset: 3pt,\n{cells}))"


def as_txt(report: Report, text: list[list[str]]) -> bytes:
    """As text copied from a web page: one cell a line after a tab, an empty line after each row."""
    tables = tables_by_section(report)
    lines = [title(report), ""]
    for number, heading in enumerate(headings(report)):
        lines.append(heading)
        if number in tables:
            for cells in tables[number].rows:
                lines += [f"\t{printed(cell)}" for cell in cells] + [""]
        lines += [*text[number], ""]
    return "\n".join(lines).encode()


SAMPLES: tuple[tuple[Callable[[], tuple[Report, list[list[str]]]], Callable[..., bytes]], ...] = (
    (qingshi, as_docx),
    (liuwan_2023, as_html),
    (liuwan_2024, as_pdf),
    (yunxi_water, as_txt),
)


def make() -> dict[str, bytes]:
    """The samples by file name."""
    made = {}
    for write, printer in SAMPLES:
        report, text = write()
        made[report.source] = printer(report, text)
    return made


if __name__ == "__main__":
    for name, content in make().items():
        (HERE / name).write_bytes(content)
        print(f"{name}  {len(content):,} bytes")
