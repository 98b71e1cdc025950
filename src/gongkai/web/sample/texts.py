"""What the sample's records say, put together from data/texts.toml: the same seed gives the same text."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from html import escape
from itertools import pairwise
from random import Random
from typing import Any

from gongkai.statute.articles import chinese_number
from gongkai.statute.catalogue import category
from gongkai.statute.remedies import Level, OrganKind
from gongkai.web.sample.district import OrganPlan, person_name, read
from gongkai.web.sample.files import ReadyFile

_FALLBACK_CATEGORY = "20.11"
_ISSUE = "{issue}"


@dataclass(frozen=True, slots=True)
class Family:
    """One sort of record: texts with places to fill in, as texts.toml tells."""

    code: str
    kind: str
    genre: str
    who: tuple[str, ...]
    weight: int
    told: dict[str, Any]


@dataclass(slots=True)
class Text:
    """A record to be drafted: `facts` as `draft_record` takes them, and the words they were made with.

    `attachment`: the form of a ready file that may go with it; `files`: its own, which always do.
    """

    family: Family
    facts: dict[str, Any]
    words: dict[str, str]
    attachment: str = ""
    files: tuple[ReadyFile, ...] = ()


@dataclass(slots=True)
class Numbers:
    """Document numbers given out, per organ, sort and year; and what each organ has spoken of already."""

    given: Counter[tuple[str, str, int]] = field(default_factory=Counter)
    spoken_of: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    def next(self, organ: OrganPlan, sort: str, year: int) -> str:
        key = (organ.code, sort, year)
        self.given[key] += 1
        return f"{organ.short}{sort}〔{year}〕{self.given[key]}号"

    def issue(self, organ: OrganPlan, family: Family, year: int) -> int:
        """The next of a series counted by the year (warnings, licences)."""
        key = (organ.code, family.code, year)
        self.given[key] += 1
        return self.given[key]


@cache
def families() -> dict[str, Family]:
    """The families by their codes."""
    return {
        one["code"]: Family(one["code"], one["kind"], one["genre"], tuple(one["who"]), one["weight"], one)
        for one in read("texts.toml")["family"]
    }


@cache
def _topics() -> dict[str, list[dict[str, Any]]]:
    topics: dict[str, list[dict[str, Any]]] = read("texts.toml")["topic"]
    return topics


@cache
def ordinary(organ: OrganPlan) -> tuple[tuple[Family, ...], tuple[int, ...]]:
    """What an organ publishes from day to day, with weights."""
    own = tuple(one for one in families().values() if organ.issues(one.who))
    return own, tuple(one.weight for one in own)


def some_text(organ: OrganPlan, day: dt.date, numbers: Numbers, chance: Random) -> Text:
    """A record such as the organ issues from day to day, made on `day`."""
    own, weights = ordinary(organ)
    return text_of(chance.choices(own, weights)[0], organ, day, numbers, chance)


def text_of(
    family: Family,
    organ: OrganPlan,
    day: dt.date,
    numbers: Numbers,
    chance: Random,
    *,
    year: int | None = None,
    words: dict[str, str] | None = None,
    title: int | None = None,
) -> Text:
    """A record of a family, made on `day`. `year`: the one it is about; `words`: of the topic, where set;
    `title`: which of the family's titles."""
    told = family.told
    topic: dict[str, str] = {}
    if "topics" in told:
        topic = _topic(family, organ, day, numbers, chance)
    filled = {**_words(organ, day, year or day.year, chance), **topic, **(words or {})}
    if _ISSUE in "".join(told["title"]):
        filled["issue"] = str(numbers.issue(organ, family, day.year))
    chosen = title if title is not None else _title(family, organ, topic, numbers, chance)
    if "forms" in told:
        filled |= {"form": told["forms"][chosen], "form_short": told["forms"][chosen][-2:]}
    code = topic.get("category") or told.get("category", "")
    facts: dict[str, Any] = {
        "title": told["title"][chosen].format_map(filled),
        "summary": told["summary"].format_map(filled),
        "keywords": told["keywords"].format_map(filled),
        "category": _category(code, organ, family),
        "theme": topic.get("theme") or told.get("theme", "02"),
        "genre": family.genre,
        "made_on": day,
    }
    facts |= _facts_of_kind(family, organ, day, numbers, year or day.year)
    facts["body"] = _body(told, filled, organ, day, chance)
    return Text(family, facts, filled, told.get("attachment", ""))


def _topic(
    family: Family, organ: OrganPlan, day: dt.date, numbers: Numbers, chance: Random
) -> dict[str, Any]:
    """What an organ may speak of on that day: its own business, in its season, and not the same thing twice
    where that would be two rules about one."""
    every = _topics()[family.told["topics"]]
    own = [one for one in every if organ.shape != "department" or organ.code in one.get("by", (organ.code,))]
    some = [one for one in own or every if day.month in one.get("months", (day.month,))] or own or every
    if not family.told.get("once"):
        return chance.choice(some)
    keys = [(organ.code, family.code, str(one["topic"])) for one in some]
    fewest = min(numbers.spoken_of[key] for key in keys)
    chosen = chance.choice([at for at, key in enumerate(keys) if numbers.spoken_of[key] == fewest])
    numbers.spoken_of[keys[chosen]] += 1
    return some[chosen]


