"""Files that no row names any more: of changed drafts, attachments taken off, imports only tried."""

from __future__ import annotations

import time
from functools import partial
from typing import Any, NamedTuple

from django.db.models import Model

from gongkai.web.disclosure import file_store
from gongkai.web.disclosure.models import Attachment, Image, Review, Version
from gongkai.web.organs.errors import WorkError

# Every column that names a file of the store. What reviewers were shown is one: rounds are compared with it.
NAMING: tuple[tuple[type[Model], str], ...] = (
    (Attachment, "sha256"),
    (Image, "sha256"),
    (Version, "content_digest"),
    (Review, "content_digest"),
)
A_DAY = 24 * 3600.0  # an upload is named by a row within seconds, a tried import within the day
_AN_HOUR = 3600.0
_AT_ONCE = 5000


class Tidied(NamedTuple):
    """`files` that nothing names, of `size` bytes together; `removed` of them are gone."""

    files: int
    size: int
    removed: int


def tidy_files(*, delete: bool, older_than: float = A_DAY) -> Tidied:
    """Find, and with `delete` remove, what no row has named for so many seconds. Several at once do no harm.

    WorkError `no_records_at_all` for an empty database: then the folder is another one's, or the database is.
    """
    if not Version.objects.exists():
        zh = "数据库中没有任何信息，不清理文件：请核对数据库和文件目录是不是同一套。"
        raise WorkError("no_records_at_all", zh, "The database has no records: is it the one of these files?")
    before = time.time() - older_than
    if delete:
        file_store.bring_back(before=time.time() - _AN_HOUR)
    named = _named()
    files = size = removed = 0
    for digest, length in file_store.stored_before(before):
        if bytes.fromhex(digest) in named:
            continue
        files, size = files + 1, size + length
        if delete:
            removed += file_store.forget(digest, before=before, is_named=partial(_is_named, digest))
    return Tidied(files, size, removed)


def _named() -> set[bytes]:
    found: set[bytes] = set()
    for model, column in NAMING:
        rows: Any = model._default_manager.exclude(**{column: ""}).values_list(column, flat=True)
        found |= {bytes.fromhex(one) for one in rows.iterator(chunk_size=_AT_ONCE)}
    return found


def _is_named(digest: str) -> bool:
    return any(model._default_manager.filter(**{column: digest}).exists() for model, column in NAMING)
