"""One record of many: its rows, and what happened to it from draft to publication, as actions have it.

Kept in step with `disclosure.actions`: a test makes the same record both ways and compares the rows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from random import Random
from typing import Any

from django.utils import timezone

from gongkai.statute.calendar import national
from gongkai.statute.catalogue import record_due, validity
from gongkai.statute.remedies import OrganKind
from gongkai.web.disclosure.content import CACHED, FIELDS, digest_of
from gongkai.web.disclosure.models import Attachment, Record, Review, Version
from gongkai.web.disclosure.review_plan import DEFAULT_PLAN, as_kept
from gongkai.web.organs.models import Role
from gongkai.web.sample.chain import Event, event
from gongkai.web.sample.files import ReadyFile
from gongkai.web.sample.founding import House
from gongkai.web.sample.rows import Row, table
from gongkai.web.sample.texts import Text

_TOLD = tuple(name for name in FIELDS if name != "body")
BASIS = "《中华人民共和国保守国家秘密法》第三十五条"


@dataclass(slots=True)
class Made:
    """The rows of a record and its events, in order."""

    record: Row
    versions: list[Row] = field(default_factory=list)
    reviews: list[Row] = field(default_factory=list)
    attachments: list[Row] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)


class Course:
    """A record on its way; each method is one action at the next of `moments`."""

    def __init__(self, house: House, text: Text, moments: Iterator[dt.datetime], chance: Random) -> None:
        self._house, self._text, self._moments, self._chance = house, text, moments, chance
        self._clerk = chance.choice(house.holding(Role.CLERK))
        self._unit = house.unit_of(self._clerk)
        self._files: list[ReadyFile] = []
        self.made: Made

    # ---- what happens ----

    def draft(self, index_number: str) -> None:
        now = next(self._moments)
        facts = {name: None if name in ("for_year", "publish_at") else "" for name in FIELDS}
        facts |= dict.fromkeys(("made_on", "changed_on", "decided_on", "effective_on", "expires_on"))
        facts |= self._text.facts
        due, provisional = _due(
            self._text.family.kind,
            facts["made_on"],
            facts["decided_on"],
            self._house.plan.kind,
        )
        version = table(Version).row(
            **facts,
            number=1,
            drafted_by_id=self._clerk.pk,
            written_by=[self._clerk.pk],
            created_at=now,
            changed_at=now,
        )
        record = table(Record).row(
            organ_id=self._house.organ.pk,
            unit_id=self._unit.pk,
            kind=self._text.family.kind,
            index_number=index_number,
            created_by_id=self._clerk.pk,
            created_at=now,
            working_id=version.pk,
            due_on=due,
            due_is_provisional=provisional,
            **{name: facts[name] for name in CACHED},
        )
        version.change(record_id=record.pk)
        record.change(validity=self._validity(record, now))
        self.made = Made(record, [version])
        told = {name: value for name, value in self._text.facts.items() if name in _TOLD}
        self._enter(now, "draft", self._clerk.pk, [version], after=told)

    def attach(self, file: ReadyFile) -> None:
        now = next(self._moments)
        version = self.made.versions[-1]
        row = table(Attachment).row(
            version_id=version.pk,
            name=file.name,
            media_type=file.media_type,
            size=file.size,
            sha256=file.sha256,
            text=file.text,
            findings=file.findings,
            position=len(self._files) + 1,
        )
        self.made.attachments.append(row)
        self._files.append(file)
        version.change(changed_at=now)
        after = {"name": file.name, "size": file.size, "sha256": file.sha256}
        self._enter(now, "attach", self._clerk.pk, [version, row], after=after)

    def submit(self) -> None:
        now = next(self._moments)
        version = self.made.versions[-1]
        version.change(
            stage="in_review",
            review_round=1,
            planned_steps=as_kept(DEFAULT_PLAN),
            submitted_at=now,
            content_digest=digest_of(version.values, [(one.name, one.sha256) for one in self._files]),
        )
        review = self._open(0, now)
        after = {"round": 1, "findings": 0, "content": version.values["content_digest"]}
        self._enter(now, "submit", self._clerk.pk, [version, review], after=after)

    def pass_step(self) -> None:
        """The open step passes; after the last one the version is public."""
        now = next(self._moments)
        version, review = self.made.versions[-1], self.made.reviews[-1]
        by = self._decide(review, "passed", now)
        touched = [review]
        if review.values["position"] + 1 < len(DEFAULT_PLAN):
            touched += [version, self._open(review.values["position"] + 1, now)]
        self._enter(now, "pass", by, touched, after=_decision(review), why=review.values["reason"])
        if len(touched) == 1:
            self._publish(by, now)

    def return_step(self, reason: str) -> None:
        now = next(self._moments)
        version, review = self.made.versions[-1], self.made.reviews[-1]
        by = self._decide(review, "returned", now, reason)
        version.change(stage="returned")
        self._enter(now, "return", by, [review, version], after=_decision(review), why=reason)

    def correct(self, note: str) -> None:
        """A further version with the same words but for the note."""
        now = next(self._moments)
        old = self.made.versions[-1]
        kept = {name: old.values[name] for name in FIELDS if name not in ("publish_at", "change_note")}
        version = table(Version).row(
            **kept,
            record_id=self.made.record.pk,
            number=2,
            change="correction",
            change_note=note,
            drafted_by_id=self._clerk.pk,
            written_by=[self._clerk.pk],
            created_at=now,
            changed_at=now,
        )
        version.change(changed_on=timezone.localdate(now))
        self._files = []
        self.made.versions.append(version)
        self.made.record.change(working_id=version.pk)
        after = {"change": "correction"}
        self._enter(now, "start_version", self._clerk.pk, [version], after=after, why=note)

    def repeal(self, on: dt.date, basis: str) -> None:
        now = next(self._moments)
        record = self.made.record
        by = self._house.holding(Role.DISCLOSURE_OFFICE)[0].pk
        before = {"validity": record.values["validity"]}
        record.change(repealed_on=on, repeal_basis=basis)
        record.change(validity=self._validity(record, now))
        after = {"validity": record.values["validity"], "repealed_on": on, "by": None}
        self._enter(now, "repeal", by, before=before, after=after, why=basis)

    def withdraw(self, reason: str) -> None:
        now = next(self._moments)
        record, version = self.made.record, self.made.versions[-1]
        version.change(stage="withdrawn")
        record.change(state="withdrawn", published_id=None, withdrawn_at=now, withdrawal_reason=reason)
        by = self._house.holding(Role.DISCLOSURE_OFFICE)[0].pk
        self._enter(
            now,
            "withdraw",
            by,
            [version],
            before={"state": "published"},
            after={"state": "withdrawn", "version": version.values["number"]},
            why=reason,
        )

    # ---- parts of these ----

    def _publish(self, by: int, now: dt.datetime) -> None:
        record, version = self.made.record, self.made.versions[-1]
        old = self.made.versions[-2] if len(self.made.versions) > 1 else None
        secrecy = next(
            one
            for one in reversed(self.made.reviews)
            if one.values["step"] == "secrecy_officer" and one.values["version_id"] == version.pk
        )
        version.change(
            stage="published",
            published_at=now,
            secrecy_review_id=secrecy.pk,
            secrecy_reviewer_id=secrecy.values["decided_by_id"],
        )
        if old is not None:
            old.change(stage="superseded")
        before = {"state": record.values["state"], "version": old.values["number"] if old else None}
        record.change(
            **{name: version.values[name] for name in CACHED},
            state="published",
            published_id=version.pk,
            working_id=None,
            published_at=now,
            first_published_at=record.values["first_published_at"] or now,
        )
        record.change(validity=self._validity(record, now))
        after = {
            "state": "published",
            "version": version.values["number"],
            "secrecy_review": secrecy.pk,
            "secrecy_reviewer": secrecy.values["decided_by_id"],
        }
        touched = [version, old] if old is not None else [version]
        self._enter(now, "publish", by, touched, before=before, after=after)

    def _open(self, position: int, now: dt.datetime) -> Row:
        step = DEFAULT_PLAN[position]
        review = table(Review).row(
            version_id=self.made.versions[-1].pk,
            organ_id=self._house.organ.pk,
            round=1,
            position=position,
            step=step.step.value,
            opened_at=now,
            due_on=_working_days_on(timezone.localdate(now), step.days),
        )
        self.made.reviews.append(review)
        return review

    def _decide(self, review: Row, result: str, now: dt.datetime, reason: str = "") -> int:
        role = Role(review.values["step"])
        holders = self._house.holding(role)
        if role == Role.UNIT_HEAD and len(holders) > 1:
            holders = [one for one in holders if one.unit_id == self._unit.pk]
        by = self._chance.choice(holders).pk
        review.change(
            result=result,
            reason=reason,
            basis=BASIS if role == Role.SECRECY_OFFICER and result == "passed" else "",
            decided_by_id=by,
            decided_at=now,
            content_digest=self.made.versions[-1].values["content_digest"],
        )
        return int(by)

    def _enter(self, at: dt.datetime, action: str, by: int, touched: Any = (), **facts: Any) -> None:
        self.made.events.append(event(at, action, by, self.made.record, touched, **facts))

    def _validity(self, record: Row, now: dt.datetime) -> str:
        values = record.values
        days = (values["effective_on"], values["repealed_on"], values["expires_on"])
        return _validity(timezone.localdate(now), *days)


def _decision(review: Row) -> dict[str, Any]:
    return {name: review.values[name] for name in ("step", "result", "round", "basis")}


@lru_cache(maxsize=50_000)
def _due(kind: str, made: dt.date, decided: dt.date | None, organ: str) -> tuple[dt.date, bool]:
    due = record_due(kind, made, None, since=decided, organ=OrganKind(organ))
    return due.date, due.provisional


@lru_cache(maxsize=10_000)
def _working_days_on(day: dt.date, days: int) -> dt.date:
    return national().add_working_days(day, days).date


@lru_cache(maxsize=50_000)
def _validity(
    day: dt.date, effective: dt.date | None, repealed: dt.date | None, expires: dt.date | None
) -> str:
    return validity(
        day, effective_on=effective, repealed_on=repealed, expires_on=expires, amended=False
    ).value
