"""Random valid annual reports in the contract's shape: every identity of the form holds."""

from __future__ import annotations

from decimal import Decimal
from random import Random
from typing import Any

from gongkai.annual.forms import Form, form
from gongkai.annual.report import SCHEMA

Report = dict[str, Any]

YEARS = {"2014": (2014, 2018), "2019": (2019, 2020), "2021": (2021, 2027)}

# Characters put together into names of places that do not exist.
_SYLLABLES = "岚栖澄汐砚穆霁桐棠苓溯茗沅芷蔚苒珩玥漪岫峤澜汀沚渚淙洺泠湉滢"
_COUNTIES = ("县", "区", "市")
_TOWNS = ("镇人民政府", "乡人民政府", "街道办事处")
_OFFICES = ("人民政府", "人民政府办公室", "教育局", "自然资源局", "市场监督管理局", "发展和改革委员会")

# How large the figures are: (share of rows of table 3 that are not zero, largest figure of one cell).
_SIZES = {"empty": (0.0, 0), "small": (0.2, 9), "busy": (0.45, 120), "large": (0.7, 4000)}


def random_report(rng: Random, code: str = "2021", single_other: bool | None = None) -> Report:
    """A valid report of that form ("2014", "2019", "2021").

    `single_other`: （六）其他处理 as one row; chosen at random where None (always so in form 2019).
    Money is `Decimal`, all else `int`; identities FMT.T3.A to C, FMT.T4.A and OLD.1 to 10 hold.
    """
    size = rng.choices(tuple(_SIZES), (15, 45, 30, 10))[0]
    report: Report = {
        "schema": SCHEMA,
        "organ": invented_organ(rng),
        "year": rng.randint(*YEARS[code]),
        "form": code,
    }
    if code == "2014":
        report["statistics"] = _statistics(rng, size)
        return report
    if single_other is None:
        single_other = rng.random() < 0.15
    single_other = single_other or code == "2019"
    report["proactive"] = _proactive(rng, form(code), size)
    report["requests"] = _requests(rng, form(code), size, single_other)
    report["remedies"] = _remedies(rng, form(code), size)
    if rng.random() < 0.4:
        report["processing_fees"] = _processing_fees(rng, size)
    return report


def invented_organ(rng: Random) -> str:
    county = _place(rng) + rng.choice(_COUNTIES)
    kind = rng.random()
    if kind < 0.35:
        return county + rng.choice(_OFFICES)
    town = _place(rng) + rng.choice(_TOWNS)
    return town if kind < 0.6 else county + town


def _place(rng: Random) -> str:
    return "".join(rng.sample(_SYLLABLES, 2))


