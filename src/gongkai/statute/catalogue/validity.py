"""Whether a rule or a normative document is in force on a day (NOR.3)."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import NamedTuple

from gongkai.statute.catalogue.entries import LISTS
from gongkai.statute.catalogue.errors import CatalogueError, day
from gongkai.statute.data_files import data

_ONE_DAY = dt.timedelta(days=1)


class Validity(StrEnum):
    """The five states of NOR.3. `holds`: it counts among those in force (table 2: 现行有效件数)."""

    IN_FORCE = "in_force"
    AMENDED = "amended"
    REPEALED = "repealed"
    EXPIRED = "expired"
    NOT_YET = "not_yet"

    @property
    def zh(self) -> str:
        return self._word("zh")

    @property
    def en(self) -> str:
        return self._word("en")

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(self._row().get("labels", ()))

    @property
    def holds(self) -> bool:
        return self in (Validity.IN_FORCE, Validity.AMENDED)

    def name_in(self, lang: str = "zh") -> str:
        return self._word("zh" if lang == "zh" else "en")

    def _word(self, lang: str) -> str:
        return str(self._row()[lang])

    def _row(self) -> dict[str, str]:
        rows: list[dict[str, str]] = data(LISTS)["validity"]
        return next(row for row in rows if row["code"] == self.value)


class Change(NamedTuple):
    """From `on` on, the document is `validity`."""

    on: dt.date
    validity: Validity


def validity(
    on: dt.date,
    effective_on: dt.date | None = None,
    repealed_on: dt.date | None = None,
    expires_on: dt.date | None = None,
    amended: dt.date | bool = False,
) -> Validity:
    """The state of a document on a day (NOR.3).

    `effective_on`: the first day in force; None: from when it was made. `repealed_on`: the first day it no
    longer holds. `expires_on`: the last day it holds. `amended`: the day from which an amendment holds, or
    True. Where it was repealed and has expired, what came first counts: what has lapsed cannot be repealed.
    That the day of repeal no longer counts and the day of expiry still does is our own reading (D).
    CatalogueError for what is no date, and for an expiry before it takes effect.

    >>> validity(dt.date(2026, 11, 21), effective_on=dt.date(2024, 1, 1), expires_on=dt.date(2026, 11, 21)).zh
    '有效'
    """
    today = day(on, "日期")
    begins, ends, lapses = (
        _or_none(value, what)
        for value, what in ((effective_on, "实施日期"), (repealed_on, "废止日期"), (expires_on, "失效日期"))
    )
    amended_on = amended if isinstance(amended, bool) else day(amended, "修改日期")
    if begins and lapses and lapses < begins:
        raise CatalogueError(
            "catalogue_expiry_before_effect",
            f"失效日期 {lapses} 早于实施日期 {begins}，请核对。",
            f"It expires on {lapses}, before it takes effect on {begins}. Check the dates.",
        )
    if ends is not None and today >= ends and (lapses is None or ends <= lapses):
        return Validity.REPEALED
    if lapses is not None and today > lapses:
        return Validity.EXPIRED
    if begins is not None and today < begins:
        return Validity.NOT_YET
    changed = amended_on if isinstance(amended_on, bool) else today >= amended_on
    return Validity.AMENDED if changed else Validity.IN_FORCE


def validity_changes(
    after: dt.date,
    effective_on: dt.date | None = None,
    repealed_on: dt.date | None = None,
    expires_on: dt.date | None = None,
    amended: dt.date | bool = False,
) -> tuple[Change, ...]:
    """The changes of state that come after a day, in order: when a page and the figures must follow.

    >>> found = validity_changes(dt.date(2026, 1, 1), expires_on=dt.date(2026, 6, 30))
    >>> [(str(change.on), change.validity.value) for change in found]
    [('2026-07-01', 'expired')]
    """
    facts = (effective_on, repealed_on, expires_on, amended)
    state = validity(after, *facts)
    days = {value for value in (effective_on, repealed_on) if value is not None}
    if expires_on is not None and expires_on < dt.date.max:
        days.add(expires_on + _ONE_DAY)
    if not isinstance(amended, bool):
        days.add(amended)
    found = []
    for when in sorted(days):
        if when > after and (then := validity(when, *facts)) is not state:
            found.append(Change(when, then))
            state = then
    return tuple(found)


def _or_none(value: dt.date | None, what: str) -> dt.date | None:
    return None if value is None else day(value, what)
