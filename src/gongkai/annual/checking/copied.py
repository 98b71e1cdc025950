"""Copied text: between two years of one organ (FMT.S5) and between organs. Limits in thresholds_text.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib import resources
from typing import Any

from gongkai.annual.findings import Finding
from gongkai.annual.report import Report
from gongkai.documents.intermediate import Place
from gongkai.wording.normal import compact
from gongkai.wording.similarity import Sentence, overlap, overlaps_among, sentences

_SECTIONS = {
    "problems": ("problems_copied_from_last_year", "“存在的主要问题及改进情况”", "Section 5"),
    "overview": ("overview_copied_from_last_year", "“总体情况”", "Section 1"),
}


@cache
def _thresholds() -> dict[str, dict[str, Any]]:
    return tomllib.loads(resources.files(__package__).joinpath("thresholds_text.toml").read_text("utf-8"))


def copied_from(report: Report, other: Report) -> Iterator[Finding]:
    """Sections that the report takes from `other`, the same organ's report of another year (FMT.S5, FMT.S1).

    Sentences that differ in their figures alone are the same: new counts in old words are no new account.
    """
    for section, (name, zh, en) in _SECTIONS.items():
        limit = _thresholds()[name]
        shared = overlap(_section(report, section), _section(other, section))
        count = len(shared.shared)
        if count < limit["sentences"] or shared.identical_but_figures < limit["share"]:
            continue
        percent, identical = _percent(shared.identical_but_figures), _percent(shared.identical)
        year_zh, year_en = (f"{other.year}年", f"the {other.year}") if other.year else ("另一年", "another")
        yield Finding(
            rule=limit["rule"],
            severity=limit["severity"],
            message=f"{zh}与{year_zh}报告雷同：共{shared.sentences}句，雷同{count}句，占{percent}%"
            f"（其中一字不差的占{identical}%）。请按本年实际情况重写。",
            message_en=f"{en} repeats {year_en} report: {count} of {shared.sentences} sentences, {percent} % "
            f"of the text ({identical} % word for word). Write what is true of this year.",
            quote=_quotes(pair.here for pair in shared.shared),
            place=_place(report, section, shared.shared[0].here),
            name=name,
        )


def copied_between(reports: Sequence[Report]) -> list[tuple[Report, Finding]]:
    """For each report that shares too many sentences with another organ's, one finding naming these organs.

    Reports of one organ are not held against each other here: that is `copied_from`.
    """
    limit = _thresholds()["text_copied_from_other_organ"]
    own = [sentences("\n".join(_section(report, section) for section in _SECTIONS)) for report in reports]
    among = overlaps_among(own, common=limit["common"])
    found = []
    for index, report in enumerate(reports):
        length = sum(len(sentence.key) for sentence in own[index]) or 1
        shares = {
            there: characters / length
            for there, characters in among.get(index, {}).items()
            if not _same_organ(report, reports[there])
        }
        over = sorted((i for i, share in shares.items() if share >= limit["share"]), key=lambda i: -shares[i])
        if not over:
            continue
        keys = {sentence.key for sentence in own[over[0]]}
        same = [sentence for sentence in own[index] if sentence.key in keys]
        if len(same) >= limit["sentences"]:
            others = [reports[there].organ or reports[there].source for there in over]
            found.append((report, _between(report, limit, others, shares[over[0]], same)))
    return found


def _between(
    report: Report, limit: dict[str, Any], others: list[str], share: float, same: list[Sentence]
) -> Finding:
    named = others[: _thresholds()["text_shown"]["organs"]]
    more = len(others) - len(named)
    organs = "、".join(named) + (f"等{len(others)}个机关" if more else "")
    organs_en = ", ".join(f"“{name}”" for name in named) + (f" and {more} more" if more else "")
    percent = _percent(share)
    return Finding(
        rule=limit["rule"],
        severity=limit["severity"],
        message=f"总体情况、存在问题两部分的文字与{organs}的报告雷同：相同的句子{len(same)}句，占{percent}%。"
        "请核对是否照抄，并按本机关实际情况重写。",
        message_en=f"Sections 1 and 5 share {len(same)} sentences ({percent} % of the text) with the report "
        f"of {organs_en}: write what is true of this organ.",
        quote=_quotes(same),
        place=_place(report, None, same[0]),
        name="text_copied_from_other_organ",
    )


def _section(report: Report, code: str) -> str:
    text = "\n".join(text for section, text, _ in report.lines if section == code)
    return text or report.sections.get(code, "")


def _place(report: Report, code: str | None, sentence: Sentence) -> Place | None:
    for section, text, place in report.lines:
        if (code is None or section == code) and sentence.words in text:
            return place
    return None


def _quotes(shared: Iterable[Sentence]) -> str:
    words = [sentence.words for sentence in shared]
    shown = words[: _thresholds()["text_shown"]["quotes"]]
    return "；".join(shown) + ("……" if len(words) > len(shown) else "")


def _same_organ(one: Report, other: Report) -> bool:
    if one is other:
        return True
    return bool(one.organ and other.organ and compact(one.organ) == compact(other.organ))


def _percent(share: float) -> int:
    return round(share * 100)
