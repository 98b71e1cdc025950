"""The statistics table of the years up to 2018 (form 2014): OLD.1 to OLD.11.

Provinces add rows of their own. A row the form does not know may belong to a sum or may be an 其中 of the row
above, so a sum with such rows in its range is wrong only if no choice of them makes it hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import combinations

from gongkai.annual.checking.examination import Examination
from gongkai.annual.checking.figures import blanks_could_mend, plus, plus_en, written, written_en
from gongkai.annual.checking.rule_table import serves
from gongkai.annual.findings import Finding
from gongkai.annual.forms.english import english_row
from gongkai.annual.report import Number, Value

_MOST_UNKNOWN_ROWS = 6  # beyond that, a range is a province's own and its sum is not tested


def label_en(code: str) -> str:
    """A row's English name, as it stands in the middle of a message."""
    return english_row("statistics", code)


class Statistics:
    """The rows of the table by their code in forms/2014.toml."""

    def __init__(self, case: Examination) -> None:
        self.case = case
        self.rows = case.report.statistics or []
        self.codes = case.report.statistics_codes
        self.index: dict[str, int] = {}
        for number, code in enumerate(self.codes[: len(self.rows)]):
            if code is not None:
                self.index.setdefault(code, number)

    def path(self, code: str) -> str:
        return f"statistics.{self.index[code]}.value"

    def has(self, *codes: str) -> bool:
        """Whether the report has these rows, and all could be read."""
        return all(code in self.index and self.path(code) not in self.case.unread for code in codes)

    def value(self, code: str) -> Value:
        found: Value = self.rows[self.index[code]]["value"]
        return found

    def number(self, code: str) -> Number | None:
        return self.value(code) if self.has(code) else None

    def label(self, code: str) -> str:
        return f"“{self.rows[self.index[code]]['label']}”"

    @cached_property
    def positions(self) -> list[tuple[int, str]]:
        """Known rows as (position, code), in their order."""
        return sorted((number, code) for code, number in self.index.items())

    def unknown_within(self, parent: str, children: Sequence[str]) -> list[Number] | None:
        """Figures of rows the form does not know, between the parent and the next row that is not its child.

        None where there are too many of them, or one could not be read.
        """
        inside = set(children)
        start = self.index[parent]
        end = next(
            (
                n
                for n, code in self.positions
                if n > start and code not in inside and not _below(code, children)
            ),
            len(self.rows),
        )
        found: list[Number] = []
        for number in range(start + 1, end):
            code = self.codes[number] if number < len(self.codes) else None
            if code is not None or self.rows[number]["unit"] is None:
                continue
            if f"statistics.{number}.value" in self.case.unread:
                return None
            found.append(self.rows[number]["value"] or 0)
        return found if len(found) <= _MOST_UNKNOWN_ROWS else None


def _below(code: str, parents: Sequence[str]) -> bool:
    """Rows that stand under a child without being named after it: the six reasons of a refusal."""
    return code.startswith("requests.refused.") and "requests.answered.refused" in parents


# name of the check, parent, children: parent = sum of children (OLD.5 to 7, 9, 10)
_SUMS = (
    ("old_received_sum", "requests.received", ("in_person", "fax", "online", "letter")),
    ("old_concluded_sum", "requests.concluded", ("on_time", "extended")),
    (
        "old_answered_sum",
        "requests.answered",
        (
            "already_public",
            "granted",
            "partly_granted",
            "refused",
            "not_this_organ",
            "not_existing",
            "supplement_asked",
            "other_channels",
        ),
    ),
    ("old_reconsideration_sum", "reconsideration", ("upheld", "corrected", "other")),
    ("old_litigation_sum", "litigation", ("upheld", "corrected", "other")),
    ("old_staff_sum", "capacity.staff", ("full_time", "part_time")),
)
_REFUSED = ("state_secret", "trade_secret", "privacy", "security", "not_government_information", "other")


@serves("old_received_sum", "old_concluded_sum", "old_answered_sum", "old_refused_sum")
@serves("old_reconsideration_sum", "old_litigation_sum", "old_staff_sum", "old_sum_blank")
def sums_of_the_old_form(case: Examination) -> Iterator[Finding]:
    """OLD.5, 6, 7, 9, 10: a figure equals the sum of the rows it is divided into."""
    if not case.report.statistics:
        return
    table = Statistics(case)
    for name, parent, children in _SUMS:
        yield from _sum(table, name, parent, [f"{parent}.{child}" for child in children])
    reasons = [f"requests.refused.{reason}" for reason in _REFUSED]
    yield from _sum(table, "old_refused_sum", "requests.answered.refused", reasons)


