"""What the log promises of each row, kept outside memory while the log is read once.

A million entries speak of millions of rows. They stand in a database of SQLite's own that has no name: it
lies in a temporary file, which SQLite removes when it is closed, and of it only `_CACHE` is held in memory.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence

_CACHE = 16 * 1024  # KiB
_AT_ONCE = 5000

_TABLES = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA temp_store = FILE;
CREATE TABLE state (label TEXT, pk TEXT, digest TEXT, PRIMARY KEY (label, pk)) WITHOUT ROWID;
CREATE TABLE promised (number INTEGER, place TEXT, digest TEXT, PRIMARY KEY (number, place)) WITHOUT ROWID;
CREATE TABLE destroyed (number INTEGER, place TEXT, PRIMARY KEY (number, place)) WITHOUT ROWID;
"""


class Ledger:
    """The last state of every row, the digest of every personal value, and which values were destroyed."""

    def __init__(self) -> None:
        self._kept = sqlite3.connect("", isolation_level=None)
        self._kept.executescript(f"PRAGMA cache_size = -{_CACHE};{_TABLES}")
        self._states: list[tuple[str, str, str | None]] = []
        self._promises: list[tuple[int, str, str]] = []

    def close(self) -> None:
        self._kept.close()

    def states(self, states: Mapping[str, str | None]) -> None:
        """The states an entry tells, by `disclosure.record:17`: the later entry counts."""
        for key, digest in states.items():
            label, _, pk = key.rpartition(":")
            self._states.append((label, pk, digest))
        if len(self._states) >= _AT_ONCE:
            self._write()

    def promise(self, number: int, place: str, digest: str) -> None:
        """An entry has a personal value at a place, with this digest."""
        self._promises.append((number, place, digest))
        if len(self._promises) >= _AT_ONCE:
            self._write()

    def destroyed(self, places: Iterable[str]) -> None:
        """Values an entry says were destroyed: `12:after.name`."""
        told = [one.partition(":") for one in places]
        rows = [(int(number), place) for number, _, place in told if number.isdigit()]
        self._all("INSERT OR IGNORE INTO destroyed VALUES (?, ?)", rows)

    def labels(self) -> list[str]:
        """The tables spoken of."""
        self._write()
        return [label for (label,) in self._kept.execute("SELECT DISTINCT label FROM state ORDER BY label")]

    def take(self, label: str, pks: Sequence[str]) -> dict[str, str | None]:
        """What these rows should look like; they are crossed off. None: gone, says the log."""
        self._write()
        marks = ",".join("?" * len(pks))
        which = f"FROM state WHERE label = ? AND pk IN ({marks})"  # marks alone
        found = dict(self._kept.execute(f"SELECT pk, digest {which}", (label, *pks)))
        self._kept.execute(f"DELETE {which}", (label, *pks))
        return found

    def left(self, label: str) -> Iterator[str]:
        """Rows not crossed off that no entry says were removed."""
        self._write()
        query = "SELECT pk FROM state WHERE label = ? AND digest IS NOT NULL ORDER BY pk"
        for (pk,) in self._kept.execute(query, (label,)):
            yield pk

    def forget(self, label: str) -> None:
        """Nothing more is asked of a table."""
        self._kept.execute("DELETE FROM state WHERE label = ?", (label,))

    def take_promise(self, number: int, place: str) -> tuple[str | None, bool]:
        """The digest promised of a value (crossed off), and whether the log says it was destroyed."""
        self._write()
        row = self._kept.execute(
            "SELECT digest FROM promised WHERE number = ? AND place = ?", (number, place)
        ).fetchone()
        self._kept.execute("DELETE FROM promised WHERE number = ? AND place = ?", (number, place))
        gone = self._kept.execute(
            "SELECT 1 FROM destroyed WHERE number = ? AND place = ?", (number, place)
        ).fetchone()
        return (row[0] if row else None), gone is not None

    def promises_left(self) -> Iterator[tuple[int, str]]:
        """Values promised and not found."""
        self._write()
        yield from self._kept.execute("SELECT number, place FROM promised ORDER BY number, place")

    def _write(self) -> None:
        self._all("INSERT OR REPLACE INTO state VALUES (?, ?, ?)", self._states)
        self._all("INSERT OR REPLACE INTO promised VALUES (?, ?, ?)", self._promises)
        self._states, self._promises = [], []

    def _all(self, statement: str, rows: Sequence[tuple[object, ...]]) -> None:
        if rows:
            self._kept.execute("BEGIN")
            self._kept.executemany(statement, rows)
            self._kept.execute("COMMIT")
