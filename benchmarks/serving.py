"""A real server on this machine over a folder of data, and its readers.

granian with two workers; one reader at a time for the times, four for requests a second. The data is made by
`gongkai sample --scale` into var/bench-N and used again.
"""

from __future__ import annotations

import hashlib
import http.client
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

import gongkai

VAR = Path(__file__).resolve().parents[1] / "var"
COUNTS = (100_000, 1_000_000) if os.environ.get("BENCH_LARGE") == "1" else (100_000,)
LIST_LIMIT, RECORD_LIMIT, SEARCH_LIMIT = (
    40.0,
    10.0,
    30.0,
)  # milliseconds: medians, of search the 95th percentile
SITE = "gongkai.web.config"
WORKERS = 2
_READERS = 4
_LINES = 4
_SMALL_FILE = 100_000
_SECONDS = 5.0
_SIGN_IN = "/work/sign-in/"
Headers = dict[str, str]


# ---- data ----


def data(count: int) -> tuple[Path, float | None]:
    """The folder with so many records, and the seconds it took if they were made now."""
    on = "postgresql" if os.environ.get("GONGKAI_DATABASE") else "sqlite"
    folder = VAR / f"bench-{count}"
    done = folder / f"made-on-{on}"
    if done.exists():
        if is_of_this_schema(done):
            return folder, None
        print(f"{folder} was made for another schema: it is made anew", flush=True)
        if on == "postgresql":
            raise SystemExit(f"empty the database of GONGKAI_DATABASE and remove {done}")
    if on == "sqlite" and folder.exists():
        shutil.rmtree(folder)  # of another schema, or of a run that was stopped half way
    folder.mkdir(parents=True, exist_ok=True)
    begun = time.perf_counter()
    command(folder, "-m", "gongkai.cli", "sample", "--scale", str(count))
    seconds = time.perf_counter() - begun
    done.write_text(f"{seconds:.1f} s\n{schema()}\n", "utf-8")
    return folder, seconds


