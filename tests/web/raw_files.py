"""The bytes of a database in use, read by a process of its own.

SQLite's locks are POSIX locks: who closes any other handle on the file drops those of all connections in the
same process. A server that another test starts would then take the database for its own, and both write it.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

_READ = "import pathlib, sys; sys.stdout.buffer.write(pathlib.Path(sys.argv[1]).read_bytes())"


def bytes_in_use(path: Path) -> bytes:
    """What stands in a file that this process may have open through SQLite."""
    return subprocess.run([sys.executable, "-c", _READ, str(path)], capture_output=True, check=True).stdout
