"""Files under the digest of their bytes: written once, whole or not at all, never changed."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from pathlib import Path

from django.conf import settings

from gongkai.web.organs.errors import WorkError

_DIGEST = re.compile(r"[0-9a-f]{64}")


def store(content: bytes) -> str:
    """Keep bytes and give their SHA-256. Done before the transaction that names them: a file that no row
    names harms nobody, a row without its file would."""
    digest = hashlib.sha256(content).hexdigest()
    place = path_of(digest)
    if place.exists():
        return digest
    place.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=place.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, place)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return digest


def load(digest: str) -> bytes:
    """The bytes, held against their digest. WorkError `file_missing`, `file_damaged`."""
    try:
        content = path_of(digest).read_bytes()
    except OSError as problem:
        raise WorkError(
            "file_missing", "文件在存储中找不到，请联系管理员从备份恢复。", "Missing file."
        ) from problem
    if hashlib.sha256(content).hexdigest() != digest:
        raise WorkError(
            "file_damaged", "文件内容与登记的校验值不符，请联系管理员从备份恢复。", "Damaged file."
        )
    return content


def path_of(digest: str) -> Path:
    """Where the bytes of a digest lie."""
    if not _DIGEST.fullmatch(digest):
        raise WorkError("file_missing", "文件标识无效。", "No such file.")
    return Path(settings.DATA) / "files" / digest[:2] / digest[2:4] / digest
