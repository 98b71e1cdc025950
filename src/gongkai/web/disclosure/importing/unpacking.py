"""A zip of Word files taken apart within limits: names, sizes and tightness are looked at first."""

from __future__ import annotations

import io
import json
import struct
import zipfile
import zlib
from typing import NamedTuple

from gongkai.documents import DocumentError
from gongkai.documents.limits import MIB

MOST_FILES = 100
MOST_BYTES = 48 * MIB  # unpacked, all files together
MOST_BYTES_OF_ONE = 20 * MIB
MOST_RATIO = 200  # a bomb is packed a thousand to one; Word files are packed already
_RATIO_MATTERS_FROM = MIB
_ENTRY = b"PK\x01\x02"
_CHUNK = 256 * 1024
_UTF8 = 0x800  # the flag of a name written in utf-8
_SKIPPED = ("__macosx/", ".ds_store", "thumbs.db", "desktop.ini", "~$")
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


class Packed(NamedTuple):
    """A file of the zip under its own name, without folders."""

    name: str
    content: bytes


def unpacked(content: bytes) -> list[Packed]:
    """The files of a zip in the order of their names. DocumentError for a bomb, a password, a torn file."""
    if content.count(_ENTRY) > 10 * MOST_FILES:
        raise _refused(
            "too_many", f"压缩包里超过 {MOST_FILES} 个文件，请分成几个。", "Too many files in the zip."
        )
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        members = [one for one in archive.infolist() if not one.is_dir() and not _is_skipped(one)]
        _check(members)
        return sorted((_read(archive, one) for one in members), key=lambda one: one.name)
    except RuntimeError as locked:  # zipfile's word for a password
        raise _refused("encrypted", "压缩包有密码，请解压后再上传。", "The zip has a password.") from locked
    except _TORN as torn:
        raise _refused("damaged", "压缩包已损坏或不完整，请重新压缩。", "The zip is damaged.") from torn


def packed_answer(files: list[Packed]) -> bytes:
    """Names and lengths in a line of JSON, then the bytes one after the other."""
    head = json.dumps([[one.name, len(one.content)] for one in files], ensure_ascii=False)
    return head.encode("utf-8", "replace") + b"\n" + b"".join(one.content for one in files)


def from_answer(answer: bytes) -> list[Packed]:
    """What `packed_answer` wrote. ValueError where it is none."""
    head, _, rest = answer.partition(b"\n")
    files, at = [], 0
    for name, length in json.loads(head):
        if not isinstance(name, str) or type(length) is not int or not 0 <= length <= len(rest) - at:
            raise ValueError("not as written")
        files.append(Packed(name, rest[at : at + length]))
        at += length
    return files


def _check(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MOST_FILES:
        raise _refused(
            "too_many", f"压缩包里超过 {MOST_FILES} 个文件，请分成几个。", "Too many files in the zip."
        )
    size, packed = sum(one.file_size for one in members), sum(one.compress_size for one in members)
    if size > MOST_BYTES or (size > _RATIO_MATTERS_FROM and size > MOST_RATIO * max(packed, 1)):
        raise _too_large()
    if any(one.flag_bits & 1 for one in members):
        raise _refused("encrypted", "压缩包有密码，请解压后再上传。", "The zip has a password.")


def _read(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Packed:
    pieces, size = [], 0
    with archive.open(member) as stream:
        # What really comes out is counted: the directory's word on the size is not trusted.
        while piece := stream.read(_CHUNK):
            size += len(piece)
            if size > MOST_BYTES_OF_ONE:
                raise _too_large()
            pieces.append(piece)
    return Packed(_name(member), b"".join(pieces))


def _name(member: zipfile.ZipInfo) -> str:
    """The file's own name: old Chinese programs write it in GBK without saying so."""
    written = member.filename
    if not member.flag_bits & _UTF8:
        try:
            written = written.encode("cp437").decode("gb18030")
        except (UnicodeEncodeError, UnicodeDecodeError):
            written = member.filename
    return written.replace("\\", "/").rstrip("/").rpartition("/")[2]


def _is_skipped(member: zipfile.ZipInfo) -> bool:
    low = member.filename.lower()
    last = low.rpartition("/")[2]
    return low.startswith(_SKIPPED[0]) or last.startswith(_SKIPPED[1:])


def _too_large() -> DocumentError:
    limits = f"合计最多 {MOST_BYTES // MIB} MB，单个文件最多 {MOST_BYTES_OF_ONE // MIB} MB"
    zh = f"压缩包解压后过大（{limits}）。请分成几个。"
    return _refused("too_large", zh, "The zip is too large once unpacked.")


def _refused(code: str, zh: str, en: str) -> DocumentError:
    return DocumentError(code, zh, en)
