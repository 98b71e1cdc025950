"""A query whose SQL is written once. For a page of few rows Django takes several times as long to write it as
the database takes to answer.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import QuerySet

# Places of values in the SQL, told from every other parameter by being as no other is.
_FIRST_NUMBER = 7_318_205_946_000_000
_LARGEST = 2**63 - 1


class _Written(NamedTuple):
    connection: Any
    sql: str
    parameters: tuple[Any, ...]
    compiler: Any
    converters: dict[int, Any]


class Prepared:
    """`build` makes a `values_list()` of values that it is called with: numbers (ids) or texts, as `kinds`.

    It is called once for each connection: what it asks may depend on the values in no other way than as
    parameters. What it makes must never be empty by itself.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]], *kinds: type) -> None:
        self._build = build
        self._places = tuple(
            _FIRST_NUMBER + at if kind is int else f"{_FIRST_NUMBER + at}" for at, kind in enumerate(kinds)
        )
        self._of_thread = threading.local()

    def rows(self, *values: int | str) -> list[Sequence[Any]]:
        """The rows for these values. 1 query; none for a number that no column holds."""
        if any(isinstance(one, int) and abs(one) > _LARGEST for one in values):
            return []
        written = self._written()
        given = dict(zip(self._places, values, strict=True))
        # A parameter may be of a class of its own by which the driver knows the column (psycopg).
        parameters = [type(one)(given[one]) if one in given else one for one in written.parameters]
        with connection.cursor() as cursor:
            cursor.execute(written.sql, parameters)
            rows = cursor.fetchall()
        if not written.converters:
            return list(rows)
        return list(written.compiler.apply_converters(rows, written.converters))

    def _written(self) -> _Written:
        held: _Written | None = getattr(self._of_thread, "held", None)
        here: Any = connection
        own = here._connections[here._alias]  # of this thread
        if held is None or held.connection is not own:
            compiler = self._build(*self._places).query.get_compiler(connection=own)
            sql, parameters = compiler.as_sql()
            columns = [one[0] for one in compiler.select[0 : compiler.col_count]]
            held = _Written(own, sql, tuple(parameters), compiler, compiler.get_converters(columns))
            self._of_thread.held = held
        return held
