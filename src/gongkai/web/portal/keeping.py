"""What a process of the server keeps in its memory: a bounded number of bytes, the longest unused goes first.

Nothing here says what still holds: each value is put with the mark it was made under, and given back for that
mark alone (freshness.py).
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import NamedTuple

from django.core.cache import caches

_LARGEST = 400_000  # bytes of a value: longer ones are seldom asked for


class Kept(NamedTuple):
    """A value under its mark. `said`: a second mark, of what it was made from; "" for none."""

    mark: str
    content: bytes
    said: str = ""


class Memory:
    """Values by key, one for each: what is made anew takes the place of what has aged.

    It is emptied with the cache `portal`, of which it is a part that counts bytes instead of entries.
    """

    def __init__(self, name: str, most: int) -> None:
        self._name = f"kept-{name}"
        self._most = most
        self._size = 0
        self._values: OrderedDict[str, Kept] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: str) -> Kept | None:
        if caches["portal"].get(self._name) is None:
            self.clear()
            caches["portal"].set(self._name, True, None)
        with self._lock:
            found = self._values.get(key)
            if found is not None:
                self._values.move_to_end(key)
            return found

    def put(self, key: str, value: Kept) -> None:
        if len(value.content) > _LARGEST:
            return
        with self._lock:
            self._drop(key)
            self._values[key] = value
            self._size += len(value.content)
            while self._size > self._most:
                self._drop(next(iter(self._values)))

    def clear(self) -> None:
        with self._lock:
            self._values.clear()
            self._size = 0

    def _drop(self, key: str) -> None:
        gone = self._values.pop(key, None)
        if gone is not None:
            self._size -= len(gone.content)


PAGES = Memory("pages", 48 * 1024 * 1024)
# The parts around the content, of which there are few.
FRAMES = Memory("frames", 8 * 1024 * 1024)
