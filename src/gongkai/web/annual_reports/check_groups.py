"""The checks in the groups a clerk thinks in, with how many there are in each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gongkai.annual.checking import RULES, Rule

# The first group with a fitting beginning of the rule's id takes it.
GROUPS: tuple[tuple[Promise, Promise, tuple[str, ...]], ...] = (
    (
        _("跨年衔接"),
        _("上年结转、现行有效件数、未审结案件与上一年度报告"),
        ("FMT.T3.D", "FMT.T2.C1", "FMT.T4.B"),
    ),
    (_("文字与表格"), _("正文里的件数、办结情况与表格"), ("NAR", "FMT.T3.H", "FMT.T3.G", "FMT.T4.C")),
    (_("表格勾稽"), _("行合计、列合计、收办结转、复议诉讼各项关系"), ("FMT.T", "OLD", "READ")),
    (_("个人信息"), _("申请人姓名、证件号、电话等不应公开的内容"), ("PII",)),
    (_("完整与规范"), _("标题、格式、必备内容、收费情况、空白格、雷同文字"), ("",)),
)


@dataclass(frozen=True, slots=True)
class CheckGroup:
    """A group of checks: what it is about, and the checks."""

    title: Promise
    about: Promise
    rules: list[Rule]


def check_groups(rules: Iterable[Rule] = RULES) -> list[CheckGroup]:
    """Every check that is switched on, in exactly one group; a group without checks is left out."""
    groups = [CheckGroup(title, about, []) for title, about, _beginnings in GROUPS]
    for rule in rules:
        if rule.severity == "off":
            continue
        place = next(i for i, group in enumerate(GROUPS) if rule.rule.startswith(group[2]))
        groups[place].rules.append(rule)
    order = (2, 1, 0, 4, 3)  # as a clerk reads a report: tables, text, years, completeness, people
    return [groups[i] for i in order if groups[i].rules]
