"""The index on a node's disk: one that is read, perhaps one being built beside it.

    <folder>/current          the name of the index that is read
    <folder>/index-<time>-…   an index
    <folder>/*.lock           who writes, who builds

How far the index has followed stands in the index itself, in a document that each commit replaces: at any
moment, and after a kill at any moment, the index and its mark belong together.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

import tantivy
from django.core.files import locks

from gongkai.web.search.engine.schema import VERSION, Document, as_indexed, schema

_CURRENT = "current"
_PREFIX = "index-"
_MARK = "mark"
_HEAP = 64 * 1024 * 1024  # bytes of a writer that follows
# Of a writer that builds: one segment is read a fifth faster than eight, and what fits becomes one.
_HEAP_TO_BUILD = (256 * 1024 * 1024, 3_900_000_000)  # at least, and what tantivy takes at most
_HEAP_OF_A_DOCUMENT = 3_000
_SHARE_OF_MEMORY = 4
_LIMIT_OF_A_CONTAINER = Path("/sys/fs/cgroup/memory.max")


@dataclass(frozen=True, slots=True)
class Mark:
    """How far an index has followed: the number of the change it has read last, and when that was made.

    `at` tells a number of this database from the same number of another. `names`: of organs by id, what they
    were called when their records were entered (a digest); `renaming`: the organ whose records are entered
    anew, what it is called now, the id of the record entered last."""

    number: int = 0
    at: str = ""
    version: int = VERSION
    names: Mapping[str, str] = field(default_factory=dict)
    renaming: Sequence[str | int] = ()


class Unusable(Exception):
    """There is no index that can be read: none yet, one of another version, of another database, or a broken
    one. `zh` and `en` say which."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh, self.en = zh, en


class Busy(Exception):
    """Another process is doing it."""


class Reading:
    """An index open for reading, as of one moment."""

    def __init__(self, name: str, index: tantivy.Index, searcher: tantivy.Searcher, mark: Mark) -> None:
        self.name = name
        self.index = index
        self.searcher = searcher
        self.mark = mark

    @property
    def documents(self) -> int:
        """How many documents it holds."""
        return max(int(self.searcher.num_docs) - 1, 0)

    def has_pair(self, pair: str) -> bool:
        return bool(self.searcher.doc_freq("pairs", pair))


class Store:
    """The indexes of a node."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._open: tuple[str, float, Reading] | None = None

    # ------------------------------------------------------------ reading

    def reading(self) -> Reading:
        """The index as of its last commit. Unusable."""
        with self._lock:
            for _ in range(3):  # an index may be replaced while it is being opened
                name = self._name()
                stamp = self._stamp(name)
                if self._open is not None and self._open[:2] == (name, stamp):
                    return self._open[2]
                try:
                    made = self._opened(name)
                except Unusable:
                    raise
                except (ValueError, OSError, KeyError) as problem:
                    failed = problem
                    continue
                self._open = (name, stamp, made)
                return made
            raise Unusable(f"索引不能读（{failed}）", f"it cannot be read ({failed})") from failed

    def _opened(self, name: str) -> Reading:
        if self._open is not None and self._open[0] == name:
            index = self._open[2].index
            index.reload()
        else:
            index = tantivy.Index.open(str(self.folder / name))
            index.config_reader("Manual")
            index.reload()
        searcher = index.searcher()
        return Reading(name, index, searcher, _mark_in(searcher))

    def _name(self) -> str:
        try:
            name = (self.folder / _CURRENT).read_text("utf-8").strip()
        except OSError as missing:
            raise Unusable("还没有建立", "there is none yet") from missing
        if not name.startswith(_PREFIX) or not (self.folder / name / "meta.json").is_file():
            raise Unusable(f"{name} 不在了", f"{name} is not there")
        return name

    def _stamp(self, name: str) -> float:
        try:
            seen = (self.folder / name / "meta.json").stat()
        except OSError as missing:
            raise Unusable(f"{name} 不在了", f"{name} is not there") from missing
        return seen.st_mtime_ns + seen.st_ino / 2**64

    # ------------------------------------------------------------ writing

    @contextmanager
    def writing(self) -> Iterator[Writing]:
        """The index that is read, open for writing by this process alone. Unusable, Busy."""
        with self._held("writing"):
            yield Writing(self.folder / self._name(), _HEAP)

    @contextmanager
    def building(self, documents: int = 0) -> Iterator[Writing]:
        """An empty index beside the one that is read; `taking_over` puts it in its place. Busy. `documents`:
        about how many it will hold."""
        with self._held("building"):
            self._sweep()
            path = self.folder / f"{_PREFIX}{time.strftime('%Y%m%d%H%M%S')}-{secrets.token_hex(3)}"
            path.mkdir(parents=True)
            tantivy.Index(schema(), path=str(path))
            yield Writing(path, _heap_to_build(documents))

    @contextmanager
    def taking_over(self, made: Writing) -> Iterator[None]:
        """Nobody writes in the old index any more: what is done inside comes last; then `made` is read."""
        with self._held("writing", wait=True):
            yield
            made.close()
            new = self.folder / f"{_CURRENT}.{secrets.token_hex(4)}"
            with open(new, "w", encoding="utf-8") as file:
                file.write(made.path.name)
                file.flush()
                os.fsync(file.fileno())
            os.replace(new, self.folder / _CURRENT)
            self._sweep()

    def size(self) -> int:
        """Bytes on disk of the index that is read. Unusable."""
        return sum(file.stat().st_size for file in (self.folder / self._name()).iterdir())

    def is_being_built(self) -> bool:
        """Whether a process is building an index now."""
        try:
            with self._held("building"):
                return False
        except Busy:
            return True

    def _sweep(self) -> None:
        """Remove what nobody reads: left by builders that were killed, or replaced. Called by a builder."""
        try:
            kept = self._name()
        except Unusable:
            kept = ""
        for path in self.folder.iterdir():
            if path.is_dir() and path.name.startswith(_PREFIX) and path.name != kept:
                shutil.rmtree(path, ignore_errors=True)
            elif path.name.startswith(f"{_CURRENT}."):
                path.unlink(missing_ok=True)

    @contextmanager
    def _held(self, what: str, *, wait: bool = False) -> Iterator[None]:
        """A lock between processes; the system lets go of it when a process ends, however it ends."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with open(self.folder / f"{what}.lock", "a", encoding="utf-8") as file:
            flags = locks.LOCK_EX if wait else locks.LOCK_EX | locks.LOCK_NB
            try:
                taken = locks.lock(file, flags)
            except OSError as refused:
                raise Busy(what) from refused
            if not taken:
                raise Busy(what)
            try:
                yield
            finally:
                locks.unlock(file)