def schema() -> str:
    """A digest of all that a database is made by: the migrations, and the triggers they put in."""
    web = Path(gongkai.__file__).parent / "web"
    digest = hashlib.blake2b(digest_size=16)
    for path in sorted([*web.glob("*/migrations/*.py"), *web.glob("*/guards.py"), *web.glob("*/outbox.py")]):
        digest.update(str(path.relative_to(web)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def is_of_this_schema(done: Path) -> bool:
    """Whether the data that a note tells of were made by the migrations of now."""
    return done.read_text("utf-8").splitlines()[1:2] == [schema()]


def asked(folder: Path, what: str) -> Any:
    """What `benchmarks.platform_data` answers about a folder, in a process of its own."""
    return json.loads(command(folder, "-m", "benchmarks.platform_data", what))


def command(folder: Path, *arguments: str, python: str = sys.executable, site: str = SITE) -> str:
    done = subprocess.run(
        [python, *arguments], env=_environment(folder, site), stdout=subprocess.PIPE, text=True, check=True
    )
    return done.stdout


def _environment(folder: Path, site: str) -> dict[str, str]:
    key = "a key for measuring, of no use elsewhere: " + "0" * 20
    own = {
        "GONGKAI_DATA": str(folder),
        "DJANGO_SETTINGS_MODULE": f"{site}.settings",
        "GONGKAI_SECRET_KEY": key,
    }
    return {**os.environ, **own}


def forget(folder: Path) -> None:
    """The files of a folder leave the system's memory, as far as it lets them: what is read next comes from
    the disk. Where the system knows no such request (macOS, Windows) they stay."""
    if not hasattr(os, "posix_fadvise"):
        return
    os.sync()  # what is not yet written would stay
    for path in folder.rglob("*"):
        if path.is_file() and path.stat().st_size > _SMALL_FILE:
            with open(path, "rb") as file:
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


# ---- a server and its readers ----


class Running(NamedTuple):
    """A server: its port, and its process, of which the workers are children."""

    port: int
    pid: int

    def processor(self) -> float | None:
        """Milliseconds of processor time that its workers have used; None where the system does not say."""
        if not Path("/proc/self/stat").exists():
            return None
        used, tick = 0.0, os.sysconf("SC_CLK_TCK")
        for path in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = path.read_text("utf-8").rpartition(")")[2].split()
            except OSError:  # it has just ended
                continue
            if int(fields[1]) == self.pid:
                used += (int(fields[11]) + int(fields[12])) / tick * 1000
        return used


@contextmanager
def server(
    folder: Path, site: str = SITE, *, python: str = sys.executable, **environment: str
) -> Iterator[Running]:
    """A server that has just begun: nothing is kept in its workers yet.

    `site`: the package that holds its `settings` and `wsgi`; `environment`: what it is told beside.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    arguments = [
        python,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--port",
        str(port),
        "--workers",
        str(WORKERS),
    ]
    arguments += ["--blocking-threads", "2", "--no-ws", "--log-level", "error"]
    arguments += [f"{site}.wsgi:application"]
    with subprocess.Popen(arguments, env=_environment(folder, site) | environment) as running:
        try:
            _wait(port)
            yield Running(port, running.pid)
        finally:
            running.terminate()


def _wait(port: int) -> None:
    for _ in range(300):
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server did not start")


def get(line: http.client.HTTPConnection, address: str, headers: Headers) -> bytes:
    line.request("GET", address, headers=headers)
    answer = line.getresponse()
    body = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{address} answered {answer.status}")
    return body


def times(
    running: Running,
    addresses: Sequence[str],
    *,
    count: int = 0,
    warm: str = "",
    headers: Headers | None = None,
) -> list[float]:
    """One reader's waiting in milliseconds, in rising order, for `count` requests over the addresses in turn;
    0: each once. Over several connections, one after another, so that both workers have their share.

    `warm`: an address asked for before, so that both workers have begun; not counted.
    """
    lines = [http.client.HTTPConnection("127.0.0.1", running.port, timeout=120) for _ in range(_LINES)]
    for line in lines if warm else ():
        for _ in range(5):
            get(line, warm, headers or {})
    found = []
    for line, address, _ in zip(cycle(lines), cycle(addresses), range(count or len(addresses)), strict=False):
        begun = time.perf_counter()
        get(line, address, headers or {})
        found.append((time.perf_counter() - begun) * 1000)
    for line in lines:
        line.close()
    return sorted(found)


def processor(running: Running, addresses: Sequence[str], headers: Headers | None = None) -> float | None:
    """Milliseconds of the workers' processor time for a request, whatever else the machine does meanwhile."""
    begun = running.processor()
    if begun is None:
        return None
    times(running, addresses, headers=headers)
    return ((running.processor() or 0.0) - begun) / len(addresses)


def middle(rising: Sequence[float]) -> float:
    return rising[len(rising) // 2]


def late(rising: Sequence[float]) -> float:
    """The 95th percentile."""
    return rising[min(len(rising) - 1, int(len(rising) * 0.95))]


def throughput(running: Running, addresses: Sequence[str], headers: Headers | None = None) -> float:
    """Requests answered in a second to several readers, who take their share of the same machine."""
    counts = [0] * _READERS
    end = time.perf_counter() + _SECONDS

    def read(reader: int) -> None:
        line = http.client.HTTPConnection("127.0.0.1", running.port, timeout=120)
        while time.perf_counter() < end:
            get(line, addresses[(counts[reader] * _READERS + reader) % len(addresses)], headers or {})
            counts[reader] += 1
        line.close()

    readers = [threading.Thread(target=read, args=(number,)) for number in range(_READERS)]
    for one in readers:
        one.start()
    for one in readers:
        one.join()
    return sum(counts) / _SECONDS


def signed_in(running: Running, username: str) -> Headers:
    """The cookie of somebody who has signed in at the page for it."""
    from gongkai.web.sample.district import PASSWORD

    line = http.client.HTTPConnection("127.0.0.1", running.port, timeout=60)
    line.request("GET", _SIGN_IN)
    answer = line.getresponse()
    page = answer.read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    if token is None:
        raise RuntimeError("the sign-in page has no form")
    cookies = _cookies(answer)
    form = urlencode({"login": username, "password": PASSWORD, "csrfmiddlewaretoken": token[1]})
    sent = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookies}
    line.request("POST", _SIGN_IN, form, sent)
    answer = line.getresponse()
    answer.read()
    session = _cookies(answer)
    if answer.status != 302 or "session=" not in session:
        raise RuntimeError(f"{username} could not sign in: {answer.status}")
    return {"Cookie": session}


def _cookies(answer: http.client.HTTPResponse) -> str:
    return "; ".join(one.split(";")[0] for one in answer.headers.get_all("Set-Cookie") or ())
