"""What the tables say about each thing the narrative can count: the figures a claim may agree with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gongkai.annual.checking.examination import Examination
from gongkai.annual.checking.statistics import Statistics
from gongkai.annual.report import Number


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the tables: one cell or a sum of cells, with the name a clerk knows it by."""

    value: Number
    cells: tuple[str, ...]
    label: str


_NEW, _IN = "received.new", "received.carried_in"
_DONE, _FORWARD = "concluded", "carried_forward"
_REFUSED = (
    "refused.state_secret",
    "refused.barred_by_law",
    "refused.endangers_security",
    "refused.third_party_rights",
    "refused.internal_affairs",
    "refused.process_information",
    "refused.enforcement_file",
    "refused.administrative_query",
)
_UNAVAILABLE = ("unavailable.not_held", "unavailable.needs_making", "unavailable.still_unclear")
_NOT_PROCESSED = (
    "not_processed.petition",
    "not_processed.duplicate",
    "not_processed.publication",
    "not_processed.excessive",
    "not_processed.confirmation",
)
_OTHER = ("other.not_supplemented", "other.fee_unpaid", "other.other")
# an outcome as the text names it -> rows of table 3, label
OUTCOME_ROWS: dict[str, tuple[tuple[str, ...], str]] = {
    "granted": (("granted",), "表三“（一）予以公开”"),
    "partly_granted": (("partly_granted",), "表三“（二）部分公开”"),
    "refused": (_REFUSED, "表三“（三）不予公开”各项之和"),
    "unavailable": (_UNAVAILABLE, "表三“（四）无法提供”各项之和"),
    "not_processed": (_NOT_PROCESSED, "表三“（五）不予处理”各项之和"),
    "other_outcomes": (_OTHER, "表三“（六）其他处理”"),
}
# one row of a group, as the text names it -> its code, the group it is of, its name in English
SUB_ROWS: dict[str, tuple[str, str, str]] = {
    "sub_state_secret": ("refused.state_secret", "refused", "state secrets"),
    "sub_barred_by_law": ("refused.barred_by_law", "refused", "barred by law"),
    "sub_endangers_security": ("refused.endangers_security", "refused", "danger to security and stability"),
    "sub_third_party_rights": ("refused.third_party_rights", "refused", "rights of third parties"),
    "sub_internal_affairs": ("refused.internal_affairs", "refused", "internal affairs"),
    "sub_process_information": ("refused.process_information", "refused", "process information"),
    "sub_enforcement_file": ("refused.enforcement_file", "refused", "enforcement files"),
    "sub_administrative_query": ("refused.administrative_query", "refused", "administrative queries"),
    "sub_not_held": ("unavailable.not_held", "unavailable", "not held"),
    "sub_needs_making": ("unavailable.needs_making", "unavailable", "would have to be made"),
    "sub_still_unclear": ("unavailable.still_unclear", "unavailable", "still unclear"),
    "sub_petition": ("not_processed.petition", "not_processed", "petitions and complaints"),
    "sub_duplicate": ("not_processed.duplicate", "not_processed", "repeated requests"),
    "sub_publication": ("not_processed.publication", "not_processed", "publications"),
    "sub_excessive": ("not_processed.excessive", "not_processed", "excessive requests"),
    "sub_confirmation": ("not_processed.confirmation", "not_processed", "confirmation asked for"),
    "sub_not_supplemented": ("other.not_supplemented", "other_outcomes", "not supplemented"),
    "sub_fee_unpaid": ("other.fee_unpaid", "other_outcomes", "fee unpaid"),
}
# what the text counts -> sums of rows it may agree with, the plainest first
_REQUEST_ROWS: dict[str, tuple[tuple[tuple[str, ...], str], ...]] = {
    "received_new": (((_NEW,), "表三“一、本年新收”总计"),),
    "received": (((_NEW,), "表三“一、本年新收”总计"), ((_NEW, _IN), "第一项加第二项")),
    "concluded": (((_DONE,), "表三“（七）总计”"), ((_NEW,), "表三“一、本年新收”总计")),
    "handled": (
        ((_DONE,), "表三“（七）总计”"),
        ((_NEW,), "表三“一、本年新收”总计"),
        ((_NEW, _IN), "第一项加第二项"),
    ),
    "requests": (
        ((_NEW,), "表三“一、本年新收”总计"),
        ((_NEW, _IN), "第一项加第二项"),
        ((_DONE,), "表三“（七）总计”"),
    ),
    "due": (((_NEW, _IN), "表三第一项加第二项"), ((_DONE,), "表三“（七）总计”"), ((_NEW,), "第一项")),
    "in_all": (((_NEW, _IN), "表三第一项加第二项"),),
    "carried_in": (((_IN,), "表三“二、上年结转”总计"),),
    "carried_forward": (((_FORWARD,), "表三“四、结转下年度继续办理”总计"),),
    "in_hand": (((_FORWARD,), "表三“四、结转下年度继续办理”总计"),),
    "carried": (((_FORWARD,), "表三“四、结转下年度继续办理”总计"), ((_IN,), "表三“二、上年结转”总计")),
}
_REMEDY_GROUPS: dict[str, tuple[tuple[tuple[str, ...], str], ...]] = {
    "reconsideration": ((("reconsideration",), "表四“行政复议”总计"),),
    "litigation": (
        (("direct_litigation", "litigation_after_reconsideration"), "表四“行政诉讼”两组总计之和"),
        (("direct_litigation",), "表四“未经复议直接起诉”总计"),
        (("litigation_after_reconsideration",), "表四“复议后起诉”总计"),
    ),
    "direct_litigation": ((("direct_litigation",), "表四“未经复议直接起诉”总计"),),
    "after_reconsideration": ((("litigation_after_reconsideration",), "表四“复议后起诉”总计"),),
    "remedies": (
        (
            ("reconsideration", "direct_litigation", "litigation_after_reconsideration"),
            "表四行政复议、行政诉讼总计之和",
        ),
    ),
}
# form 2014: what the text counts -> rows of the statistics table
_OLD_ROWS: dict[str, tuple[tuple[str, ...], ...]] = {
    "received_new": (("requests.received",),),
    "received": (("requests.received",),),
    "concluded": (("requests.concluded",), ("requests.answered",)),
    "handled": (("requests.concluded",), ("requests.answered",), ("requests.received",)),
    "granted": (
        ("requests.answered.granted",),
        ("requests.answered.granted", "requests.answered.already_public"),
        ("requests.answered.granted", "requests.answered.already_public", "requests.answered.partly_granted"),
    ),
    "partly_granted": (("requests.answered.partly_granted",),),
    "refused": (("requests.answered.refused",),),
    "reconsideration": (("reconsideration",),),
    "litigation": (("litigation",),),
    "remedies": (("reconsideration", "litigation"),),
}