def _sum(table: Statistics, name: str, parent: str, children: list[str]) -> Iterator[Finding]:
    if not table.has(parent, *children):
        return
    values = [table.value(child) for child in children]
    total, added = table.value(parent), sum(value or 0 for value in values)
    if added == (total or 0):
        return
    unknown = table.unknown_within(parent, children)
    if unknown is None or any(
        added + sum(some) == (total or 0)
        for count in range(1, len(unknown) + 1)
        for some in combinations(unknown, count)
    ):
        return
    blank = blanks_could_mend(values, [total])
    yield table.case.finding(
        "old_sum_blank" if blank else name,
        f"统计表{table.label(parent)}填{written(total)}，其下各项相加{plus(values)}＝{written(added)}，两者不等。"
        + ("其中有空白格，请补填。" if blank else "请对照台账核对后更正。"),
        f"Statistics, {label_en(parent)}: {written_en(total)}, but its parts "
        f"{plus_en(values)} = {written_en(added)}.",
        cells=[table.path(parent), *map(table.path, children)],
        expected=added,
        found=total,
    )


_CHANNELS = ("gazette", "website", "weibo", "wechat", "other")


@serves("old_channel_above_total", "old_total_above_channels")
def channels_and_their_total(case: Examination) -> Iterator[Finding]:
    """OLD.1: the total counts each item once: no channel exceeds it, it does not exceed their sum."""
    table = Statistics(case) if case.report.statistics else None
    if table is None or not table.has("disclosed.total"):
        return
    total = table.value("disclosed.total")
    known = [code for code in (f"channels.{name}" for name in _CHANNELS) if table.has(code)]
    above = [code for code in known if (table.value(code) or 0) > (total or 0)]
    if total is None or not known:
        return
    for code in above:
        value = table.value(code)
        yield case.finding(
            "old_channel_above_total",
            f"统计表{table.label(code)}为{written(value)}条，大于{table.label('disclosed.total')}的"
            f"{written(total)}条。总数按不同渠道公开相同信息计1条，任一渠道都不应超过总数，请核对。",
            f"Statistics: one channel ({label_en(code)}) has {written_en(value)}, more than the "
            f"deduplicated total of {written_en(total)}.",
            cells=[table.path(code), table.path("disclosed.total")],
            expected=total,
            found=value,
        )
    if above or len(known) < len(_CHANNELS) or "channels" not in table.index:
        return
    unknown = table.unknown_within("channels", known)
    values = [table.value(code) for code in known]
    if unknown is None or None in values:
        return
    added = sum(value or 0 for value in values) + sum(unknown)
    if total > added:
        yield case.finding(
            "old_total_above_channels",
            f"统计表{table.label('disclosed.total')}为{written(total)}条，大于各渠道之和"
            f"{plus([*values, *unknown])}＝{written(added)}条。每条公开的信息至少有一个渠道，请核对。",
            f"Statistics: the total of {written_en(total)} exceeds the sum of all channels, "
            f"{written_en(added)}.",
            cells=[table.path("disclosed.total"), *map(table.path, known)],
            expected=added,
            found=total,
        )


@serves("old_key_areas_gap", "old_key_areas_above", "old_key_areas_above_total")
def key_areas_of_the_beijing_form(case: Examination) -> Iterator[Finding]:
    """OLD.2: the twelve areas ≤ their total ≤ all; with a closing row 其他 nothing may be left over."""
    table = Statistics(case) if case.report.statistics else None
    if table is None or not table.has("key_areas.total"):
        return
    total = table.value("key_areas.total")
    areas = [f"key_areas.{number}" for number in range(1, 13)]
    everything = table.number("disclosed.total")
    if total is None:
        return
    if everything is not None and total > everything:
        yield _above(table, "old_key_areas_above_total", "key_areas.total", "disclosed.total")
    if not table.has(*areas):
        return
    values = [table.value(area) for area in areas]
    added = sum(value or 0 for value in values)
    unknown = table.unknown_within("key_areas.total", areas)
    if added == total or unknown is None or added + sum(unknown) == total:
        return
    above = added > total
    if not above and None in values:
        return
    reason = "各项之和大于合计" if above else "而末项为“其他信息”，各项之和应等于合计，尚有差额未列明"
    yield case.finding(
        "old_key_areas_above" if above else "old_key_areas_gap",
        f"统计表{table.label('key_areas.total')}为{written(total)}条，其下12项相加＝{written(added)}条，"
        f"相差{written(max(total, added) - min(total, added))}条：{reason}。请核对。",
        f"Statistics: key areas total {written_en(total)}, but the twelve rows add up to "
        f"{written_en(added)}.",
        cells=[table.path("key_areas.total"), *map(table.path, areas)],
        expected=added,
        found=total,
    )


