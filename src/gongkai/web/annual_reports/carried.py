"""Reports that travel with their page: what a download or a change needs comes back in two form fields.

One holds the reports as they were read, and never changes; the other what a person changed in them. Findings
are not carried: they are found anew. Nothing is kept on the server. What comes back is somebody's input: it
is refused unless every part has the contract's shape.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from hashlib import sha256
from typing import Any

from gongkai.annual.checked import Checked, findings_to_json, reports_to_json, unreadable_to_json
from gongkai.annual.contract import report_from_json
from gongkai.annual.correcting import Change, Changes, NotAccepted, fields, read_typed, shown_value
from gongkai.annual.json_lines import dumps
from gongkai.annual.report import Report, Unread
from gongkai.documents import DocumentError, Place

SCHEMA = "gongkai.read/1"
MOST_BYTES = 12 * 1024 * 1024  # below DATA_UPLOAD_MAX_MEMORY_SIZE, with room for what is typed
MOST_CHANGED = 400_000  # characters of all changes
MOST_CHARACTERS = 200_000  # of one report's texts, which is ten times a long one
MOST_FILES = 200  # a file may hold several reports
# Signs that part values in its json: two hundred reports of four hundred rows have a million. More would take
# memory out of all proportion to their length.
MOST_VALUES = 3_000_000
CELL_PATH = re.compile(r"[a-z_]+(\.[a-z0-9_]+)*")


@dataclass(frozen=True, slots=True)
class Work:
    """The reports of a page as they were read, `earlier` ones to set beside them, and what was changed since.

    `changes` is by the report's number on the page, from 1.
    """

    read: Sequence[Checked]
    earlier: Sequence[Checked] = ()
    changes: Mapping[int, Changes] = field(default_factory=dict)


class NotCarried(ValueError):
    """What came back is not what a result page sends."""


def pack(work: Work) -> str | None:
    """The reports as read, as json; None where they are too large to be sent back."""
    if any(_is_too_long(item.report) for item in (*work.read, *work.earlier)):
        return None
    text = dumps(
        {
            "schema": SCHEMA,
            "files": [_packed(item) for item in work.read],
            "earlier": [_packed(item) for item in work.earlier],
        }
    )
    return text if len(text.encode("utf-8", "surrogatepass")) <= MOST_BYTES else None


def _is_too_long(report: Report | None) -> bool:
    if report is None:
        return False
    lines = sum(len(text) for _, text, _ in report.lines)
    return max(lines, sum(map(len, report.sections.values()))) > MOST_CHARACTERS


def pack_changes(work: Work) -> str:
    """What was changed, as json: `{"1": {"requests.granted.total": 3}}`."""
    return dumps({str(number): dict(changes) for number, changes in work.changes.items() if changes})


def name_of(packed: str) -> str:
    """A short name for the reports as read: the same for the same reports."""
    return sha256(packed.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def download(results: Sequence[Checked]) -> dict[str, Any]:
    """What the json download holds: findings first, as the contract has them; then what they rest on.

    `unreadable` names the files that could not be read, `reports` holds those that could.
    """
    return {
        "findings": findings_to_json(results),
        "unreadable": unreadable_to_json(results),
        "reports": reports_to_json(results),
    }


def _packed(item: Checked) -> dict[str, Any]:
    error = item.error and {"code": item.error.code, "zh": item.error.zh, "en": item.error.en}
    packed: dict[str, Any] = {"source": item.source, "error": error}
    if item.report is None:
        return packed
    report = item.report
    reading = {
        "lines": report.lines,
        "headings": report.headings,
        "written": report.written,
        "confidence": report.confidence,
        "unread": [[gap.cells, gap.why, gap.why_en, gap.place] for gap in report.unread],
        "statistics_codes": report.statistics_codes,
        "places": report.places,
        "remarks": report.remarks,
    }
    return {**packed, "report": report.to_json(), "reading": reading, "notes": item.notes}


def unpack(text: str, changes: str = "") -> Work:
    """The work again. Raises `NotCarried` for anything that `pack` and `pack_changes` do not make."""
    top = _mapping(_parsed(text))
    files, earlier = _list(top.get("files")), _list(top.get("earlier"))
    if top.get("schema") != SCHEMA or not 0 < len(files) <= MOST_FILES or len(earlier) > MOST_FILES:
        raise NotCarried("schema")
    read = [_unpacked(_mapping(item)) for item in files]
    before = [_unpacked(_mapping(item)) for item in earlier]
    return Work(read, before, _unpacked_changes(changes, read))


def _parsed(text: str) -> Any:
    if sum(map(text.count, "[{,:")) > MOST_VALUES:
        raise NotCarried("values")
    try:
        return json.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        raise NotCarried("not json") from error


def _unpacked_changes(text: str, read: Sequence[Checked]) -> dict[int, Changes]:
    if len(text) > MOST_CHANGED:
        raise NotCarried("changes")
    changes: dict[int, Changes] = {}
    for number, changed in _mapping(_parsed(text or "{}")).items():
        if not (number.isascii() and number.isdigit() and 0 < int(number) <= len(read)):
            raise NotCarried("changes")
        report = read[int(number) - 1].report
        if report is None:
            raise NotCarried("changes")
        known = fields(report)
        changes[int(number)] = {
            path: _change(path, known[path].kind if path in known else "", value)
            for path, value in _mapping(changed).items()
        }
    return changes


def _change(path: str, kind: str, value: Any) -> Change:
    """A change as it was made, held to the same rules as when it was typed."""
    if not kind or isinstance(value, bool) or not (value is None or isinstance(value, str | int | Decimal)):
        raise NotCarried("change")
    try:
        return read_typed(path, kind, shown_value(value))
    except NotAccepted as error:
        raise NotCarried("change") from error


def _unpacked(item: Mapping[str, Any]) -> Checked:
    source = _text(item.get("source"))
    if item.get("error") is not None:
        error = _mapping(item["error"])
        return Checked(source, error=DocumentError(*(_text(error.get(key)) for key in ("code", "zh", "en"))))
    try:
        report = report_from_json(item.get("report"), source)
    except DocumentError as error:
        raise NotCarried(error.zh) from error
    _add_reading(report, _mapping(item.get("reading")))
    if _is_too_long(report):
        raise NotCarried("too long")
    notes = [_texts(note, 2) for note in _list(item.get("notes"))]
    return Checked(source, report, notes=notes)  # type: ignore[arg-type]


def _add_reading(report: Report, reading: Mapping[str, Any]) -> None:
    report.lines = [_passage(line) for line in _list(reading.get("lines"))]
    report.headings = [_passage(heading) for heading in _list(reading.get("headings"))]
    written = _mapping(reading.get("written"))
    report.written = {_path(path): _text(words) for path, words in written.items()}
    sure = _mapping(reading.get("confidence", {}))
    report.confidence = {_path(path): _share(value) for path, value in sure.items()}
    report.places = {_path(path): _place(place) for path, place in _mapping(reading.get("places")).items()}
    for gap in _list(reading.get("unread")):
        if len(_list(gap)) != 4:
            raise NotCarried("unread")
        cells, why, why_en, place = gap
        paths = [_path(cell) for cell in _list(cells)]
        report.unread.append(Unread(paths, _text(why), _text(why_en), _place_or_null(place)))
    for remark in _list(reading.get("remarks")):
        if len(_list(remark)) != 3:
            raise NotCarried("remark")
        kind, words, place = remark
        report.remarks.append((_text(kind), _text(words), _place_or_null(place)))
    report.statistics_codes = [_text_or_null(code) for code in _list(reading.get("statistics_codes"))]


def _passage(value: Any) -> tuple[str, str, Place]:
    if len(_list(value)) != 3:
        raise NotCarried("passage")
    return _text(value[0]), _text(value[1]), _place(value[2])


def _place(value: Any) -> Place:
    given = _list(value)
    if len(given) != len(Place._fields):
        raise NotCarried("place")
    for name, part in zip(Place._fields, given, strict=True):
        wanted = str if name == "sheet" else int
        if part is not None and (isinstance(part, bool) or not isinstance(part, wanted)):
            raise NotCarried("place")
    return Place(*given)


def _place_or_null(value: Any) -> Place | None:
    return None if value is None else _place(value)


def _path(value: Any) -> str:
    path = _text(value)
    if not CELL_PATH.fullmatch(path):
        raise NotCarried("cell")
    return path


def _share(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | Decimal) or not 0 <= value <= 1:
        raise NotCarried("confidence")
    return float(value)


def _texts(value: Any, count: int) -> tuple[str, ...]:
    given = _list(value)
    if len(given) != count:
        raise NotCarried("texts")
    return tuple(_text(part) for part in given)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise NotCarried("text")
    return value


def _text_or_null(value: Any) -> str | None:
    return None if value is None else _text(value)


def _mapping(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise NotCarried("object")
    return value


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise NotCarried("list")
    return value
