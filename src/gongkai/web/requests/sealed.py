"""Reading and writing what is sealed under a case's key.

`Opener` holds a case's data key for as long as an action or a page needs it: one query, one unwrapping.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gongkai.web.config.sealing import Unreadable
from gongkai.web.disclosure import file_store
from gongkai.web.organs.errors import WorkError
from gongkai.web.requests import key_ring
from gongkai.web.requests.models import Case, CaseFile, CaseKey, Requester

INDEXED = ("name", "identity_number", "phone", "email", "address")
_INDEX_COLUMN = {"identity_number": "identity_index"}


class Destroyed(WorkError):
    """The case's personal data was destroyed: nothing opens it any more."""

    def __init__(self) -> None:
        super().__init__(
            "case_destroyed",
            "这件申请的个人信息已按规定销毁，不能再查看。编号、日期、办理结果仍然保留。",
            "The personal data of this request was destroyed. Numbers, dates and the outcome stay.",
        )


@dataclass(frozen=True, slots=True)
class Opener:
    """Seals and opens what belongs to one case."""

    key: bytes

    def seal(self, row: Any, field: str, text: str) -> str:
        """A text for a column of a row (which has its `uid`)."""
        return key_ring.seal_text(self.key, text, _place(row, field))

    def open(self, row: Any, field: str) -> str:
        """What a sealed column says."""
        return key_ring.open_text(self.key, str(getattr(row, field)), _place(row, field))

    def seal_file(self, row: CaseFile, content: bytes) -> None:
        """Put the bytes into the file store, sealed, and write down where. Before the transaction's end: a
        file that no row names harms nobody."""
        row.size = len(content)
        row.sha256 = file_store.store(key_ring.seal_bytes(self.key, content, _place(row, "content")))

    def open_file(self, row: CaseFile) -> bytes:
        """The bytes of a file. WorkError `file_missing`, `file_damaged`; Unreadable."""
        return key_ring.open_bytes(self.key, file_store.load(row.sha256), _place(row, "content"))


def new_opener(case: Case) -> tuple[Opener, CaseKey]:
    """A key for a case that is being made; the row is saved after the case's."""
    key = key_ring.new_key()
    return Opener(key), CaseKey(case=case, wrapped=key_ring.wrap(key, _owner(case)))


def opener_of(case: Case) -> Opener:
    """The key of a case. Destroyed where there is none any more. 1 query unless `key` was brought along."""
    wrapped = str(case.key.wrapped)
    if not wrapped:
        raise Destroyed
    return Opener(key_ring.unwrap(wrapped, _owner(case)))


def fill(requester: Requester, opener: Opener, facts: dict[str, str]) -> None:
    """Seal the facts into a requester's columns, with the blind indexes of those that are looked for."""
    for field, text in facts.items():
        setattr(requester, field, opener.seal(requester, field, text))
        if field in INDEXED:
            setattr(requester, _index_column(field), key_ring.index_of(field, text))


def rewrap(case_key: CaseKey, requester: Requester) -> None:
    """Put a key, and the indexes its requester is found by, under the newest key of the ring. Not for
    destroyed ones. Unreadable."""
    owner = _owner(case_key.case)
    opener = Opener(key_ring.unwrap(case_key.wrapped, owner))
    indexes = {field: key_ring.index_of(field, opener.open(requester, field)) for field in INDEXED}
    case_key.wrapped = key_ring.wrap(opener.key, owner)
    for field, index in indexes.items():
        setattr(requester, _index_column(field), index)


def _index_column(field: str) -> str:
    return _INDEX_COLUMN.get(field, f"{field}_index")


def _owner(case: Case) -> str:
    return f"requests.casekey:{case.uid}"


def _place(row: Any, field: str) -> str:
    return f"{row._meta.label_lower}:{row.uid}:{field}"


INDEXES = tuple(_index_column(field) for field in INDEXED)

__all__ = ["INDEXES", "Destroyed", "Opener", "Unreadable", "fill", "new_opener", "opener_of", "rewrap"]