def _above(table: Statistics, name: str, part: str, whole: str) -> Finding:
    return table.case.finding(
        name,
        f"统计表{table.label(part)}为{written(table.value(part))}，大于{table.label(whole)}的"
        f"{written(table.value(whole))}，请核对。",
        f"Statistics: {label_en(part)} = {written_en(table.value(part))} exceeds "
        f"{label_en(whole)} = {written_en(table.value(whole))}.",
        cells=[table.path(part), table.path(whole)],
        expected=table.value(whole),
        found=table.value(part),
    )


# name, part, whole: part ≤ whole (OLD.3, OLD.4)
_PARTS = (
    ("old_normative_above_total", "disclosed.normative_documents", "disclosed.total"),
    ("old_normative_above_issued", "disclosed.normative_documents", "disclosed.normative_documents_issued"),
    ("old_part_above_whole", "responses.press_conferences_leaders", "responses.press_conferences"),
    ("old_part_above_whole", "responses.interviews_leaders", "responses.interviews"),
)


@serves("old_normative_above_total", "old_normative_above_issued", "old_part_above_whole")
def parts_do_not_exceed_their_whole(case: Examination) -> Iterator[Finding]:
    """OLD.3 and OLD.4: 其中 is not more than the row it is part of."""
    table = Statistics(case) if case.report.statistics else None
    for name, part, whole in _PARTS if table else ():
        assert table is not None
        part_value, whole_value = table.number(part), table.number(whole)
        if part_value is not None and whole_value is not None and part_value > whole_value:
            yield _above(table, name, part, whole)


@serves("old_concluded_not_answered", "old_received_not_concluded")
def answered_is_concluded(case: Examination) -> Iterator[Finding]:
    """OLD.8: concluded = answered and, where nothing is carried over, = received."""
    table = Statistics(case) if case.report.statistics else None
    if table is None:
        return
    received, concluded, answered = (
        table.number(f"requests.{code}") for code in ("received", "concluded", "answered")
    )
    if concluded is not None and answered is not None and concluded != answered:
        yield _differ(table, "old_concluded_not_answered", "requests.concluded", "requests.answered")
    if concluded is not None and received is not None and concluded != received:
        yield _differ(table, "old_received_not_concluded", "requests.received", "requests.concluded")


def _differ(table: Statistics, name: str, left: str, right: str) -> Finding:
    return table.case.finding(
        name,
        f"统计表{table.label(left)}为{written(table.value(left))}，{table.label(right)}为"
        f"{written(table.value(right))}，一般应当一致；有跨年结转等原因的请在正文说明。",
        f"Statistics: {label_en(left)} = {written_en(table.value(left))}, {label_en(right)} = "
        f"{written_en(table.value(right))}: normally equal; explain cases carried over.",
        cells=[table.path(left), table.path(right)],
        expected=table.value(left),
        found=table.value(right),
    )


@serves("old_training_without_people", "old_office_without_staff", "old_litigation_repeats_requests")
def unlikely_figures_of_the_old_form(case: Examination) -> Iterator[Finding]:
    """OLD.11, and two figures that are often a slip: an office without staff, lawsuits equal to requests."""
    table = Statistics(case) if case.report.statistics else None
    if table is None:
        return
    trainings, trained = table.number("meetings.trainings"), table.number("meetings.trained")
    if trainings is not None and trained is not None and (trainings == 0) != (trained == 0):
        yield _pair(
            table,
            "old_training_without_people",
            "meetings.trainings",
            "meetings.trained",
            "一个为0、一个不为0，",
        )
    offices, full_time = table.number("capacity.offices"), table.number("capacity.staff.full_time")
    if offices and full_time == 0:
        yield _pair(
            table,
            "old_office_without_staff",
            "capacity.offices",
            "capacity.staff.full_time",
            "有专门机构而无专职人员，",
        )
    received, litigation = table.number("requests.received"), table.number("litigation")
    if litigation and litigation == received and table.number("reconsideration") == 0:
        yield _pair(
            table,
            "old_litigation_repeats_requests",
            "litigation",
            "requests.received",
            "没有复议而诉讼数等于申请数，可能错行，",
        )


def _pair(table: Statistics, name: str, first: str, second: str, reason: str) -> Finding:
    return table.case.finding(
        name,
        f"统计表{table.label(first)}为{written(table.value(first))}，{table.label(second)}为"
        f"{written(table.value(second))}：{reason}请核对。",
        f"Statistics: {label_en(first)} = {written_en(table.value(first))}, {label_en(second)} = "
        f"{written_en(table.value(second))}: check.",
        cells=[table.path(first), table.path(second)],
        expected=table.value(first),
        found=table.value(second),
    )
