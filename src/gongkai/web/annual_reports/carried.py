"""Results that travel with the page: what a download or the other language needs comes back in a form field.

Nothing is kept on the server. What comes back is somebody's input: it is refused unless every part has the
contract's shape.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from gongkai.annual.checked import Checked, findings_to_json, reports_to_json, unreadable_to_json
from gongkai.annual.contract import report_from_json
from gongkai.annual.findings import SEVERITIES, Finding
from gongkai.annual.json_lines import dumps
from gongkai.annual.report import Report, Unread
from gongkai.documents import DocumentError, Place

SCHEMA = "gongkai.checked/1"
MOST_BYTES = 12 * 1024 * 1024  # below DATA_UPLOAD_MAX_MEMORY_SIZE
MOST_FILES = 200  # a file may hold several reports
CELL_PATH = re.compile(r"[a-z_]+(\.[a-z0-9_]+)*")
RULE_ID = re.compile(r"[A-Z]+[A-Z0-9.()a-z]*")


class NotCarried(ValueError):
    """What came back is not what a result page sends."""


def pack(results: Sequence[Checked]) -> str | None:
    """The results as json, None where they are too large to be sent back."""
    files = [_packed(item) for item in results]
    text = dumps({"schema": SCHEMA, "files": files})
    return text if len(text.encode()) <= MOST_BYTES else None


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
    named = dict.fromkeys(path for finding in item.findings for path in finding.cells)
    return {
        **packed,
        "report": report.to_json(),
        "reading": {
            "lines": report.lines,
            "headings": report.headings,
            "written": report.written,
            "unread": [[gap.cells, gap.why, gap.why_en] for gap in report.unread],
            "statistics_codes": report.statistics_codes,
            # Of the cells that findings name: the workbook says where in the file they stand.
            "places": {path: report.places[path] for path in named if path in report.places},
        },
        "findings": [
            {
                **finding.to_json(item.source, report.organ, report.year),
                "message_en": finding.message_en,
                "name": finding.name,
                "place": finding.place,
            }
            for finding in item.findings
        ],
        "notes": item.notes,
        "compared_with": item.compared_with,
    }


def unpack(text: str) -> list[Checked]:
    """The results again. Raises `NotCarried` for anything that `pack` does not make."""
    try:
        value = json.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        raise NotCarried("not json") from error
    top = _mapping(value)
    files = _list(top.get("files"))
    if top.get("schema") != SCHEMA or not 0 < len(files) <= MOST_FILES:
        raise NotCarried("schema")
    return [_unpacked(_mapping(item)) for item in files]


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
    return Checked(
        source,
        report,
        [_finding(_mapping(finding)) for finding in _list(item.get("findings"))],
        notes=[_texts(note, 2) for note in _list(item.get("notes"))],  # type: ignore[misc]
        compared_with=_text_or_null(item.get("compared_with")),
    )


def _add_reading(report: Report, reading: Mapping[str, Any]) -> None:
    report.lines = [_passage(line) for line in _list(reading.get("lines"))]
    report.headings = [_passage(heading) for heading in _list(reading.get("headings"))]
    written = _mapping(reading.get("written"))
    report.written = {_path(path): _text(words) for path, words in written.items()}
    report.places = {_path(path): _place(place) for path, place in _mapping(reading.get("places")).items()}
    for gap in _list(reading.get("unread")):
        if len(_list(gap)) != 3:
            raise NotCarried("unread")
        cells, why, why_en = gap
        report.unread.append(Unread([_path(cell) for cell in _list(cells)], _text(why), _text(why_en)))
    report.statistics_codes = [_text_or_null(code) for code in _list(reading.get("statistics_codes"))]


def _finding(given: Mapping[str, Any]) -> Finding:
    rule, severity = _text(given.get("rule")), _text(given.get("severity"))
    if not RULE_ID.fullmatch(rule) or severity not in SEVERITIES:
        raise NotCarried("finding")
    return Finding(
        rule=rule,
        severity=severity,
        message=_text(given.get("message")),
        message_en=_text(given.get("message_en")),
        cells=[_path(cell) for cell in _list(given.get("cells"))],
        expected=_number(given.get("expected")),
        found=_number(given.get("found")),
        quote=_text_or_null(given.get("quote")),
        place=None if given.get("place") is None else _place(given["place"]),
        name=_text(given.get("name")),
    )


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


def _number(value: Any) -> int | Decimal | None:
    if value is None or (isinstance(value, int | Decimal) and not isinstance(value, bool)):
        return value
    raise NotCarried("number")


def _path(value: Any) -> str:
    path = _text(value)
    if not CELL_PATH.fullmatch(path):
        raise NotCarried("cell")
    return path


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
