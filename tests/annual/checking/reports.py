"""An invented, valid report of each form, and ways to change it: 甲县乙镇 exists nowhere."""

from __future__ import annotations

import random
from typing import Any

from gongkai.annual.forms import form
from gongkai.annual.report import Report
from gongkai.documents.intermediate import Place

ORGAN = "甲县乙镇人民政府"
COLUMNS = [column.code for column in form("2021").columns]
ROWS = [row.code for row in form("2021").rows]
OUTCOMES = [
    code
    for code in ROWS
    if code not in ("received.new", "received.carried_in", "concluded", "carried_forward")
]

# natural persons, businesses; the other columns are 0
NEW, CARRIED_IN, FORWARD = (20, 4), (3, 0), (2, 0)
HANDLED = {
    "granted": (9, 2),
    "partly_granted": (4, 0),
    "refused.internal_affairs": (1, 0),
    "refused.process_information": (1, 1),
    "unavailable.not_held": (4, 1),
    "not_processed.petition": (1, 0),
    "other.not_supplemented": (1, 0),
}  # 21 + 4 = 25 = 24 + 3 - 2

TEXT = {
    "front": ["甲县乙镇人民政府2024年政府信息公开工作年度报告"],
    "overview": [
        "（一）主动公开情况。2024年，我镇通过县政府网站主动公开各类信息320条，及时公开预算、决算。",
        "（二）依申请公开情况。全年新收政府信息公开申请24件，上年结转3件，办结25件，结转下年度2件。"
        "其中予以公开11件，部分公开4件，不予公开3件，无法提供5件，不予处理1件，其他处理1件。",
        "（三）政府信息管理情况。严格落实信息发布审查制度，做到先审后发。",
        "（四）政府信息公开平台建设情况。加强政府网站专栏建设和维护。",
        "（五）监督保障情况。将政务公开纳入年度工作考核，考核结果为良好；开展社会评议，满意度测评结果为95分；"
        "全年没有发生责任追究的情形。",
    ],
    "remedies": [],
    "problems": [
        "一是依申请公开答复不够规范；二是行政复议、行政诉讼应对经验不足。改进措施：加强业务培训，完善答复审核。"
    ],
    "other_matters": [
        "2024年，本机关发出收费通知0件，总金额0元，实际收取的总金额0元。其他无需要报告的事项。"
    ],
}


def report_2021(**changes: Any) -> Report:
    """A valid report for 2024 in form 2021; keyword arguments replace its attributes."""
    report = Report(
        source="invented.json",
        organ=ORGAN,
        year=2024,
        form="2021",
        title="甲县乙镇人民政府2024年政府信息公开工作年度报告",
        proactive={
            "rules": {"issued": 0, "repealed": 0, "in_force": 0},
            "normative_documents": {"issued": 2, "repealed": 2, "in_force": 0},
            "licences": 31,
            "penalties": 12,
            "compulsory_measures": 0,
            "administrative_fees": 0,
        },
        requests=requests_table(),
        remedies={
            "reconsideration": _group(1, 0, 0, 1),
            "direct_litigation": _group(1, 0, 0, 0),
            "litigation_after_reconsideration": _group(0, 0, 0, 0),
        },
        processing_fees={"notices": 0, "charged_yuan": 0, "collected_yuan": 0},
    )
    report.headings = [
        (code, f"{'一二三四五六'[number]}、{label}", Place(line=number * 100 + 1))
        for number, (code, label) in enumerate(form("2021").sections)
    ]
    set_text(report, TEXT)
    for name, value in changes.items():
        setattr(report, name, value)
    return report


def requests_table() -> dict[str, dict[str, int | None]]:
    table = {row: dict.fromkeys(COLUMNS, 0) for row in ROWS}
    for row, (natural, business) in HANDLED.items():
        _fill(table[row], natural, business)
    _fill(table["received.new"], *NEW)
    _fill(table["received.carried_in"], *CARRIED_IN)
    _fill(table["carried_forward"], *FORWARD)
    _fill(table["concluded"], *(sum(pair[i] for pair in HANDLED.values()) for i in (0, 1)))
    return table  # type: ignore[return-value]


def _fill(row: dict[str, int], natural: int, business: int) -> None:
    row.update(natural_person=natural, business=business, total=natural + business)


def _group(upheld: int, corrected: int, other: int, pending: int) -> dict[str, int]:
    total = upheld + corrected + other + pending
    return {"upheld": upheld, "corrected": corrected, "other": other, "pending": pending, "total": total}


def random_requests(seed: int) -> dict[str, dict[str, int | None]]:
    """A random table 3 that satisfies every identity."""
    draw = random.Random(seed)
    table = {row: dict.fromkeys(COLUMNS, 0) for row in ROWS}
    for column in COLUMNS[:-1]:
        busy = draw.random() < 0.6
        for row in OUTCOMES:
            table[row][column] = draw.choice((0, 0, 0, 1, 2, draw.randrange(900))) if busy else 0
        done = sum(table[row][column] for row in OUTCOMES)
        forward = draw.choice((0, 0, draw.randrange(50)))
        carried = draw.randrange(min(done + forward, 40) + 1)
        table["concluded"][column] = done
        table["carried_forward"][column] = forward
        table["received.carried_in"][column] = carried
        table["received.new"][column] = done + forward - carried
    for row in ROWS:
        table[row]["total"] = sum(table[row][column] for column in COLUMNS[:-1])
    return table  # type: ignore[return-value]


