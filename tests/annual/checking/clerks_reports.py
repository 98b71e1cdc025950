"""Reports written as clerks write them, from `clerks/*.toml`: the tables in short words, the text, and wrong
figures planted in it. All organs and figures are invented."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gongkai.annual.forms import form
from gongkai.annual.report import SCHEMA

FOLDER = Path(__file__).parent / "clerks"

# The clerk's short name of a row of table 3 -> its code.
ROWS = {
    "新收": "received.new", "结转": "received.carried_in", "公开": "granted", "部分": "partly_granted",
    "秘密": "refused.state_secret", "禁止": "refused.barred_by_law", "安全": "refused.endangers_security",
    "三方": "refused.third_party_rights", "内部": "refused.internal_affairs",
    "过程": "refused.process_information", "案卷": "refused.enforcement_file",
    "查询": "refused.administrative_query", "不掌握": "unavailable.not_held",
    "制作": "unavailable.needs_making", "不明": "unavailable.still_unclear",
    "信访": "not_processed.petition", "重复": "not_processed.duplicate",
    "出版物": "not_processed.publication", "大量": "not_processed.excessive",
    "重出": "not_processed.confirmation", "不补正": "other.not_supplemented", "不缴费": "other.fee_unpaid",
    "其他": "other.other", "其他处理": "other", "转下年": "carried_forward",
}  # fmt: skip
ENDS = ("received.new", "received.carried_in", "carried_forward")
GROUPS = {
    "复议": "reconsideration",
    "起诉": "direct_litigation",
    "复议后": "litigation_after_reconsideration",
}
DECISIONS = {"许可": "licences", "处罚": "penalties", "强制": "compulsory_measures"}

# What section 1 must also speak of, and sections 5 and 6: no figures of cases in it.
MANAGEMENT = "（三）政府信息管理。严格执行信息发布“三审三校”和保密审查制度，动态调整主动公开基本目录。"
PLATFORM = "（四）平台建设。加强政府网站专栏和政务新媒体建设维护，规范发布流程。"
SUPERVISION = (
    "（五）监督保障。将政府信息公开纳入年度绩效考核，考核结果为良好；开展社会评议，满意度为96.5%；"
    "全年未发生责任追究情形。"
)
PROBLEMS = "一是主动公开的针对性还不强；二是依申请公开答复文书不够规范。下一步将加强业务培训，完善审核机制。"
OTHER_MATTERS = (
    "{year}年发出信息处理费收费通知{0}件，总金额{1}元，实际收取总金额{2}元。无其他需要报告的事项。"
)
BUDGET = "（一）主动公开。及时公开部门预算、决算等信息。"


@dataclass(frozen=True)
class Planted:
    """A figure made wrong in the text, and what must be found then."""

    words: str
    instead: str
    severity: str
    rule: str
    expected: int
    found: int
    cell: str

    def __str__(self) -> str:
        return f"{self.words} → {self.instead or '（删去）'}"


@dataclass(frozen=True)
class ClerksReport:
    organ: str
    data: dict[str, Any]  # the report in the contract's shape
    text: tuple[str, ...]  # section 1 as the clerk wrote it
    problems: tuple[str, ...]
    planted: tuple[Planted, ...]

    def narrative(self, planted: Planted | None = None) -> dict[str, list[str]]:
        """Paragraphs by section, with one figure made wrong if one is given."""
        text = [*self.text]
        if planted is not None:
            holds = [number for number, paragraph in enumerate(text) if planted.words in paragraph]
            assert len(holds) == 1, planted
            text[holds[0]] = text[holds[0]].replace(planted.words, planted.instead, 1)
        fees = self.data["processing_fees"].values()
        other = OTHER_MATTERS.format(*fees, year=self.data["year"])
        front = "根据《中华人民共和国政府信息公开条例》第五十条规定，编制本报告。"
        return {
            "front": [front],
            "overview": [
                BUDGET,
                *text,
                MANAGEMENT,
                PLATFORM,
                SUPERVISION,
            ],
            "proactive": [],
            "requests": [],
            "remedies": [],
            "problems": [*self.problems],
            "other_matters": [other],
        }


def clerks_reports() -> list[ClerksReport]:
    """All of them, in the order of the files."""
    entries = [
        entry
        for path in sorted(FOLDER.glob("*.toml"))
        for entry in tomllib.loads(path.read_text("utf-8"))["report"]
    ]
    return [_report(entry) for entry in entries]


def _report(entry: dict[str, Any]) -> ClerksReport:
    year = entry.get("year", 2024)
    code = "2019" if year < 2021 else "2021"
    notices, charged, collected = entry.get("fees", (0, 0, 0))
    data = {
        "schema": SCHEMA,
        "organ": entry["organ"],
        "year": year,
        "form": code,
        "proactive": _proactive(entry.get("table2", ""), code),
        "requests": _requests(entry["table3"], entry.get("kinds", {}), code),
        "remedies": _remedies(entry.get("table4", "")),
        "processing_fees": {"notices": notices, "charged_yuan": charged, "collected_yuan": collected},
    }
    text = tuple(line for line in entry["text"].split("\n") if line)
    planted = tuple(Planted(*values) for values in entry["planted"])
    return ClerksReport(entry["organ"], data, text, tuple(entry.get("problems", [PROBLEMS])), planted)


def _pairs(words: str) -> dict[str, int]:
    parts = words.split()
    return {name: int(value) for name, value in zip(parts[::2], parts[1::2], strict=True)}


def _requests(words: str, kinds: dict[str, str], code: str) -> dict[str, dict[str, int]]:
    columns = [column.code for column in form(code).columns]
    table = {row.code: dict.fromkeys(columns, 0) for row in form(code).rows_with(code == "2019")}
    for name, value in _pairs(words).items():
        table[ROWS[name]]["total"] = table[ROWS[name]]["natural_person"] = value
    for kind, part in kinds.items():
        for name, value in _pairs(part).items():
            table[ROWS[name]][kind] = value
            table[ROWS[name]]["natural_person"] -= value
    for column in columns:
        outcomes = [row for row in table if row not in ENDS and row != "concluded"]
        done = table["concluded"][column] = sum(table[row][column] for row in outcomes)
        new, carried, forward = (table[row][column] for row in ENDS)
        assert new + carried == done + forward, (words, column, new, carried, done, forward)
        assert all(row[column] >= 0 for row in table.values()), (words, column)
    return table


def _remedies(words: str) -> dict[str, dict[str, int]]:
    table = {
        group: dict.fromkeys(("upheld", "corrected", "other", "pending"), 0) for group in GROUPS.values()
    }
    for part in filter(None, words.split(";")):
        name, *values = part.split()
        table[GROUPS[name]].update(zip(table[GROUPS[name]], map(int, values), strict=True))
    return {group: {**row, "total": sum(row.values())} for group, row in table.items()}


def _proactive(words: str, code: str) -> dict[str, Any]:
    """Table 2; in form 2019 the clerk's figures are of no interest and only some stand there."""
    if code == "2019":
        row = {"previous": 5, "change": 0, "decisions": 12}
        documents = {"made": 0, "published": 0, "total_public": 0}
        return {
            "rules": documents, "normative_documents": documents, "licences": row, "other_services": row,
            "penalties": row, "compulsory_measures": row, "administrative_fees": {"previous": 0, "change": 0},
            "central_procurement": {"projects": 0, "amount": 0},
        }  # fmt: skip
    block: dict[str, Any] = {"rules": {"issued": 0, "repealed": 0, "in_force": 0}}
    block |= {"normative_documents": dict(block["rules"]), "licences": 31, "penalties": 12}
    block |= {"compulsory_measures": 0, "administrative_fees": 0}
    for part in filter(None, words.split(";")):
        name, *values = part.split()
        if name == "规范性文件":
            block["normative_documents"] = dict(zip(block["rules"], map(int, values), strict=True))
        elif name == "收费":
            block["administrative_fees"] = float(values[0])
        else:
            block[DECISIONS[name]] = int(values[0])
    return block
