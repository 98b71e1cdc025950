"""Which part of an address's question (`?q=…&organ=…`) an answer was made from.

A page that never looked at a name in the question gives the same answer whatever stands under that name:
there is no need to ask it again with each of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from django.core.handlers.wsgi import WSGIRequest
from django.http import QueryDict
from django.http.request import HttpHeaders

EVERYTHING = "*"


class Reading:
    """The names that were looked at since `begin`; `EVERYTHING` if the question was read as a whole."""

    def __init__(self) -> None:
        self._names: set[str] = set()

    def begin(self) -> None:
        self._names.clear()

    def note(self, name: str) -> None:
        self._names.add(name)

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self._names)


def matters(question: str, read: frozenset[str]) -> bool:
    """Whether an answer from which `read` was read could be another with this question (`?name=value`)."""
    return EVERYTHING in read or not read.isdisjoint(QueryDict(question.removeprefix("?")))


@contextmanager
def noticed() -> Iterator[Reading]:
    """What the pages asked by test clients read of their questions."""
    reading = Reading()

    class Watched(WSGIRequest):
        def __init__(self, environ: dict[str, Any]) -> None:
            super().__init__(environ)
            self.headers = HttpHeaders(environ)  # made of all of it, and holds nothing of the question
            self.META = self.environ = _Environment(environ, reading)
            asked = environ.get("QUERY_STRING", "").encode("iso-8859-1")
            self.__dict__["GET"] = _Question(asked, reading)

    with mock.patch("django.test.client.WSGIRequest", Watched):
        yield reading


class _Environment(dict[str, Any]):
    """The request's environment: reading the question from it is reading all of it."""

    def __init__(self, environ: dict[str, Any], reading: Reading) -> None:
        super().__init__(environ)
        self.reading = reading

    def __getitem__(self, name: str) -> Any:
        self._tell(name)
        return super().__getitem__(name)

    def get(self, name: str, default: Any = None) -> Any:
        self._tell(name)
        return super().get(name, default)

    def _tell(self, name: str) -> None:
        if name == "QUERY_STRING":
            self.reading.note(EVERYTHING)


class _Question(QueryDict):
    """A question that tells of each name looked up in it, and of being read as a whole."""

    def __init__(self, asked: bytes, reading: Reading) -> None:
        self.reading = Reading()  # taking it apart is not reading it
        super().__init__(asked, encoding="utf-8")
        self.reading = reading

    def __getitem__(self, name: str) -> Any:
        self.reading.note(name)
        return super().__getitem__(name)

    def __contains__(self, name: object) -> bool:
        self.reading.note(str(name))
        return super().__contains__(name)

    def get(self, name: str, default: Any = None) -> Any:
        self.reading.note(name)
        return super().get(name, default)

    def getlist(self, name: str, default: Any = None) -> Any:
        self.reading.note(name)
        return super().getlist(name, default)

    def copy(self) -> QueryDict:
        self.reading.note(EVERYTHING)
        made = QueryDict("", mutable=True, encoding=self.encoding)
        for name, values in super().lists():
            made.setlist(name, list(values))
        return made

    __copy__ = copy

    def __deepcopy__(self, known: Any) -> QueryDict:
        return self.copy()


def _as_a_whole(kind: type, name: str) -> Any:
    given = getattr(kind, name)

    def read(self: Any, *arguments: Any, **named: Any) -> Any:
        self.reading.note(EVERYTHING)
        return given(self, *arguments, **named)

    return read


# All else that gives anything of their content.
_OF_ALL = ["__iter__", "__len__", "__eq__", "__repr__", "__or__", "__ror__", "keys", "values", "items"]
for _name in (*_OF_ALL, "lists", "dict", "urlencode"):
    setattr(_Question, _name, _as_a_whole(QueryDict, _name))
for _name in (*_OF_ALL, "copy"):
    setattr(_Environment, _name, _as_a_whole(dict, _name))
