"""Files sent with a form that is not finished: told by their bytes, sealed under a key that only the form
carries, forgotten after a day."""

from __future__ import annotations

import base64
import datetime as dt
import re
import secrets
import time
import unicodedata
import zipfile
from io import BytesIO
from typing import NamedTuple

from django.db.models import Sum

from gongkai.web.config import clock
from gongkai.web.disclosure import file_store
from gongkai.web.organs.errors import WorkError
from gongkai.web.requests import key_ring
from gongkai.web.requests.models import CaseFile, StagedFile
from gongkai.web.requests.sealed import Unreadable
from gongkai.web.requests.settled import settled

_LONGEST_NAME = 100
_JUST_NOW = 3600.0
_OOXML = "application/vnd.openxmlformats-officedocument."
# What a browser opens or a scanner makes.
PICTURES = {
    "jpg": "image/jpeg",
    "png": "image/png",
    "gif": "image/gif",
    "bmp": "image/bmp",
    "tif": "image/tiff",
    "webp": "image/webp",
    "heic": "image/heic",
}
PAPERS = {
    "docx": f"{_OOXML}wordprocessingml.document",
    "xlsx": f"{_OOXML}spreadsheetml.sheet",
    "doc": "application/msword",
    "ofd": "application/ofd",
}
PROOFS = {**PICTURES, "pdf": "application/pdf"}
ALL = {**PROOFS, **PAPERS}
_BEGINS = (
    (b"\xff\xd8\xff", "jpg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"BM", "bmp"),
    (b"II*\x00", "tif"),
    (b"MM\x00*", "tif"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "doc"),
)
# Without its end a file was cut off on its way.
_ENDS = {"jpg": b"\xff\xd9", "png": b"IEND", "pdf": b"%%EOF"}
_IN_ARCHIVES = (("word/document.xml", "docx"), ("xl/workbook.xml", "xlsx"), ("OFD.xml", "ofd"))


class Kept(NamedTuple):
    """A staged file as a form carries it. `key`: opens it, and is kept nowhere else."""

    kind: str
    name: str
    media_type: str
    size: int
    token: str
    key: str


class Looked(NamedTuple):
    """A file that may be taken."""

    name: str
    content: bytes
    media_type: str


def looked_at(name: str, content: bytes, types: dict[str, str]) -> Looked:
    """The file, if its bytes are of one of these types (ending to media type). WorkError says which file is
    refused, why, and what to do."""
    shown = clean_name(name)
    most = int(settled()["files"]["most_bytes"])
    if not content:
        raise _refused("file_empty", f"“{shown}”是空文件，没有收下。请重新选择。", f"{shown} is empty.")
    if len(content) > most:
        zh = f"“{shown}”超过 {most // 1_000_000} MB，没有收下。请缩小图片或者分开上传。"
        raise _refused("file_too_big", zh, f"{shown} is larger than {most // 1_000_000} MB.")
    kind = kind_of(content)
    if kind not in types:
        zh = (
            f"“{shown}”不是可以上传的文件，没有收下。可以上传：{'、'.join(types)}（按内容识别，改后缀无效）。"
        )
        raise _refused("file_wrong_type", zh, f"{shown} cannot be taken. Send one of: {', '.join(types)}.")
    end = _ENDS.get(kind)
    if end is not None and end not in content:
        zh = f"“{shown}”不完整，没有收下。请重新扫描或者另存后再传。"
        raise _refused("file_cut_off", zh, f"{shown} is cut off. Save it again and send it.")
    return Looked(_with_suffix(shown, kind), content, types[kind])


def put_aside(name: str, code: str) -> WorkError:
    """What is said of a file that was not even read: `too_many` there were, or it was too large."""
    shown, most = clean_name(name), int(settled()["files"]["most_bytes"]) // 1_000_000
    if code == "too_many":
        zh = f"“{shown}”没有收下：一次上传的文件太多，请分次上传。"
        return _refused("files_too_many", zh, f"{shown} was not taken: too many files at once.")
    zh = f"“{shown}”没有收下：每个文件不超过 {most} MB，一次合计不超过 50 MB。请缩小图片或者分开上传。"
    return _refused("file_too_big", zh, f"{shown} was not taken: at most {most} MB each, 50 MB at once.")


def kind_of(content: bytes) -> str:
    """The usual ending of a file of these bytes; "" for anything else."""
    for mark, kind in _BEGINS:
        if content.startswith(mark):
            return kind
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "webp"
    if content[4:8] == b"ftyp" and content[8:12] in (b"heic", b"heix", b"mif1", b"msf1", b"hevc"):
        return "heic"
    if b"%PDF-" in content[:1024]:
        return "pdf"
    return _archive_kind(content) if content[:4] == b"PK\x03\x04" else ""


def clean_name(name: str) -> str:
    """A file's name in one line without a folder, without signs that show nothing or turn the line round."""
    plain = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    seen = "".join(one for one in plain if unicodedata.category(one)[0] not in "CZ" or one == " ")
    seen = re.sub(r'[<>:"|?*]', "_", " ".join(seen.split()))
    stem, dot, suffix = seen.rpartition(".")
    if len(seen) > _LONGEST_NAME and dot and len(suffix) < 10:
        return f"{stem[: _LONGEST_NAME - len(suffix) - 1]}.{suffix}"
    return seen[:_LONGEST_NAME] or "file"


def stage(kind: str, file: Looked) -> Kept:
    """Keep a file until the form is sent or the day is over. `kind`: of FileKind."""
    most = int(settled()["form"]["most_staged_bytes"])
    held = StagedFile.objects.aggregate(all=Sum("size"))["all"] or 0
    if held + len(file.content) > most:
        zh = "现在上传的人太多，暂时不能接收文件。请过一会儿再传，或者选择另行提供。"
        raise _refused("staging_full", zh, "Too much is being sent now. Try again later.")
    token, key = secrets.token_hex(32), key_ring.new_key()
    digest = file_store.store(key_ring.seal_bytes(key, file.content, _place(token)))
    until = clock.now() + dt.timedelta(seconds=int(settled()["form"]["seconds"]))
    StagedFile.objects.create(token=token, sha256=digest, size=len(file.content), until=until)
    told = base64.urlsafe_b64encode(key).decode("ascii")
    return Kept(kind, file.name, file.media_type, len(file.content), token, told)


def take(kept: Kept) -> bytes:
    """The bytes of a staged file. WorkError `file_expired` where they are forgotten already. 1 query."""
    row = StagedFile.objects.filter(token=kept.token).first()
    if row is None:
        zh = f"“{kept.name}”上传已超过一天，不再保留。请重新上传。"
        raise WorkError("file_expired", zh, f"{kept.name} is kept no longer. Send it again.", field="files")
    try:
        key = base64.urlsafe_b64decode(kept.key.encode("ascii"))
        return key_ring.open_bytes(key, file_store.load(row.sha256), _place(kept.token))
    except (ValueError, Unreadable) as wrong:
        zh = f"“{kept.name}”打不开，请重新上传。"
        raise WorkError("file_unreadable", zh, f"Send {kept.name} again.", field="files") from wrong


def drop(kept: Kept) -> None:
    """Forget a file that was taken off the form."""
    row = StagedFile.objects.filter(token=kept.token).first()
    if row is not None:
        _forget(row)


def clean() -> int:
    """Forget what has lain for longer than a day; gives how many. Killed in between, it goes on."""
    rows = StagedFile.objects.filter(until__lt=clock.now()).order_by("until")[:1000]
    return sum(_forget(row) for row in rows)


def _forget(row: StagedFile) -> bool:
    """The file first: a row without its file is found again, a file without its row is not."""

    def is_named() -> bool:
        return bool(CaseFile.objects.filter(sha256=row.sha256).exists())

    file_store.forget(row.sha256, before=time.time() + _JUST_NOW, is_named=is_named)
    return bool(row.delete()[0])


def _place(token: str) -> str:
    return f"requests.stagedfile:{token}"


def _archive_kind(content: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return ""
    return next((kind for name, kind in _IN_ARCHIVES if name in names), "")


def _with_suffix(name: str, kind: str) -> str:
    """The name with the ending of what the file is: `scan.exe` that is a picture becomes `scan.exe.jpg`."""
    known = {"jpg": ("jpg", "jpeg", "jpe", "jfif"), "tif": ("tif", "tiff"), "heic": ("heic", "heif")}
    return (
        name
        if name.lower().endswith(tuple(f".{one}" for one in known.get(kind, (kind,))))
        else f"{name}.{kind}"
    )


def _refused(code: str, zh: str, en: str) -> WorkError:
    return WorkError(code, zh, en, field="files")