class Writing:
    """An index open for writing. Each `commit` puts documents, removals and the mark in place at once."""

    def __init__(self, path: Path, heap: int) -> None:
        self.path = path
        self._closed = False
        index = tantivy.Index.open(str(path))
        # One thread: one commit makes one segment, and the other processor answers readers.
        self._writer = index.writer(heap, 1)
        index.reload()
        self.mark = _mark_in(index.searcher(), missing=Mark())

    def put(self, documents: Iterable[Document]) -> None:
        """Each in place of what was there of the same id."""
        for one in documents:
            self._writer.delete_documents_by_query(_of_id(one.id))
            self._writer.add_document(as_indexed(one))

    def add(self, documents: Iterable[Document]) -> None:
        """As `put`, into an index that holds none of them."""
        for one in documents:
            self._writer.add_document(as_indexed(one))

    def remove(self, ids: Iterable[int]) -> None:
        for pk in ids:
            self._writer.delete_documents_by_query(_of_id(pk))

    def commit(self, mark: Mark) -> None:
        self._writer.delete_documents_by_term("mark", _MARK)
        made = tantivy.Document()
        made.add_text("mark", _MARK)
        made.add_text("told", json.dumps(asdict(mark)))
        self._writer.add_document(made)
        self._writer.commit()
        self.mark = mark

    def close(self) -> None:
        """Wait until segments are joined. Nothing can be written afterwards."""
        if not self._closed:
            self._closed = True
            self._writer.wait_merging_threads()


def _heap_to_build(documents: int) -> int:
    """Bytes for a writer of so many documents, within a share of the memory there is."""
    least, most = _HEAP_TO_BUILD
    return max(least, min(documents * _HEAP_OF_A_DOCUMENT, _memory() // _SHARE_OF_MEMORY, most))


def _memory() -> int:
    """Bytes of this machine, or of the container it is. 0 where the system does not tell."""
    if not hasattr(os, "sysconf"):
        return 0
    there = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    try:
        limit = _LIMIT_OF_A_CONTAINER.read_text("ascii").strip()
    except OSError:  # no container, or another system
        return there
    return min(there, int(limit)) if limit.isdigit() else there


def _mark_in(searcher: tantivy.Searcher, missing: Mark | None = None) -> Mark:
    hits = searcher.search(tantivy.Query.term_query(schema(), "mark", _MARK, "basic"), 1).hits
    if not hits:
        if missing is not None:
            return missing
        raise Unusable("索引不完整", "it is not whole")
    told = json.loads(searcher.doc(hits[0][1])["told"][0])
    if (version := told.get("version")) != VERSION:
        zh, en = "索引是另一版程序建的", "it was built by another version"
        raise Unusable(f"{zh}（{version}，现为 {VERSION}）", f"{en} ({version}, now {VERSION})")
    return Mark(**told)


def _of_id(pk: int) -> tantivy.Query:
    return tantivy.Query.term_query(schema(), "id", pk, "basic")
