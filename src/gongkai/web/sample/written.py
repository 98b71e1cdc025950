"""Records of the sample that are written out in full (data/written.toml), with the files beside them."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from html import escape
from typing import Any

from gongkai.web.sample.district import OrganPlan, organs, read
from gongkai.web.sample.files import ReadyFile, looked_at, pdf, sheet, word
from gongkai.web.sample.texts import Family, Numbers, Text, years_later

_ARTICLE = re.compile(r"^(第[一二三四五六七八九十]+条) (.*)$")
_FORCE = "normative_document"


@cache
def told() -> dict[str, dict[str, Any]]:
    """The texts by their codes."""
    return {one["code"]: one for one in read("written.toml")["text"]}


def text_written(
    code: str,
    organ: OrganPlan,
    day: dt.date,
    numbers: Numbers,
    *,
    before: bool = False,
    files: bool = True,
    **more: str,
) -> Text:
    """A text made on `day`. `before`: as it was before it was amended; `more`: further words to fill in."""
    one = told()[code]
    facts: dict[str, Any] = {
        "title": one["title"].format(organ=organ.name),
        "summary": one["summary"].format(organ=organ.name),
        "keywords": one["keywords"],
        "category": one.get("category", ""),
        "theme": one["theme"],
        "genre": one["genre"],
        "made_on": day,
    }
    if "number" in one:
        facts["document_number"] = numbers.next(organ, one["number"], day.year)
    if one["kind"] == _FORCE:
        facts["effective_on"] = day
        if one["years"]:
            facts["expires_on"] = years_later(day, one["years"]) - dt.timedelta(days=1)
    markup = one["body"]
    for new, old in one.get("before", ()) if before else ():
        markup = markup.replace(new, old)
    facts["body"] = body(markup, organ, day, one.get("words", {}) | more)
    family = Family(code, one["kind"], one["genre"], (), 0, one)
    return Text(family, facts, {}, files=_files(code) if files else ())


def amended_body(code: str, organ: OrganPlan, day: dt.date) -> str:
    """The body of a text's second version; its articles still hold from the day of the first."""
    one = told()[code]
    return body(one["body"], organ, day, one.get("words", {}) | one.get("amended_words", {}))


def body(markup: str, organ: OrganPlan, day: dt.date, more: dict[str, str]) -> str:
    """Html from lines: headings, articles, tables, paragraphs; signed by the organ on that day."""
    date = f"{day.year}年{day.month}月{day.day}日"
    words = {
        "organ": organ.name,
        "office": f"{organ.name}{organ.units[0]}" if organ.units[0] == "办公室" else organ.units[0],
        "address": organ.address,
        "postcode": organ.postcode,
        "telephone": organ.telephone,
        "fax": organ.fax,
        "email": f"xxgk@{organ.code}.example.cn",
        "from": date,
        **more,
    }
    parts: list[str] = []
    rows: list[list[str]] = []
    for line in [*markup.format_map(words).strip().splitlines(), ""]:
        if line.startswith("|"):
            rows.append([cell.strip() for cell in line.strip("|").split("|")])
            continue
        if rows:
            parts.append(_table(rows))
            rows = []
        if line:
            parts.append(_line(line))
    return "\n".join([*parts, f'<p class="right">{escape(organ.name)}</p>', f'<p class="right">{date}</p>'])


def _line(line: str) -> str:
    if line.startswith("## "):
        return f"<h2>{escape(line[3:])}</h2>"
    if found := _ARTICLE.match(line):
        return f"<p><strong>{found[1]}</strong> {escape(found[2])}</p>"
    return f"<p>{escape(line)}</p>"


def _table(rows: list[list[str]]) -> str:
    head, *others = rows
    cells = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
    lines = ["<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in others]
    return f"<table><thead><tr>{cells}</tr></thead><tbody>{''.join(lines)}</tbody></table>"


def _files(code: str) -> tuple[ReadyFile, ...]:
    return tuple(looked_at(name, content) for name, content in contents(code))


@cache
def contents(code: str) -> tuple[tuple[str, bytes], ...]:
    """The files of a text: their names and what is in them."""
    made = []
    for one in told()[code].get("files", ()):
        name, _, ending = one["name"].rpartition(".")
        if ending == "xlsx":
            content = sheet(name, one["rows"])
        else:
            content = word(name, one["lines"]) if ending == "docx" else pdf(name, one["lines"])
        made.append((one["name"], content))
    return tuple(made)


def organ_of(code: str) -> OrganPlan:
    """Who issues a text: the district's government where nothing is said."""
    issuer = told()[code].get("organ", organs()[0].code)
    return next(one for one in organs() if one.code == issuer)
