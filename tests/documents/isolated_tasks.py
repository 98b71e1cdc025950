"""What the tests of isolation have a worker do: the things a file may make a parser do."""

from __future__ import annotations

import ctypes
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from gongkai.annual import isolated
from gongkai.documents import DocumentError
from gongkai.documents.limits import Budget

HANGS_ON = "慢.html"  # the name of a file that hangs
HANGS_WHEN_CHECKED = "久.txt"
SLEEPER = "import time; time.sleep(60)"


def answer(question: Any, content: bytes) -> bytes:
    """Does what the question names and gives the content back, or what was found."""
    what = question["what"]
    if what == "sleep":
        time.sleep(question.get("seconds", 60))
    elif what == "scan":
        Budget().allow_scans(1)
        time.sleep(question["seconds"])
    elif what == "compute":
        while True:
            pass
    elif what == "grow":
        content += b"".join(bytes([number % 256]) * 2**24 for number in range(1000))
    elif what == "crash":
        ctypes.string_at(0)
    elif what == "abort":
        os.abort()
    elif what == "leave":
        os._exit(0)
    elif what == "print":
        print("words of a library")
        os.write(1, b"and of one written in C\n")
    elif what == "refuse":
        raise DocumentError("damaged", "文件已损坏。", "The file is damaged.")
    elif what == "fail":
        raise LookupError("a slip of our own")
    elif what == "recurse":
        return answer(question, content)
    elif what == "write":
        Path(question["path"]).write_bytes(bytes(200 * 1024 * 1024))
    elif what == "environment":
        return json.dumps(dict(os.environ)).encode()
    elif what == "process":
        return str(os.getpid()).encode()
    elif what == "start another":
        subprocess.run([sys.executable, "-c", SLEEPER, question["mark"]], check=False)
    return content


def reports(question: Any, content: bytes) -> bytes:
    """Reads and checks as always, but hangs on one file, and on another when it is checked."""
    checking = question["what"] == "check"
    if question.get("name") == HANGS_ON or (checking and HANGS_WHEN_CHECKED.encode() in content):
        time.sleep(60)
    return isolated.answer(question, content)
