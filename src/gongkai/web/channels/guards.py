"""What the database itself refuses of channels: acts of publication are facts, they are never deleted."""

from __future__ import annotations

from gongkai.web.audit.guards import Guard

GUARDS = tuple(
    Guard(f"channels_{table}_never_deleted", f"channels_{table}", ("DELETE",), f"a {table} is never deleted")
    for table in ("channel", "release")
)