def _title(family: Family, organ: OrganPlan, topic: dict[str, Any], numbers: Numbers, chance: Random) -> int:
    """Which of the family's titles: another where an organ speaks of a topic again."""
    count = len(family.told["title"])
    if not family.told.get("once"):
        return chance.randrange(count)
    name = str(topic["topic"])
    return (len(name) + numbers.spoken_of[organ.code, family.code, name]) % count


def _facts_of_kind(
    family: Family, organ: OrganPlan, day: dt.date, numbers: Numbers, year: int
) -> dict[str, Any]:
    """Number, days and year, as its kind of record asks for them."""
    told = family.told
    facts: dict[str, Any] = {}
    if told["number"]:
        facts["document_number"] = numbers.next(organ, told["number"], day.year)
    if family.kind == "normative_document":
        facts["effective_on"] = day
        if told["force"]:
            facts["expires_on"] = years_later(facts["effective_on"], told["force"]) - dt.timedelta(days=1)
    if family.kind in ("budget", "final_accounts", "penalty", "licence", "enforcement"):
        facts["decided_on"] = day
    if family.kind in ("budget", "final_accounts", "annual_report"):
        facts["for_year"] = year
    return facts


def _words(organ: OrganPlan, day: dt.date, year: int, chance: Random) -> dict[str, str]:
    base = chance.randint(800, 9000)
    one, other = chance.sample(range(100, 400), 2)
    past = day.replace(day=1) - dt.timedelta(days=1)  # figures and results are of the month that is over
    return {
        "organ": organ.name,
        "area": organ.area,
        "office": organ.units[0],
        "address": organ.address,
        "year": str(year),
        "year3": str(year + 2),
        "month": str(day.month),
        "past_month": f"{past.year}年{past.month}月",
        "past_months": f"{past.year}年前{past.month}个月",
        "place": chance.choice(organ.places),
        "person": person_name(one),
        "person2": person_name(other),
        "n1": str(chance.randint(11, 48)),
        "n2": str(chance.randint(2, 9)),
        "n3": f"{chance.randint(20, 400) / 10:.1f}",
        "n4": f"{base}",
        "n5": f"{base * 2 // 3}",
        "n6": f"{base - base * 2 // 3}",
        "n8": str(chance.randint(5, 15)),
        "n7": str(chance.randint(4, 60) * 500),
    }


def _category(code: str, organ: OrganPlan, family: Family) -> str:
    """One that binds the organ; the guide, rules and reports have columns of their own and need none."""
    if family.kind in ("guide", "own_rules", "annual_report"):
        return ""
    if not code or not category(code).binds(OrganKind(organ.kind), Level(organ.level)):
        return _FALLBACK_CATEGORY
    return code


def _body(told: dict[str, Any], words: dict[str, str], organ: OrganPlan, day: dt.date, chance: Random) -> str:
    parts = [_paragraph(line, words) for line in (*told["head"], *told["text"])]
    for number, (heading, *lines) in enumerate(told.get("sections", ()), 1):
        parts.append(f"<h2>{chinese_number(number)}、{escape(heading)}</h2>")
        parts += [_paragraph(line, words) for line in lines]
    for number, line in enumerate(told.get("articles", ()), 1):
        parts.append(f"<p><strong>第{chinese_number(number)}条</strong> {escape(line.format_map(words))}</p>")
    if "table" in told:
        parts.append(_table(told["table"], organ, chance, int(words["n4"])))
    parts.append(f'<p class="right">{escape(organ.name)}</p>')
    parts.append(f'<p class="right">{day.year}年{day.month}月{day.day}日</p>')
    return "\n".join(parts)


def _paragraph(line: str, words: dict[str, str]) -> str:
    return f"<p>{escape(line.format_map(words))}</p>"


def table_rows(kind: str, organ: OrganPlan, chance: Random, total: int) -> list[list[str]]:
    """The rows of a table, its head first. Money adds up to `total`."""
    if kind == "town":
        rows = [["序号", "村（社区）", "户数（户）", "数量"]]
        for number, place in enumerate(organ.places[:5], 1):
            rows.append([str(number), place, str(chance.randint(3, 60)), str(chance.randint(10, 900))])
        return rows
    if kind == "money":
        items = ("一般公共服务支出", "社会保障和就业支出", "卫生健康支出", "城乡社区支出", "住房保障支出")
        cuts = [0, *sorted(chance.sample(range(1, total), len(items) - 1)), total]
        shares = [f"{end - start}.00" for start, end in pairwise(cuts)]
        return [
            ["项目", "金额（万元）"],
            *map(list, zip(items, shares, strict=True)),
            ["合计", f"{total}.00"],
        ]
    indicators = ("规模以上工业增加值", "固定资产投资", "社会消费品零售总额", "一般公共预算收入")
    return [
        ["指标", "同比增长（％）"],
        *([item, f"{chance.randint(10, 99) / 10:.1f}"] for item in indicators),
    ]


def _table(kind: str, organ: OrganPlan, chance: Random, total: int) -> str:
    head, *rows = table_rows(kind, organ, chance, total)
    told = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
    lines = ["<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows]
    return f"<table><thead><tr>{told}</tr></thead><tbody>{''.join(lines)}</tbody></table>"


def years_later(day: dt.date, years: int) -> dt.date:
    """The same day so many years later; the 28th where there is no 29th of February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
