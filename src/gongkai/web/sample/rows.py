"""Rows written many at once: as INSERT of many rows on SQLite, as COPY on PostgreSQL. The database's guards
stay on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any

from django.core.management.color import no_style
from django.db import DEFAULT_DB_ALIAS, connection, connections, models

from gongkai.web.audit.canonical import canonical, plain, sha256, tracked_fields

_SHORT = 32  # hex digits, as audit.canonical has them
_AS_THEY_ARE = frozenset({str, int, bool, type(None)})


class Table:
    """A model's table: its columns, which of them a digest covers, and the values a new row begins with."""

    def __init__(self, model: type[models.Model]) -> None:
        self.model = model
        self.label = model._meta.label_lower
        self.fields = model._meta.concrete_fields
        self.columns = [field.column for field in self.fields]
        self.names = [field.attname for field in self.fields]
        if {field.attname for field in tracked_fields(model)} != set(self.names):
            raise ValueError(f"{self.label}: columns that no digest covers")
        self._first = {field.attname: field.get_default() for field in self.fields}
        self._first_told = {name: plain(value) for name, value in self._first.items()}
        self._next = 0

    def row(self, **values: Any) -> Row:
        """A new row with an id of its own; what is not named has the model's default."""
        self._next += 1
        made = Row(self, dict(self._first), dict(self._first_told))
        made.change(**values, id=self._next)
        return made

    def count_on(self) -> None:
        """Ids go on from those in the database. Call it inside the transaction, after its lock."""
        self._next = self.model._base_manager.aggregate(last=models.Max("pk"))["last"] or 0


class Row:
    """A row's values, and beside them the same as a digest takes them. A value is replaced, never changed."""

    __slots__ = ("_told", "table", "values")

    def __init__(self, table: Table, values: dict[str, Any], told: dict[str, Any]) -> None:
        self.table = table
        self.values = values
        self._told = told

    @property
    def pk(self) -> int:
        return int(self.values["id"])

    def change(self, **values: Any) -> None:
        self.values.update(values)
        for name, value in values.items():
            self._told[name] = value if type(value) in _AS_THEY_ARE else plain(value)

    def state(self) -> tuple[str, str]:
        """Its key and digest, as `audit.canonical.row_digest` reckons it from the row saved."""
        return f"{self.table.label}:{self.values['id']}", sha256(canonical(self._told))[:_SHORT]


@cache
def table(model: type[models.Model]) -> Table:
    """The table of a model; its ids go on counting."""
    return Table(model)


def insert(rows: Sequence[Row], **instead: Callable[[Row], Any]) -> None:
    """Write rows of one table. `instead`: what a column holds first, in place of the row's own value."""
    if not rows:
        return
    one = rows[0].table

    def values() -> Iterable[list[Any]]:
        for row in rows:
            first = (
                {**row.values, **{name: make(row) for name, make in instead.items()}}
                if instead
                else row.values
            )
            yield [first[name] for name in one.names]

    write(one.model, values())


def write(model: type[models.Model], rows: Iterable[Sequence[Any]]) -> None:
    """Rows into a model's table, each with a value for every column in its order."""
    here = connections[DEFAULT_DB_ALIAS]
    fields = model._meta.concrete_fields
    into = [_converter(field, here) for field in fields]
    prepared = (
        [
            value if make is None or value is None else make(value)
            for value, make in zip(row, into, strict=True)
        ]
        for row in rows
    )
    names = ", ".join(here.ops.quote_name(str(field.column)) for field in fields)
    target = f"{here.ops.quote_name(model._meta.db_table)} ({names})"
    with here.cursor() as cursor:
        if here.vendor == "postgresql":
            with cursor.copy(f"COPY {target} FROM STDIN") as copy:
                for row in prepared:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(fields))
            cursor.executemany(f"INSERT INTO {target} VALUES ({marks})", list(prepared))  # noqa: S608 - names of ours


def _converter(field: Any, here: Any) -> Callable[[Any], Any] | None:
    """What makes a column's value one that the database's driver takes; None where it does already."""
    if isinstance(field, models.DateTimeField):
        return here.ops.adapt_datetimefield_value
    if isinstance(field, models.DateField):
        return here.ops.adapt_datefield_value
    if isinstance(field, models.JSONField | models.UUIDField | models.DecimalField):
        return lambda value: field.get_db_prep_save(value, here)
    return None


def set_sequences(written: Iterable[type[models.Model]]) -> None:
    """The database gives out ids after those written here."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(written)):
            cursor.execute(statement)
