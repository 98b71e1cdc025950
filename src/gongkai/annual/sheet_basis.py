"""What a finding rests on and what its two figures are, in words: title, article, explanation, sides.

All of it is data: `checking/rules.toml` for each check, `sheet_basis.toml` for the names of the sources.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from gongkai.annual.findings import Finding
from gongkai.annual.report import Value
from gongkai.annual.sheet import printed_number
from gongkai.annual.sheet_words import word

SEPARATOR = "；"  # between the sources of one rule


@dataclass(frozen=True, slots=True)
class Basis:
    """The check behind a finding: `article` names the sources in words, `explanation` says what they ask for.

    All are "" for a check that the table of rules does not have.
    """

    title: str = ""
    article: str = ""
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class Sides:
    """The two figures of a finding with what each is; `relation` says how they should be related, or ""."""

    figures: tuple[tuple[str, str], ...]
    relation: str = ""


def basis(finding: Finding, lang: str = "zh", year: int | None = None) -> Basis:
    """Title, article and explanation of a finding's check, in "zh" or "en", for a report of that year."""
    rule = _rules().get(finding.name)
    if rule is None:
        return Basis()
    article = article_words(rule.article, lang, year)
    if lang == "zh":
        return Basis(rule.title_zh, article, rule.explanation_zh)
    return Basis(rule.title_en, article, rule.explanation_en)


def sides(finding: Finding, lang: str = "zh") -> Sides | None:
    """What a finding compares, None where it compares nothing. A figure that it leaves out is left out."""
    if finding.expected is None and finding.found is None:
        return None
    rule = _rules().get(finding.name)
    names = list((rule.sides_zh if lang == "zh" else rule.sides_en) if rule else ())
    if len(names) < 2:
        names = [word("expected", lang), word("found", lang)]
    pairs = zip(names, (finding.expected, finding.found), strict=False)
    figures = tuple((name, shown_number(value, lang)) for name, value in pairs if value is not None)
    return Sides(figures, names[2] if len(names) > 2 and len(figures) == 2 else "")


def sides_text(finding: Finding, lang: str = "zh") -> str:
    """`各项相加：53`, `合计填写：52`, `两者应相等`, each on a line; "" where a finding compares nothing."""
    compared = sides(finding, lang)
    if compared is None:
        return ""
    colon = "：" if lang == "zh" else ": "
    lines = [name + colon + figure for name, figure in compared.figures]
    return "\n".join(filter(None, (*lines, compared.relation)))


def shown_number(value: Value, lang: str = "zh") -> str:
    """A figure as the messages write it: －5 in Chinese, -5 in English; "" for a blank."""
    return shown_sign(printed_number(value), lang)


def shown_sign(text: str, lang: str) -> str:
    """A printed figure with the minus sign of the messages."""
    return text.replace("-", "－") if lang == "zh" else text


def article_words(article: str, lang: str = "zh", year: int | None = None) -> str:
    """A citation with its sources named in words, those in force for a report of `year`.

    In English it stays Chinese where a source or a place has no English name.

    >>> article_words("国办公开办函〔2021〕30号 表三")
    '《政府信息公开工作年度报告格式》（国办公开办函〔2021〕30号）表三'
    >>> article_words("《政府信息公开条例》第五十条", "en")
    'Regulation on Open Government Information, article 50'
    """
    cited = [_citation(part.strip(), lang, year) for part in article.split(SEPARATOR)]
    if lang == "zh":
        return SEPARATOR.join(dict.fromkeys(filter(None, cited)))
    return article if None in cited else "; ".join(dict.fromkeys(filter(None, cited)))


def _citation(part: str, lang: str, year: int | None) -> str | None:
    """One source with its place; None where there is no English for it."""
    names = _names()
    documents = {document["cited"]: document for document in names["documents"]}
    cited = next((name for name in documents if part.startswith(name)), None)
    if cited is None:
        return part if lang == "zh" else None
    document, place = documents[cited], part[len(cited) :].strip()
    if year is not None and year < document.get("since", year):
        document = documents[document["before"]]
    if lang == "zh":
        return str(document["zh"] + names["places_zh"].get(place, place))
    if place and place not in names["places"]:
        return None
    return ", ".join(filter(None, (document["en"], names["places"].get(place))))


@cache
def _names() -> dict[str, Any]:
    return tomllib.loads(resources.files("gongkai.annual").joinpath("sheet_basis.toml").read_text("utf-8"))


@cache
def _rules() -> dict[str, Any]:
    from gongkai.annual.checking import RULES  # here: drawing the tables alone needs no rules

    return {rule.name: rule for rule in RULES}