def set_text(report: Report, text: dict[str, list[str]]) -> Report:
    """Gives the report a narrative: its paragraphs by section."""
    report.lines = [
        (section, line, Place(line=number))
        for number, (section, line) in enumerate(
            ((section, line) for section, lines in text.items() for line in lines), 1
        )
    ]
    report.sections = {
        section: "\n".join(lines) for section, lines in text.items() if section != "front" and lines
    }
    return report


def with_overview(*paragraphs: str, **changes: Any) -> Report:
    """The valid report with this section 1; nothing else is said about figures."""
    return set_text(report_2021(**changes), {**TEXT, "overview": list(paragraphs)})


def set_cell(report: Report, path: str, value: Any) -> Report:
    """Changes one cell, named by its path as findings name it."""
    part, _, rest = path.partition(".")
    if part == "statistics":
        assert report.statistics is not None
        report.statistics[int(rest.split(".")[0])]["value"] = value
        return report
    block: Any = getattr(report, part)
    if part == "requests":
        row, _, column = rest.rpartition(".")
        block[row][column] = value
        return report
    *keys, last = rest.split(".")
    for key in keys:
        block = block[key]
    block[last] = value
    return report


def report_2019(**changes: Any) -> Report:
    """A valid report for 2020 in form 2019, with one row for other outcomes."""
    requests = requests_table()
    requests["other"] = requests.pop("other.not_supplemented")
    del requests["other.fee_unpaid"], requests["other.other"]
    row = {"previous": 5, "change": 0, "decisions": 12}
    report = report_2021(
        year=2020,
        form="2019",
        title="甲县乙镇人民政府2020年政府信息公开工作年度报告",
        requests=requests,
        proactive={
            "rules": {"made": 0, "published": 0, "total_public": 0},
            "normative_documents": {"made": 2, "published": 2, "total_public": 9},
            "licences": dict(row),
            "other_services": dict(row),
            "penalties": dict(row),
            "compulsory_measures": dict(row),
            "administrative_fees": {"previous": 0, "change": 0},
            "central_procurement": {"projects": 1, "amount": 3},
        },
    )
    text = {section: [line.replace("2024", "2020") for line in lines] for section, lines in TEXT.items()}
    set_text(report, text)
    for name, value in changes.items():
        setattr(report, name, value)
    return report


_OLD = {
    "disclosed.total": 300,
    "disclosed.normative_documents": 2,
    "disclosed.normative_documents_issued": 2,
    "key_areas.total": 12,
    **{f"key_areas.{number}": 1 for number in range(1, 13)},
    "channels.gazette": 0,
    "channels.website": 280,
    "channels.weibo": 0,
    "channels.wechat": 60,
    "channels.other": 10,
    "requests.received": 9,
    "requests.received.in_person": 2,
    "requests.received.online": 4,
    "requests.received.letter": 3,
    "requests.concluded": 9,
    "requests.concluded.on_time": 8,
    "requests.concluded.extended": 1,
    "requests.answered": 9,
    "requests.answered.already_public": 3,
    "requests.answered.granted": 2,
    "requests.answered.refused": 3,
    "requests.refused.trade_secret": 1,
    "requests.refused.privacy": 2,
    "requests.answered.not_existing": 1,
    "reconsideration": 2,
    "reconsideration.upheld": 2,
    "litigation": 1,
    "litigation.upheld": 1,
    "capacity.staff": 3,
    "capacity.staff.full_time": 1,
    "capacity.staff.part_time": 2,
    "capacity.offices": 1,
    "meetings.trainings": 1,
    "meetings.trained": 30,
}


def report_2014(text: list[str] | None = None, **cells: int | None) -> Report:
    """A valid report for 2017 in form 2014 with Beijing's rows; `cells` by code, dots written as `__`."""
    values = {**_OLD, **{code.replace("__", "."): value for code, value in cells.items()}}
    rows, codes = [], []
    for row in form("2014").statistics:
        heading = row.kind == "heading"
        value = None if heading else values.get(row.code, 0)
        rows.append({"label": row.label, "unit": None if heading else row.unit, "value": value})
        codes.append(row.code)
    report = Report(
        source="invented-2017.json",
        organ=ORGAN,
        year=2017,
        form="2014",
        title="甲县乙镇人民政府2017年政府信息公开工作年度报告",
        statistics=rows,
        statistics_codes=list(codes),
    )
    return set_text(
        report, {"front": TEXT["front"], "overview": text or ["2017年，全镇政府信息公开工作有序开展。"]}
    )


def old_path(code: str) -> str:
    """The cell path of a row of form 2014."""
    return f"statistics.{[row.code for row in form('2014').statistics].index(code)}.value"
