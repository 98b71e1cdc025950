"""Queries that are put into words once and asked again with other values.

A page that asks fifteen small questions spends most of its time on Django's writing the same SQL anew. Here
the SQL of a query is kept; Django writes it and reads its rows.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)


class Written(Generic[Row]):
    """A query over rows of one model, without `select_related`; annotations come along.

    `query` makes it with `marks` in the places of the values: each mark once among the marks, and like no
    other value of the query."""

    def __init__(self, query: Callable[[], QuerySet[Row]], *marks: Any) -> None:
        self._query, self._marks = query, marks
        self._words: dict[str, tuple[type[Row], str, list[tuple[int | None, Any]]]] = {}

    def rows(self, *values: Any) -> list[Row]:
        """The rows with the values in the places of the marks. 1 query."""
        model, sql, places = self._words.get(connection.vendor) or self._written()
        taken = [value if at is None else values[at] for at, value in places]
        return list(model._default_manager.raw(sql, taken))

    def _written(self) -> tuple[type[Row], str, list[tuple[int | None, Any]]]:
        query = self._query()
        sql, values = query.query.sql_with_params()
        known = {_plain(mark): at for at, mark in enumerate(self._marks)}
        places = [(known.get(_plain(one)), one) for one in values]
        missing = set(range(len(self._marks))) - {at for at, _ in places}
        if len(known) != len(self._marks) or missing:
            raise ValueError(f"marks that are not in the query, or twice: {sorted(missing)}")
        told = self._words[connection.vendor] = query.model, sql, places
        return told


class WrittenOfCase(Generic[Row]):
    """The same of rows that belong to a case. `query`: of a case's number."""

    _MARK = -7_036_874_417_766  # no number of anything

    def __init__(self, query: Callable[[int], QuerySet[Row]]) -> None:
        self._written = Written(lambda: query(self._MARK), self._MARK)

    def rows(self, case: Model) -> list[Row]:
        """The rows of the case, which each of them knows as its own. 1 query."""
        found = self._written.rows(case.pk)
        for one in found:
            one.case = case  # type: ignore[attr-defined]
        return found


def _plain(value: Any) -> str:
    """As it is compared: a database may have a date as text."""
    return f"{value}"
