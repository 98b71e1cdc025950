"""Files sent to be checked: kept in memory, never on disk, within limits that are told in words."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from gongkai.documents import DocumentError
from gongkai.web.annual_reports.errors import problem
from gongkai.web.config.headers import GetResponse

MIB = 1024 * 1024
MOST_FILES = 20
MOST_BYTES_PER_FILE = 20 * MIB
MOST_BYTES = 50 * MIB
# The fields and boundaries around the files; past this the body is not read as a form at all.
MOST_BODY_BYTES = MOST_BYTES + 2 * MIB
# So much of an oversized body is taken in and dropped, so that the browser listens for the answer.
MOST_DROPPED_BYTES = 400 * MIB
DROPPED_AT_ONCE = MIB


class InMemoryHandler(FileUploadHandler):
    """Takes each file into memory. One that breaks a limit is put aside as an error; the others go on."""

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        self.taken = 0
        self.files = 0
        self.refused: list[tuple[str, DocumentError]] = []
        if self.request is not None:
            self.request.refused_uploads = self.refused  # type: ignore[attr-defined]

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.parts: list[bytes] = []
        self.size = 0
        self.files += 1
        if self.files > MOST_FILES + 1:  # one more: the previous year's report
            self._refuse(too_many_files())

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.size += len(raw_data)
        self.taken += len(raw_data)
        if self.size > MOST_BYTES_PER_FILE:
            self._refuse(file_too_large())
        if self.taken > MOST_BYTES:
            self._refuse(all_too_large())
        self.parts.append(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile | None:
        content = b"".join(self.parts)
        self.parts = []
        return InMemoryUploadedFile(
            BytesIO(content), self.field_name, self.file_name, self.content_type, file_size, self.charset
        )

    def _refuse(self, error: DocumentError) -> None:
        self.parts = []
        self.refused.append((self.file_name or "", error))
        raise SkipFile


def refuse_oversized(get_response: GetResponse) -> GetResponse:
    """Middleware: a body past all limits is answered with a page that says so, before it is parsed."""

    def answer(request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdigit() or int(length) <= MOST_BODY_BYTES:
            return get_response(request)
        _drop_body(request, int(length))
        limits = {"each": MOST_BYTES_PER_FILE // MIB, "all": MOST_BYTES // MIB}
        # The body is not read as a form: it may be one large file as well as many.
        text = _("上传的内容超过 %(all)s MB，没有读取。每个文件不超过 %(each)s MB，合计不超过 %(all)s MB。")
        return problem(request, 413, _("文件太大"), text % limits)

    return answer


def _drop_body(request: HttpRequest, length: int) -> None:
    """Take in what is being sent: a browser that is still sending does not listen for an answer."""
    left = min(length, MOST_DROPPED_BYTES)
    while left > 0:
        chunk = request.read(min(left, DROPPED_AT_ONCE))
        if not chunk:
            return
        left -= len(chunk)


def uploaded(request: HttpRequest, field: str) -> list[tuple[str, bytes]]:
    """Name and content of each file of a field, in order; those put aside are in `refused`."""
    return [(file.name or "", file.read()) for file in request.FILES.getlist(field)]


def refused(request: HttpRequest) -> list[tuple[str, DocumentError]]:
    """Files put aside while they came in, each with the limit it broke."""
    return list(getattr(request, "refused_uploads", ()))


def too_many_files() -> DocumentError:
    return DocumentError(
        "too_many",
        f"一次最多核对 {MOST_FILES} 个文件，这个文件没有读取。请分次上传。",
        f"At most {MOST_FILES} files are checked at once; this one was not read. Send it separately.",
    )


def file_too_large() -> DocumentError:
    size = MOST_BYTES_PER_FILE // MIB
    return DocumentError(
        "too_large",
        f"文件超过 {size} MB，没有读取。请只保留年度报告正文，另存后再试。",
        f"The file is larger than {size} MB and was not read. Keep the report alone and retry.",
    )


def all_too_large() -> DocumentError:
    size = MOST_BYTES // MIB
    return DocumentError(
        "too_large",
        f"本次上传合计超过 {size} MB，没有读取。请分次上传。",
        f"The files together are larger than {size} MB and were not read. Send them in several parts.",
    )