class TableFigures:
    """The figures of one report, by what the text may count."""

    def __init__(self, case: Examination) -> None:
        self.case = case
        self.old = Statistics(case) if case.report.statistics else None
        self._known: dict[str, list[Figure]] = {}

    def of(self, name: str) -> list[Figure]:
        """Figures a claim about `name` may agree with, the plainest first; empty where one is not known."""
        if name not in self._known:
            self._known[name] = self._old_figures(name) if self.old else self._figures(name)
        return self._known[name]

    def _figures(self, name: str) -> list[Figure]:
        if name in SUB_ROWS:
            return self._sub_row(name)
        if name in OUTCOME_ROWS:
            rows, label = OUTCOME_ROWS[name]
            requests = self.case.report.requests or {}
            if name == "other_outcomes" and "other" in requests:
                rows = ("other",)
            return self._complete([self._sum((f"requests.{row}.total" for row in rows), label, blanks=True)])
        if name in _REQUEST_ROWS:
            rows_of = _REQUEST_ROWS[name]
            if name == "concluded" and self._new_ones_are_open():
                rows_of = rows_of[:1]
            return self._complete(
                [self._sum((f"requests.{r}.total" for r in rows), label) for rows, label in rows_of]
            )
        groups = _REMEDY_GROUPS.get(name, ())
        return self._complete(
            [self._sum((f"remedies.{g}.total" for g in names), label) for names, label in groups]
        )

    def _new_ones_are_open(self) -> bool:
        """More carried forward than carried in: then not all new ones can have been concluded."""
        forward, carried_in = (self.case.request(row) for row in (_FORWARD, _IN))
        return forward is not None and carried_in is not None and forward > carried_in

    def _sub_row(self, name: str) -> list[Figure]:
        """The row; or its whole group, which many a text names by its commonest row."""
        code, group, _ = SUB_ROWS[name]
        label = next((row.label for row in self.case.form.rows if row.code == code), code)
        row = self._sum((f"requests.{code}.total",), f"表三“{label}”")
        return self._complete([row, *self.of(group)])

    def _old_figures(self, name: str) -> list[Figure]:
        assert self.old is not None
        found = []
        for codes in _OLD_ROWS.get(name, ()):
            if not self.old.has(*codes):
                continue
            label = "统计表" + "加".join(map(self.old.label, codes))
            found.append(self._sum(map(self.old.path, codes), label))
        return self._complete(found)

    def _sum(self, cells: Iterable[str], label: str, blanks: bool = False) -> Figure | None:
        """The sum of cells; None where one is not known. `blanks`: a blank among known cells counts as 0."""
        paths = tuple(cells)
        values = [self.case.number(path) for path in paths]
        known = [value for value in values if value is not None]
        unread = any(path in self.case.unread for path in paths)
        if not known or unread or (len(known) < len(values) and not blanks):
            return None
        return Figure(sum(known), paths, label)

    @staticmethod
    def _complete(figures: list[Figure | None]) -> list[Figure]:
        """All figures, or none where the first, the plainest, is not known."""
        if not figures or figures[0] is None:
            return []
        return [figure for figure in figures if figure is not None]

    def row_values(self, name: str) -> set[Number]:
        """Figures of a narrower scope than the claim: one kind of requester, one sub-row."""
        rows: tuple[str, ...] = ()
        if name in OUTCOME_ROWS:
            rows = OUTCOME_ROWS[name][0]
        elif name in _REQUEST_ROWS:
            rows = _REQUEST_ROWS[name][0][0]
        requests = self.case.report.requests or {}
        found: set[Number] = set()
        for row in rows:
            found |= {value for value in (requests.get(row) or {}).values() if value}
        columns = {column for row in rows for column in (requests.get(row) or {})}
        for column in columns:
            found.add(sum((requests.get(row) or {}).get(column) or 0 for row in rows))
        return found - {0}
