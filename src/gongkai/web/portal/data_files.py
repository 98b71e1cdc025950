"""How lists are written as csv and json, and answered under a mark of what they would say."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

from gongkai.web.config.language import short_language
from gongkai.web.disclosure.exporting import guarded
from gongkai.web.portal.answering import shared
from gongkai.web.portal.catalogue_file import AT_ONCE, Field, Line, as_text

Answer = HttpResponse | StreamingHttpResponse
_TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
_BOM = "\ufeff"
_PIECE = 64 * 1024


def check_ending(ending: str) -> None:
    """Http404 for a form that there is not."""
    if ending not in _TYPES:
        raise Http404


def mark_at(request: HttpRequest, mark: str) -> str:
    """The ETag of what an address says under a mark: two readers of one address get the same."""
    where = f"{request.build_absolute_uri()} {short_language(request)}"
    return f'W/"{mark}{hashlib.blake2b(where.encode(), digest_size=8).hexdigest()}"'


def under_mark(request: HttpRequest, mark: str, made: Callable[[], Answer]) -> Answer:
    """The answer under a mark of what it says: 304 for who has it already, and then nothing is made."""
    etag = mark_at(request, mark)
    same: Answer | None = get_conditional_response(request, etag=etag)
    return _described(request, made() if same is None else same, etag)


def _described(request: HttpRequest, answer: Answer, etag: str) -> Answer:
    answer.headers["ETag"] = etag
    answer.headers["Cache-Control"] = shared(request)
    # Data for every site and program (REG.24: search, view, download).
    answer.headers["Access-Control-Allow-Origin"] = "*"
    return answer


def file_answer(
    request: HttpRequest, name: str, head: dict[str, Any], key: str, fields: Sequence[Field], lines: Any
) -> Answer:
    """The lines as a file of that name, by its ending. Nothing is read where only the head was asked for."""
    ending = name.rpartition(".")[2]
    answer: Answer
    if request.method == "HEAD":
        answer = HttpResponse(content_type=_TYPES[ending])
    else:
        head = {**head, "fields": {one.name: str(one.words) for one in fields}}
        names = [one.name for one in fields]
        written = _csv(names, lines) if ending == "csv" else _json(head, key, lines)
        answer = StreamingHttpResponse(written, content_type=_TYPES[ending])
    answer.headers["Content-Disposition"] = content_disposition_header(ending == "csv", name) or "inline"
    return answer


def _csv(names: Sequence[str], lines: Iterable[Line]) -> Iterator[bytes]:
    """UTF-8 with a byte order mark, the field names as heads; no cell that a sheet takes for a formula."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    buffer.write(_BOM)
    writer.writerow(names)
    for line in lines:
        writer.writerow([guarded(as_text(value)) for value in line.values()])
        if buffer.tell() > _PIECE:
            yield buffer.getvalue().encode("utf-8", "replace")
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode("utf-8", "replace")


def _json(head: dict[str, Any], key: str, lines: Iterable[Line]) -> Iterator[bytes]:
    """One object: what it is, what the fields are, and under `key` the lines, each on one of its own."""
    yield (json.dumps(head, ensure_ascii=False)[:-1] + f', "{key}": [').encode("utf-8", "replace")
    pieces: list[str] = []
    before = "\n"
    for line in lines:
        pieces.append(before + json.dumps(line, ensure_ascii=False))
        before = ",\n"
        if len(pieces) >= AT_ONCE:
            yield "".join(pieces).encode("utf-8", "replace")
            pieces = []
    yield ("".join(pieces) + "\n]}\n").encode("utf-8", "replace")
