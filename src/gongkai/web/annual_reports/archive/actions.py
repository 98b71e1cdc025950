"""Reading what organs have published: the one door through which the archive changes.

The archive is derived: each row says what a published version's files say, and can be read anew at any time.
So there is no entry in the log for it; what it rests on has its own.
"""

from __future__ import annotations

import logging

from django.db import transaction
from django.db.models import Exists, OuterRef

from gongkai.annual.json_lines import dumps
from gongkai.documents import DocumentError
from gongkai.documents.isolation import Workers
from gongkai.web.annual_reports.archive.figures import key_figures
from gongkai.web.annual_reports.archive.reading import Found, candidates, own_workers, read
from gongkai.web.annual_reports.models import AnnualReport, Reading
from gongkai.web.config import clock
from gongkai.web.disclosure import file_store
from gongkai.web.disclosure.models import Attachment, Record, State, Version
from gongkai.web.organs.errors import WorkError

logger = logging.getLogger(__name__)

KIND = "annual_report"
_PAGE = "page.html"
_HEAD = '<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>'
_LONGEST_WORDS = 400


def read_published(*, most: int = 20, isolated: bool = True) -> int:
    """Read the published reports that have not been read; how many were.

    May run in several processes at once, and be killed at any moment: what is not written is read again.
    `isolated`: in a process apart, as everything that came from outside must be.
    """
    done = 0
    workers = own_workers() if isolated else None
    for record in _waiting(most):
        done += _read_one(record, workers)
    return done


def _waiting(most: int) -> list[Record]:
    known = AnnualReport.objects.filter(version=OuterRef("published"))
    found = Record.objects.filter(kind=KIND, state=State.PUBLISHED).filter(~Exists(known))
    found = found.select_related("organ", "published").defer("organ__emblem")
    return list(found.order_by("-published_at", "-id")[:most])


def _read_one(record: Record, workers: Workers | None) -> int:
    """1 if the report's reading was written, 0 if somebody else was quicker or it is no longer public."""
    version = _published(record)
    try:
        files = _files(record)
    except WorkError as lost:
        logger.warning("annual report %s: %s", record.pk, lost.code)
        # Kept nowhere: once the file is back from the backup it is read.
        return 0
    found = read(files, organ=record.organ.name, year=version.for_year, workers=workers)
    row = _row(record, found)
    with transaction.atomic():
        now = Record.objects.select_for_update().filter(pk=record.pk, state=State.PUBLISHED).first()
        if now is None or now.published_id != version.pk:
            return 0
        _, is_new = AnnualReport.objects.get_or_create(version=version, defaults=row)
    return int(is_new)


def _row(record: Record, found: Found) -> dict[str, object]:
    version = _published(record)
    said = found.report.year if found.report is not None else None
    year = version.for_year or said or _year_before(record)
    row: dict[str, object] = {
        "organ": record.organ,
        "record": record,
        "year": year,
        "read_at": clock.now(),
    }
    if found.report is None:
        problem = found.problem or DocumentError("unread", "没有读取。", "Not read.")
        return {
            **row,
            "state": Reading.UNREAD,
            "problem": problem.code[:40],
            "problem_zh": problem.zh[:_LONGEST_WORDS],
            "problem_en": problem.en[:_LONGEST_WORDS],
        }
    report = found.report
    report.year = report.year or year
    source = "" if found.source.partition("#")[0] == _PAGE else found.source
    return {
        **row,
        "state": Reading.READ,
        "contract": dumps(report.to_json()).replace("\x00", ""),
        "figures": key_figures(report),
        "form": report.form or "",
        "source": source[:200],
    }


def _published(record: Record) -> Version:
    """What a public record always has (a constraint of the database says so)."""
    assert record.published is not None
    return record.published


def _year_before(record: Record) -> int:
    day = record.made_on or clock.today()
    return day.year - 1


def _files(record: Record) -> list[tuple[str, bytes]]:
    """The attachments that may hold the report, then the page itself where it has a table."""
    rows = list(Attachment.objects.filter(version=record.published_id).order_by("position", "id"))
    chosen = [rows[place] for place in candidates(row.name for row in rows)]
    files = [(row.name, file_store.load(row.sha256)) for row in chosen]
    body = _published(record).body
    if "<table" in body:
        files.append((_PAGE, f"{_HEAD}<h1>{record.title}</h1>{body}</body></html>".encode()))
    return files
