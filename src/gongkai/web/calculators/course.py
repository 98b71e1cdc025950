"""The course of a request as a form: its rows, which fields a kind of event has, and the events they make."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.statute.calendar import Calendar
from gongkai.statute.clock import Event, EventKind, Way, event
from gongkai.statute.errors import StatuteError
from gongkai.web.calculators.typed import NotTyped, Problem, plain, read_day, read_whole, short

MOST_ROWS = 40
MOST_PARTY = 20  # a label tells two third parties apart; a longer one is most likely somebody's name
K = EventKind
# In the order in which things happen; the receipt has a field of its own.
GROUPS: tuple[tuple[Promise, tuple[EventKind, ...]], ...] = (
    (gettext_lazy("补正"), (K.SUPPLEMENT_ASKED, K.SUPPLEMENT_RECEIVED, K.SUPPLEMENT_LAPSED)),
    (
        gettext_lazy("征求第三方意见"),
        (K.THIRD_PARTY_ASKED, K.THIRD_PARTY_REACHED, K.THIRD_PARTY_ANSWERED, K.THIRD_PARTY_LAPSED),
    ),
    (
        gettext_lazy("征求其他机关意见"),
        (
            K.CO_MAKER_ASKED,
            K.CO_MAKER_REACHED,
            K.CO_MAKER_ANSWERED,
            K.CO_MAKER_SILENT,
            K.ORGAN_ASKED,
            K.ORGAN_REACHED,
            K.ORGAN_ANSWERED,
        ),
    ),
    (gettext_lazy("延期"), (K.EXTENSION_APPROVED, K.EXTENSION_NOTIFIED, K.LATER_DATE_AGREED)),
    (gettext_lazy("收费"), (K.FEE_NOTIFIED, K.FEE_REACHED, K.FEE_PAID, K.FEE_LAPSED)),
    (gettext_lazy("答复和办结"), (K.DECIDED, K.SERVED, K.WITHDRAWN)),
)
_OFFERED = {kind for _title, kinds in GROUPS for kind in kinds}
# What a kind of event needs beside its day; the style sheet shows these fields for these kinds alone.
WITH_PARTY = frozenset(
    kind for kind in EventKind if kind.value.startswith(("third-party-", "co-maker-", "organ-"))
)
WITH_UNTIL = frozenset({K.SUPPLEMENT_ASKED, K.LATER_DATE_AGREED})
WITH_DAYS = frozenset({K.EXTENSION_APPROVED, K.EXTENSION_NOTIFIED})
WITH_WAY = frozenset({K.SERVED})
FIELDS = ("kind", "on", "party", "until", "days", "way")
_NAME = re.compile(rf"({'|'.join(FIELDS)})([1-9]\d{{0,2}})", re.ASCII)
WAY_WORDS: Mapping[Way, Promise] = {
    Way.DIRECT: gettext_lazy("当面交给申请人"),
    Way.MAIL: gettext_lazy("邮政企业寄送（以交寄日为准）"),
    Way.ONLINE: gettext_lazy("网上发送"),
    Way.OTHER_ORGAN: gettext_lazy("委托其他机关转交"),
    Way.COURIER: gettext_lazy("快递公司寄送"),
}
# Which field an error of the statute belongs to.
_FIELD_OF = {
    "clock_bad_party": "party",
    "clock_bad_days": "days",
    "clock_until_before_event": "until",
    "clock_until_missing": "until",
    "clock_unknown_way": "way",
}


class Row(NamedTuple):
    """One event as it was typed."""

    number: int
    kind: str = ""
    on: str = ""
    party: str = ""
    until: str = ""
    days: str = ""
    way: str = ""

    @property
    def is_empty(self) -> bool:
        return not any(part.strip() for part in self[1:])

    def field(self, name: str) -> str:
        """The id and the name of one of its fields."""
        return f"{name}{self.number}"

    @property
    def relevant(self) -> dict[str, str]:
        """The fields that its kind has; what was typed into others, for an earlier kind, is let go."""
        has = {
            "kind": True,
            "on": True,
            "party": self.kind in WITH_PARTY,
            "until": self.kind in WITH_UNTIL,
            "days": self.kind in WITH_DAYS,
            "way": self.kind in WITH_WAY,
        }
        typed = self._asdict()
        return {name: typed[name].strip() for name in FIELDS if has[name] and typed[name].strip()}


@dataclass(frozen=True, slots=True)
class Course:
    """What the form was sent with, as typed."""

    received: str = ""
    channel: str = ""
    confirmed: str = ""
    as_of: str = ""
    rows: tuple[Row, ...] = ()

    def query(self) -> str:
        """The address of this question, without what is empty: the one to keep, send on and print."""
        pairs = [
            (name, getattr(self, name).strip()) for name in ("received", "channel", "confirmed", "as_of")
        ]
        for row in self.rows:
            pairs += [(row.field(name), value) for name, value in row.relevant.items()]
        return urlencode([(name, value) for name, value in pairs if value])


def read_course(sent: Mapping[str, str], *, without: str = "") -> Course:
    """The form's fields; rows without anything in them are left out, as is the row of number `without`."""
    typed: dict[int, dict[str, str]] = {}
    for name, value in sent.items():
        found = _NAME.fullmatch(name)
        if found and found[2] != without:
            typed.setdefault(int(found[2]), {})[found[1]] = value
    rows = [Row(number, **typed[number]) for number in sorted(typed)]
    filled = [row for row in rows if not row.is_empty]
    return Course(
        sent.get("received", ""),
        sent.get("channel", ""),
        sent.get("confirmed", ""),
        sent.get("as_of", ""),
        tuple(row._replace(number=number) for number, row in enumerate(filled, 1)),
    )


