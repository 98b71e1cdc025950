"""The zip that a docx or xlsx is: opened within limits, so that a bomb or torn file ends in a clear error."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from gongkai.documents.errors import DocumentError
from gongkai.documents.limits import (
    MAX_ARCHIVE_BYTES,
    MAX_ARCHIVE_MEMBERS,
    MAX_ARCHIVE_RATIO,
    MAX_PART_BYTES,
    RATIO_MATTERS_FROM,
    Budget,
    check_marks,
    damaged,
    too_complex,
)

_CHUNK = 1024 * 1024
_ENTRY = b"PK\x01\x02"  # how each entry of a zip's directory begins
# What zipfile and zlib raise on torn or invented archives.
_TORN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    struct.error,
    NotImplementedError,
    ValueError,
    KeyError,
)


class Archive:
    """The parts of an OOXML file. `kind` (docx, xlsx) is named in the errors."""

    def __init__(self, content: bytes, kind: str, budget: Budget) -> None:
        self._kind = kind
        self._budget = budget
        # Counted before the directory is read: a million entries would become a million objects.
        if content.count(_ENTRY) > MAX_ARCHIVE_MEMBERS:
            raise _too_many_parts()
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            members = self._zip.infolist()
        except _TORN as error:
            raise damaged(kind, str(error)) from error
        self._check(members, len(content))
        self.names = {member.filename for member in members}

    def _check(self, members: list[zipfile.ZipInfo], packed: int) -> None:
        if len(members) > MAX_ARCHIVE_MEMBERS:
            raise _too_many_parts()
        size = sum(member.file_size for member in members)
        if size > MAX_ARCHIVE_BYTES:
            raise too_complex("解压后过大", "too large once unpacked")
        if size > RATIO_MATTERS_FROM and size > MAX_ARCHIVE_RATIO * packed:
            raise too_complex("压缩比异常", "packed suspiciously tightly")
        if any(member.flag_bits & 1 for member in members):
            raise encrypted_office()

    def part(self, name: str) -> bytes:
        """One part, which is xml, unpacked and measured as it comes. Raises damaged, too_complex."""
        pieces: list[bytes] = []
        size = 0
        try:
            with self._zip.open(name) as stream:
                # The directory's word on the size is not trusted: what really comes out is counted.
                while piece := stream.read(_CHUNK):
                    size += len(piece)
                    if size > MAX_PART_BYTES:
                        raise too_complex("解压后过大", "too large once unpacked")
                    self._budget.check_time()
                    pieces.append(piece)
        except RuntimeError as error:  # zipfile's word for a password
            raise encrypted_office() from error
        except _TORN as error:
            raise damaged(self._kind, str(error)) from error
        content = b"".join(pieces)
        check_marks(content)
        return content


def _too_many_parts() -> DocumentError:
    return too_complex(f"压缩包内超过 {MAX_ARCHIVE_MEMBERS} 个文件", "too many parts in the archive")


def encrypted_office() -> DocumentError:
    """The error for an Office file under a password."""
    return DocumentError(
        "encrypted",
        "文件有密码保护，无法读取。请在 Word 或 WPS 中去掉密码后另存再试。",
        "The file is protected by a password. Remove the password in Word or WPS, save it and retry.",
    )
