"""Triggers: what the database itself refuses, whoever asks it, by whatever way.

They are put in place after every `migrate` (SQLite loses a table's triggers when a migration rebuilds it),
and `gongkai audit verify` says if one is missing. Each guard is a condition under which a change is refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connections

_GUARDS: list[Guard] = []


@dataclass(frozen=True, slots=True)
class Guard:
    """Refuses `events` (INSERT, UPDATE, DELETE) on a table where the condition holds.

    `when`: SQL over NEW and OLD, good for both databases, or one for each (`when`, `when_postgresql`).
    `says`: what the error tells, in English: it is for engineers.
    """

    name: str
    table: str
    events: tuple[str, ...]
    says: str
    when: str = ""
    when_postgresql: str = ""

    def statements(self, vendor: str) -> list[str]:
        """The statements that put it in place anew."""
        return [*self.removal(vendor), *(self._sqlite() if vendor == "sqlite" else self._postgresql())]

    def removal(self, vendor: str) -> list[str]:
        if vendor == "sqlite":
            return [f"DROP TRIGGER IF EXISTS {name}" for name in self.triggers(vendor)]
        return [f"DROP TRIGGER IF EXISTS {self.name} ON {self.table}"]

    def triggers(self, vendor: str) -> list[str]:
        """Names of the triggers it is made of."""
        return (
            [f"{self.name}_{event.lower()}" for event in self.events] if vendor == "sqlite" else [self.name]
        )

    def _sqlite(self) -> list[str]:
        condition = f"WHEN {self.when} " if self.when else ""
        return [
            f"CREATE TRIGGER {self.name}_{event.lower()} BEFORE {event} ON {self.table} FOR EACH ROW "
            f"{condition}BEGIN SELECT RAISE(ABORT, '{self.says}'); END"
            for event in self.events
        ]

    def _postgresql(self) -> list[str]:
        condition = self.when_postgresql or self.when
        refusal = f"RAISE EXCEPTION '{self.says}' USING ERRCODE = 'integrity_constraint_violation';"
        body = f"IF {condition} THEN {refusal} END IF;" if condition else refusal
        back = "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW;"
        return [
            f"CREATE OR REPLACE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$guard$ BEGIN {body} {back} END $guard$",
            f"CREATE TRIGGER {self.name} BEFORE {' OR '.join(self.events)} ON {self.table} "
            f"FOR EACH ROW EXECUTE FUNCTION {self.name}()",
        ]


def register(guards: Sequence[Guard]) -> None:
    """Add guards to those that are put in place after `migrate`."""
    known = {guard.name for guard in _GUARDS}
    _GUARDS.extend(guard for guard in guards if guard.name not in known)


def put_in_place(using: str = "default", **_: Any) -> None:
    """All registered guards whose tables are there; the receiver of `post_migrate`."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for guard in _GUARDS:
            if guard.table in tables:
                for statement in guard.statements(connection.vendor):
                    cursor.execute(statement)


def lift(using: str = "default") -> None:
    """Remove all guards: for a restore into an empty database. `migrate` puts them back."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for guard in _GUARDS:
            if guard.table in tables:
                for statement in guard.removal(connection.vendor):
                    cursor.execute(statement)


def missing(using: str = "default") -> list[str]:
    """The names of guards that are not in place."""
    connection = connections[using]
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        there = {name for (name,) in cursor.fetchall()}
    return [guard.name for guard in _GUARDS if not there.issuperset(guard.triggers(connection.vendor))]


AUDIT_GUARDS = (
    Guard("audit_entry_append_only", "audit_entry", ("UPDATE", "DELETE"), "audit_entry is append-only"),
    Guard("audit_personal_stays", "audit_personaldatum", ("DELETE",), "audit_personaldatum is append-only"),
    Guard(
        "audit_personal_only_destroyed",
        "audit_personaldatum",
        ("UPDATE",),
        "personal data in the log can only be destroyed",
        when="NEW.value <> '' OR NEW.salt <> '' OR NEW.destroyed_by_id IS NULL "
        "OR NEW.entry_id <> OLD.entry_id OR NEW.place <> OLD.place OR OLD.destroyed_by_id IS NOT NULL",
    ),
)