def events_of(
    rows: Iterable[Row], calendar: Calendar, lang: str
) -> tuple[list[tuple[int, Event]], list[Problem]]:
    """The events of the rows with each row's number, and what is wrong with the others, at its field."""
    events: list[tuple[int, Event]] = []
    problems: list[Problem] = []
    for row in rows:
        made, wrong = _event_of(row, calendar, lang)
        problems += wrong
        if made is not None:
            events.append((row.number, made))
    return events, problems


def _event_of(row: Row, calendar: Calendar, lang: str) -> tuple[Event | None, list[Problem]]:
    typed, problems = row.relevant, _missing(row)
    on = known_day(typed.get("on", ""), row.field("on"), calendar, lang, problems)
    until = known_day(typed.get("until", ""), row.field("until"), calendar, lang, problems)
    days = None
    if "days" in typed:
        try:
            days = read_whole(typed["days"])
        except NotTyped as error:
            problems.append(Problem(row.field("days"), error.code, error.text))
    if len(typed.get("party", "")) > MOST_PARTY:
        words = _("最多 %(most)s 个字。请不要填写真实姓名或名称，用“甲”“乙”区分即可。")
        problems.append(Problem(row.field("party"), "party_too_long", words % {"most": MOST_PARTY}))
    if problems or on is None:
        return None, problems
    try:
        party, way = typed.get("party", ""), typed.get("way")
        return event(typed["kind"], on, party=party, until=until, days=days, way=way), []
    except StatuteError as error:
        field = row.field(_FIELD_OF.get(error.code, "kind"))
        return None, [Problem(field, error.code, error.message(lang))]


def _missing(row: Row) -> list[Problem]:
    typed = row.relevant
    problems = []
    if typed.get("kind", "") not in _OFFERED:
        code = "event_kind_missing" if not typed.get("kind") else "event_kind_unknown"
        problems.append(Problem(row.field("kind"), code, _("请选择发生了什么事；不需要这一项就删去。")))
    if "on" not in typed:
        problems.append(Problem(row.field("on"), "event_day_missing", _("请填写这件事发生的日期。")))
    if typed.get("kind") == K.LATER_DATE_AGREED and "until" not in typed:
        problems.append(Problem(row.field("until"), "event_until_missing", _("请填写告知申请人的合理期限。")))
    return problems


def known_day(
    text: str, field: str, calendar: Calendar, lang: str, problems: list[Problem]
) -> dt.date | None:
    """The day typed into a field, if the calendar knows it; else None, and why in `problems`."""
    if not plain(text):
        return None
    try:
        day = read_day(text)
        calendar.kind(day)
    except NotTyped as error:
        problems.append(Problem(field, error.code, error.text))
    except StatuteError as error:
        problems.append(Problem(field, error.code, error.message(lang)))
    else:
        return day
    return None


def unknown_choice(text: str) -> str:
    return _("没有“%(text)s”这个选项，请在列表中选择。") % {"text": short(plain(text))}
