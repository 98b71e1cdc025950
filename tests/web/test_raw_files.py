"""Looking at the bytes of a database leaves the locks of those who use it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection
from tests.web.raw_files import bytes_in_use

# What a last user may do, and nobody else: he leaves the log that is written ahead.
_ALONE = (
    "import sqlite3, sys; sqlite3.connect(sys.argv[1], timeout=0).execute('PRAGMA journal_mode = DELETE')"
)


@pytest.mark.django_db(transaction=True)
def test_a_database_that_was_looked_at_is_still_held() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("the locks are SQLite's")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM organs_organ")
    name = Path(connection.settings_dict["NAME"])
    assert bytes_in_use(name).startswith(b"SQLite format 3")
    done = subprocess.run(
        [sys.executable, "-c", _ALONE, str(name)], capture_output=True, text=True, check=False
    )
    assert "database is locked" in done.stderr