def _figure(rng: Random, size: str, most: int | None = None) -> int:
    """One figure: zero more often than not, small as a rule, seldom near the largest."""
    share, largest = _SIZES[size]
    largest = largest if most is None else most if largest else 0
    if rng.random() >= share or not largest:
        return 0
    return rng.randint(1, largest if rng.random() < 0.2 else max(1, largest // 8))


def _money(rng: Random, size: str) -> Decimal:
    """万元 with up to two decimals, often none."""
    if size == "empty" or rng.random() < 0.6:
        return Decimal(0)
    cents = rng.randint(1, 900000)
    return Decimal(cents - cents % rng.choice((1, 10, 100))) / 100


def _proactive(rng: Random, the_form: Form, size: str) -> dict[str, Any]:
    block: dict[str, Any] = {}
    for part in the_form.proactive:
        for row in part.rows:
            figures = {
                column.code: _proactive_figure(rng, size, row.code, column.code) for column in part.columns
            }
            block[row.code] = figures.get("", figures)
    return block


def _proactive_figure(rng: Random, size: str, row: str, column: str) -> int | Decimal:
    if column == "amount" or (row == "administrative_fees" and column == ""):
        return _money(rng, size)
    if row in ("rules", "normative_documents"):
        return _figure(rng, size, 3 if row == "rules" else 40)
    if column == "change":
        return _figure(rng, size, 30) * rng.choice((1, 1, -1))
    return _figure(rng, size, 20000)


def _requests(rng: Random, the_form: Form, size: str, single_other: bool) -> dict[str, dict[str, int]]:
    codes = [row.code for row in the_form.rows_with(single_other)]
    outcomes = codes[2:-2]
    columns = [column.code for column in the_form.columns]
    table: dict[str, dict[str, int]] = {code: dict.fromkeys(columns, 0) for code in codes}
    busy_rows = [code for code in outcomes if rng.random() < _SIZES[size][0]]
    for index, column in enumerate(columns[:-1]):
        if index and rng.random() < 0.6:  # most requests come from natural persons
            continue
        for code in busy_rows:
            table[code][column] = _figure(rng, size) if index else max(1, _figure(rng, size))
        concluded = sum(table[code][column] for code in outcomes)
        forward = rng.randint(0, max(1, concluded // 4)) if concluded and rng.random() < 0.5 else 0
        carried = rng.randint(0, (concluded + forward) // 3) if rng.random() < 0.5 else 0
        table["concluded"][column] = concluded
        table["carried_forward"][column] = forward
        table["received.carried_in"][column] = carried
        table["received.new"][column] = concluded + forward - carried
    for row in table.values():
        row["total"] = sum(row.values())
    return table


def _remedies(rng: Random, the_form: Form, size: str) -> dict[str, dict[str, int]]:
    table = {}
    for group in the_form.remedy_groups:
        row = {
            column.code: _figure(rng, size, 60 if size == "large" else 12)
            for column in the_form.remedy_columns[:-1]
        }
        row["total"] = sum(row.values())
        table[group.code] = row
    return table


def _processing_fees(rng: Random, size: str) -> dict[str, int]:
    if size == "empty" or rng.random() < 0.6:
        return {"notices": 0, "charged_yuan": 0, "collected_yuan": 0}
    charged = rng.randint(1, 90) * 100 + rng.choice((0, 10, 30))
    return {
        "notices": rng.randint(1, 12),
        "charged_yuan": charged,
        "collected_yuan": rng.choice((charged, charged // 2)),
    }


def _statistics(rng: Random, size: str) -> list[dict[str, Any]]:
    """The rows of form 2014, with a province's own rows or without them."""
    local = rng.random() < 0.5
    figures = _statistics_figures(rng, size)
    rows = []
    for row in form("2014").statistics:
        if row.kind == "local" and not local:
            continue
        label = row.label
        if row.code == "channels" and local:  # the province's block is counted, so the next one moves on
            label = label.replace("（二）", "（三）")
        value = None if row.kind == "heading" else figures[row.code]
        rows.append({"label": label, "unit": row.unit, "value": value})
    return rows


# Rows whose figure is the sum of others (OLD.5 to OLD.7, OLD.9, OLD.10), innermost first.
_SUMS = {
    "requests.answered.refused": "requests.refused.",
    "requests.answered": "requests.answered.",
    "reconsideration": "reconsideration.",
    "litigation": "litigation.",
    "capacity.staff": "capacity.staff.",
    "key_areas.total": "key_areas.",
}


def _statistics_figures(rng: Random, size: str) -> dict[str, int | Decimal]:
    figures: dict[str, int | Decimal] = {}
    for row in form("2014").statistics:
        figures[row.code] = _money(rng, size) if row.unit == "万元" else _figure(rng, size, 300)
    for total, prefix in _SUMS.items():
        figures[total] = sum(v for code, v in figures.items() if code.startswith(prefix) and code != total)
    answered = int(figures["requests.answered"])
    extended = rng.randint(0, answered // 3)
    figures |= {
        "requests.concluded": answered,
        "requests.concluded.extended": extended,
        "requests.concluded.on_time": answered - extended,
        "requests.received": answered,
    }
    figures |= _split(rng, "requests.received.", ("in_person", "fax", "online", "letter"), answered)
    channels = [int(v) for code, v in figures.items() if code.startswith("channels.")]
    total = rng.randint(max(channels), sum(channels))
    figures["disclosed.total"] = max(total, int(figures["key_areas.total"]))
    figures["channels.website"] = figures["disclosed.total"]
    figures["disclosed.normative_documents"] = min(5, int(figures["disclosed.total"]))
    figures["disclosed.normative_documents_issued"] = figures["disclosed.normative_documents"]
    if not figures["meetings.trainings"]:
        figures["meetings.trained"] = 0
    for whole in ("responses.press_conferences", "responses.interviews"):
        figures[f"{whole}_leaders"] = min(figures[f"{whole}_leaders"], figures[whole])
    return figures


def _split(rng: Random, prefix: str, parts: tuple[str, ...], whole: int) -> dict[str, int]:
    shares = {}
    for part in parts[:-1]:
        shares[prefix + part] = rng.randint(0, whole)
        whole -= shares[prefix + part]
    return shares | {prefix + parts[-1]: whole}
