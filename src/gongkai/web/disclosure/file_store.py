"""Files under the digest of their bytes: written once, whole or not at all, never changed."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings

from gongkai.web.organs.errors import WorkError

_DIGEST = re.compile(r"[0-9a-f]{64}")


def store(content: bytes) -> str:
    """Keep bytes and give their SHA-256. Done before the transaction that names them: a file that no row
    names harms nobody, a row without its file would."""
    digest = hashlib.sha256(content).hexdigest()
    place = path_of(digest)
    try:
        # Somebody is about to name it: `forget` leaves alone what was stored a short while ago.
        os.utime(place)
    except FileNotFoundError:
        pass
    else:
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


def stored_before(moment: float) -> Iterator[tuple[str, int]]:
    """Digest and size of each file that was last stored before a moment (seconds since 1970)."""
    for place in sorted((Path(settings.DATA) / "files").glob("??/??/*")):
        try:
            known = place.stat()
        except FileNotFoundError:
            continue
        if _DIGEST.fullmatch(place.name) and known.st_mtime < moment:
            yield place.name, known.st_size


def forget(digest: str, *, before: float, is_named: Callable[[], bool]) -> bool:
    """Remove a file that nothing names and that nobody has stored again since `before`; whether it is gone.

    It is put aside first and looked at once more there: who stores the same bytes in between finds no file
    and writes a new one, or has touched this one, which then goes back.
    """
    place = path_of(digest)
    aside = place.with_name(f"{digest}.going")
    try:
        os.rename(place, aside)
    except FileNotFoundError:
        return False
    if aside.stat().st_mtime >= before or is_named():
        os.rename(aside, place)
        return False
    aside.unlink()
    return True


def bring_back(*, before: float) -> None:
    """Put back what was put aside by a `forget` that never ended (the machine went down), and drop what a
    `store` left half written; of both what has lain there since `before`."""
    for place in sorted((Path(settings.DATA) / "files").glob("??/??/*")):
        if _DIGEST.fullmatch(place.name):
            continue
        try:
            # A new name is a change of the file's entry, not of its content.
            if place.stat().st_ctime >= before:
                continue
        except FileNotFoundError:
            continue
        home = place.with_suffix("")
        if place.suffix == ".going" and _DIGEST.fullmatch(home.name) and not home.exists():
            os.rename(place, home)
        else:
            place.unlink(missing_ok=True)
