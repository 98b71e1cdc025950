"""The index of this node follows the database: through the outbox, or built anew where it cannot be followed.

Each step reads changes, puts what they are about into the index as it is now, and commits it together with
the number read last. Killed at any moment, it goes on from that number: what is done twice is there once.

Records are found by what their organ is called: where an organ has another name than its records were entered
with, they are entered anew, some in each round.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db import connection

from gongkai.web.disclosure.models import PublicChange
from gongkai.web.disclosure.queries.changes import Pruned, changes_after, newest_change
from gongkai.web.search.documents import (
    AT_ONCE,
    documents_of,
    every_id,
    ids_of_organ,
    names_of_organs,
    public_records,
    with_those_they_interpret,
)
from gongkai.web.search.engine.schema import VERSION
from gongkai.web.search.engine.store import Busy, Mark, Store, Unusable, Writing

logger = logging.getLogger(__name__)
# A round of `gongkai work` has other things to do: what is left waits for the next.
_SECONDS = 20.0
# So many changes are not followed one by one: to build anew is quicker, and the old index is read meanwhile.
_TOO_FAR = 200_000
Told = Callable[[int, int], None]

_builder: threading.Thread | None = None


def store() -> Store:
    """The indexes of this node."""
    return _store(Path(settings.DATA) / "search")


@lru_cache(maxsize=4)
def _store(folder: Path) -> Store:
    return Store(folder)


def follow(*, seconds: float = _SECONDS) -> int:
    """Bring the index up to date; gives how many changes were read. Safe when several run, and when killed.

    An index that is not there, broken, of another version or of another database is built anew in a thread of
    its own, so that nothing else waits for it.
    """
    try:
        mark = store().reading().mark
        if _is_up_to_date(mark) and not _renamed(mark):
            return 0
        if newest_change() - mark.number > _TOO_FAR:
            _build_aside()
            return 0
        with store().writing() as index:
            if not _is_of_this_database(index.mark):
                raise _other_database()
            try:
                until = time.monotonic() + seconds
                count = _catch_up(index, until)
                _rename(index, until)
                return count
            finally:
                index.close()
    except Busy:
        return 0
    except (Unusable, Pruned, ValueError, OSError) as problem:
        # tantivy says ValueError for files that are no index, or that another process has open for writing.
        logger.warning("the search index is built anew: %s", problem)
        _build_aside()
        return 0


def rebuild(told: Told = lambda done, total: None) -> int:
    """Build the index anew beside the one that is read, and put it in its place; gives how many documents it
    holds. Readers read the old one until then. Busy: another process is building."""
    total = public_records().count()
    with store().building(total) as index:
        begun = _mark_now()
        done = 0
        for ids in every_id():
            index.add(documents_of(ids))
            done += len(ids)
            told(done, max(total, done))
        index.commit(begun)
        _catch_up(index)
        with store().taking_over(index):
            _catch_up(index)
    return store().reading().documents


@dataclass(frozen=True, slots=True)
class Standing:
    """How the index stands: what it holds of what is public, `size` in bytes, changes `waiting` to be
    read."""

    documents: int
    public: int
    size: int
    waiting: int
    is_being_built: bool


def standing() -> Standing:
    """How the index of this node stands. 4 queries; Unusable."""
    reading = store().reading()
    if not _is_of_this_database(reading.mark):
        raise _other_database()
    waiting = PublicChange.objects.filter(number__gt=reading.mark.number).count()
    public = public_records().count()
    return Standing(reading.documents, public, store().size(), waiting, store().is_being_built())


def _catch_up(index: Writing, until: float | None = None) -> int:
    """Read changes until there are none, or the time is over."""
    count = 0
    while changes := changes_after(index.mark.number, AT_ONCE):
        ids = with_those_they_interpret(change.record_id for change in changes)
        documents = documents_of(ids)
        index.remove(ids - {one.id for one in documents})
        index.put(documents)
        last = changes[-1]
        index.commit(replace(index.mark, number=last.number, at=last.at.isoformat()))
        count += len(changes)
        if until is not None and time.monotonic() > until:
            break
    return count


def _rename(index: Writing, until: float) -> None:
    """Enter the records of organs anew that are called otherwise than when they were entered, in the order of
    their ids, until all are or the time is over."""
    for organ, name in _renamed(index.mark).items():
        going_on = list(index.mark.renaming[:2]) == [organ, name]
        after = int(index.mark.renaming[2]) if going_on else 0
        while ids := ids_of_organ(int(organ), after, AT_ONCE):
            index.put(documents_of(ids))
            after = ids[-1]
            index.commit(replace(index.mark, renaming=(organ, name, after)))
            if time.monotonic() > until:
                return
        index.commit(replace(index.mark, names={**index.mark.names, organ: name}, renaming=()))


def _renamed(mark: Mark) -> dict[str, str]:
    """The organs that are called otherwise than the index has them, with their names now. 1 query."""
    return {organ: name for organ, name in names_of_organs().items() if mark.names.get(organ) != name}


def _is_up_to_date(mark: Mark) -> bool:
    """Whether the change read last is the newest of this database. 1 query; opens nothing for writing."""
    newest = PublicChange.objects.order_by("-number").values_list("number", "at").first()
    if newest is None:
        return not mark.number
    return mark.number == newest[0] and mark.at == newest[1].isoformat()


def _mark_now() -> Mark:
    """The newest change and the names, read before all else: what is read later is at least as new."""
    names = names_of_organs()
    number = newest_change()
    at = PublicChange.objects.filter(pk=number).values_list("at", flat=True).first()
    return Mark(number, at.isoformat() if at else "", VERSION, names)


def _is_of_this_database(mark: Mark) -> bool:
    """Whether the change that the index has read last is there, and the same. 1 query."""
    if not mark.number:
        return True
    at = PublicChange.objects.filter(pk=mark.number).values_list("at", flat=True).first()
    return at is not None and at.isoformat() == mark.at


def _other_database() -> Unusable:
    return Unusable("索引不是由这个数据库建的", "it was built from another database")


def _build_aside() -> None:
    """Build in a thread of this process, if none does."""
    global _builder
    if _builder is not None and _builder.is_alive():
        return
    _builder = threading.Thread(target=_build_quietly, name="search-rebuild", daemon=True)
    _builder.start()


def _build_quietly() -> None:
    try:
        count = rebuild()
    except Busy:
        return
    except Exception:  # the next round begins again; a thread's error would be seen by nobody
        logger.exception("the search index could not be built")
    else:
        logger.info("the search index is built: %d documents", count)
    finally:
        connection.close()
