"""The sample's annual reports: figures that hold together, and the files in which organs publish them.

Every identity of the form holds (FMT.T3, FMT.T4), and each year goes on from the one before: what is carried
over, and how many normative documents are in force. The same organ and year give the same report.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from html import escape
from itertools import cycle
from random import Random
from typing import Any

from gongkai.annual.forms import form
from gongkai.annual.report import Block, Report
from gongkai.annual.writing import write_report
from gongkai.documents.publishing import clean_html
from gongkai.statute.articles import chinese_number
from gongkai.web.sample.district import OrganPlan, organs, read
from gongkai.web.sample.files import looked_at
from gongkai.web.sample.texts import Text

FORM = "2021"
_FORMATS = ("docx", "pdf", "xlsx")  # of the newest report, the one before it, …
_FILE = "annual_reports.toml"
# How many requests a year come from natural persons, and from each other kind of requester, about.
_REQUESTS = {"district": (96, 5), "department": (21, 2), "town": (9, 1)}
# Normative documents in force before the first year, and issued a year at most.
# About as many as its list holds: readers compare.
_DOCUMENTS = {"district": (11, 5), "department": (4, 2), "town": (2, 1)}
# Outcomes of a hundred requests, about. The last row, 其他, is for what no other row has: none.
_OUTCOMES = {
    "granted": 44,
    "partly_granted": 14,
    "refused.third_party_rights": 4,
    "refused.internal_affairs": 4,
    "refused.process_information": 5,
    "refused.enforcement_file": 2,
    "refused.administrative_query": 2,
    "unavailable.not_held": 15,
    "unavailable.needs_making": 3,
    "unavailable.still_unclear": 1,
    "not_processed.petition": 3,
    "not_processed.duplicate": 2,
    "other.not_supplemented": 1,
}
_FIRST_ROWS = ("received.new", "received.carried_in")
_LAST_ROWS = ("concluded", "carried_forward")
_RESULTS = ("upheld", "corrected", "other", "pending")


@dataclass(slots=True)
class Past:
    """What a year's report goes on from."""

    carried: dict[str, int]
    in_force: int
    pending: dict[str, int]


@dataclass(frozen=True, slots=True)
class Published:
    """A report as it stands on the page: its words, and the file with words and tables beside them."""

    body: str
    file_name: str
    content: bytes


def reports(organ: OrganPlan, first: int, last: int) -> list[Report]:
    """An organ's reports of these years, in their order, each going on from the one before.

    The year before the first is made up as well, and left out: the first goes on from something.
    """
    chance = Random(f"annual report {organ.code}")  # noqa: S311 - a sample
    past = Past({}, _DOCUMENTS[organ.shape][0], {})
    years = range(first - 1, last + 1)
    return [_report(organ, year, number, past, chance) for number, year in enumerate(years)][1:]


@cache
def published(organ: OrganPlan, first: int, last: int) -> dict[int, Published]:
    """The reports of these years as they are published: each year as another sort of file."""
    every = zip(reversed(reports(organ, first, last)), cycle(_FORMATS), strict=False)
    return {int(report.year or 0): _as_file(report, to) for report, to in every}


def as_published(text: Text, organ: OrganPlan, year: int, years: tuple[int, int]) -> None:
    """Make of an annual report's text that year's report, with its file. `years`: first and last of all."""
    made = published(organ, *years)[year]
    text.facts["body"] = made.body
    text.attachment = ""
    text.files = (looked_at(made.file_name, made.content),)


# ---- figures ----


def _report(organ: OrganPlan, year: int, number: int, past: Past, chance: Random) -> Report:
    report = Report("", organ.name, year, FORM)
    report.proactive = _proactive(organ, past, chance)
    report.requests = _requests(organ, past, chance)
    report.remedies = _remedies(organ, past, chance)
    report.processing_fees = dict.fromkeys(("notices", "charged_yuan", "collected_yuan"), 0)
    _write_text(report, organ, number, chance)
    return report


def _proactive(organ: OrganPlan, past: Past, chance: Random) -> Block:
    _, most = _DOCUMENTS[organ.shape]
    issued = chance.randint(0, most)
    repealed = chance.randint(0, min(most, max(past.in_force - 1, 0)))
    past.in_force += issued - repealed
    acts = organ.issues(("shichang", "yingji", "zhujian", "jiaoyu", "nongye"))
    some = organ.shape != "department"
    return {
        "rules": dict.fromkeys(("issued", "repealed", "in_force"), 0),
        "normative_documents": {"issued": issued, "repealed": repealed, "in_force": past.in_force},
        "licences": chance.randint(120, 900) if acts else chance.randint(6, 60) if some else 0,
        "penalties": chance.randint(30, 180) if acts else chance.randint(0, 12) if some else 0,
        "compulsory_measures": chance.randint(0, 9) if acts else 0,
        "administrative_fees": chance.randint(2, 70) if acts or organ.shape == "district" else 0,
    }


