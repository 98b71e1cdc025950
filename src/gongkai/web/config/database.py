"""The database: SQLite in a file, or PostgreSQL by its address in GONGKAI_DATABASE."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import dj_database_url

# A writer waits for another this long (seconds) before it is told to try again.
_WAIT = 20


def database(address: str, data: Path) -> dict[str, Any]:
    """Django's settings of a database. `address`: `sqlite:///path`, `postgresql://user@host/name`, or ""."""
    if not address:
        data.mkdir(parents=True, exist_ok=True)
    settings: dict[str, Any] = dict(
        dj_database_url.parse(address or f"sqlite:///{data / 'gongkai.sqlite3'}", conn_max_age=600)
    )
    settings["CONN_HEALTH_CHECKS"] = True
    settings["ATOMIC_REQUESTS"] = False  # an action is the transaction, not a request
    if settings["ENGINE"] == "django.db.backends.sqlite3":
        settings["CONN_MAX_AGE"] = None
        settings["OPTIONS"] = {
            **settings.get("OPTIONS", {}),
            # A transaction that will write takes its place in the line at once: no dead end half way.
            "transaction_mode": "IMMEDIATE",
            "timeout": _WAIT,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
                "PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY;"
            ),
        }
    return settings