def _requests(organ: OrganPlan, past: Past, chance: Random) -> Block:
    """Table 3: each column divided among the outcomes, but for the few that are carried forward."""
    codes = [row.code for row in form(FORM).rows]
    columns = [column.code for column in form(FORM).columns]
    table: Block = {code: dict.fromkeys(columns, 0) for code in codes}
    outcomes = [code for code in codes if code not in _FIRST_ROWS + _LAST_ROWS]
    people, others = _REQUESTS[organ.shape]
    for column in columns[:-1]:
        about = people if column == "natural_person" else others if column == "business" else 0
        new = chance.randint(about * 4 // 5, about * 6 // 5) if about else chance.randint(0, others // 3)
        before = past.carried.get(column, 0)
        forward = chance.randint(0, max(new // 20, 1)) if new else 0
        table["received.new"][column], table["received.carried_in"][column] = new, before
        for code in chance.choices(list(_OUTCOMES), list(_OUTCOMES.values()), k=new + before - forward):
            table[code][column] += 1
        table["concluded"][column] = sum(table[code][column] for code in outcomes)
        table["carried_forward"][column] = past.carried[column] = forward
    for row in table.values():
        row["total"] = sum(row[column] for column in columns[:-1])
    return table


def _remedies(organ: OrganPlan, past: Past, chance: Random) -> Block:
    most = {"district": 5, "department": 2, "town": 1}[organ.shape]
    table: Block = {}
    for group in form(FORM).remedy_groups:
        few = most if group.code == "reconsideration" else most // 2
        pending = past.pending.get(group.code, 0)
        upheld = chance.randint(0, few) + pending
        counts = (
            upheld,
            chance.randint(0, few // 3),
            chance.randint(0, few // 4),
            chance.randint(0, few // 4),
        )
        past.pending[group.code] = counts[-1]
        table[group.code] = {**dict(zip(_RESULTS, counts, strict=True)), "total": sum(counts)}
    return table


# ---- words ----


def _write_text(report: Report, organ: OrganPlan, number: int, chance: Random) -> None:
    told = read(_FILE)
    words = _words(report, organ, number, chance)
    turn = number + organs().index(organ)
    words["results"] = told["overview"]["results"].format_map(words) if organ.shape != "department" else ""
    overview = [
        _turned(told["overview"][name], turn + place).format_map(words)
        for place, name in enumerate(("disclosure", "requests", "management", "platform", "supervision"))
    ]
    parts = [_turned(told["problems"][name], turn) for name in ("issues", "second", "steps")]
    if any(row["corrected"] for row in (report.remedies or {}).values()):
        parts[1] = told["problems"]["corrected"]
    first, second, steps = (part.format_map(words) for part in parts)
    fees = _turned(told["other"]["fees"], turn).format_map(words)
    report.title = told["text"]["title"].format_map(words)
    report.sections = {
        "front": told["text"]["front"].format_map(words),
        "overview": "\n".join(overview),
        "problems": f"{first}；{second}。\n{steps}",
        "other_matters": f"{fees}\n{told['other']['notice']}",
    }


def _words(report: Report, organ: OrganPlan, number: int, chance: Random) -> dict[str, Any]:
    focus = read(_FILE)["focus"].get(organ.code) or read(_FILE)["focus_of_shape"][organ.shape]
    size = {"district": 1200, "department": 160, "town": 240}[organ.shape]
    count = chance.randint(size, size * 3 // 2)
    requests, documents = report.requests or {}, (report.proactive or {})["normative_documents"]
    outcomes = {
        name: sum(row["total"] for code, row in requests.items() if code.partition(".")[0] == name)
        for name in ("granted", "partly_granted", "refused", "unavailable", "not_processed", "other")
    }
    return {
        "organ": organ.name,
        "area": organ.area,
        "year": report.year,
        "focus": focus[(number - 1) % len(focus)],
        "received": requests["received.new"]["total"],
        "carried_in": requests["received.carried_in"]["total"],
        "concluded": requests["concluded"]["total"],
        "carried_forward": requests["carried_forward"]["total"],
        **outcomes,
        **documents,
        "n1": count,
        "n2": count // chance.randint(5, 9),
        "n3": chance.randint(2, 9),
        "n4": chance.randint(2, 8),
        "n5": count + chance.randint(3, 40),
        "n6": chance.randint(3, 19),
        "n7": "一二三四五六七"[chance.randrange(7)],
    }


def _turned(texts: list[str], turn: int) -> str:
    return texts[turn % len(texts)]


# ---- as it is published ----


def _as_file(report: Report, to: str) -> Published:
    """The whole report as a file, its words on the page as well."""
    moment = dt.datetime(int(report.year or 0) + 1, 1, 15, 9, tzinfo=dt.UTC)
    content = write_report(report, to, written_at=moment).content
    parts = [_paragraphs(report.sections["front"])]
    for number, (code, label) in enumerate(form(FORM).sections, 1):
        parts.append(f"<h2>{chinese_number(number)}、{escape(label)}</h2>")
        text = report.sections.get(code)
        parts.append(_paragraphs(text) if text else "<p>统计表见附件。</p>")
    return Published(clean_html("\n".join(parts)), f"{report.title}.{to}", content)


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in text.splitlines())
