"""Start the platform on this machine: `python -m gongkai.web.serve --port 8000`."""

from __future__ import annotations

import argparse
import errno
import ipaddress
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

from gongkai.web.config.local_key import VARIABLE, keep_local_key

APPLICATION = "gongkai.web.config.wsgi:application"
WRONG_CALL = 2
NOT_STARTED = 1
PORTS = range(1, 65536)
# Files are read and checked in Python, which works on one thing at a time: more threads only wait.
MOST_THREADS = 4
MOST_CONNECTIONS = 4096
REASONS = {
    errno.EADDRINUSE: "端口已被占用",
    errno.EACCES: "没有使用这个端口的权限",
    errno.EADDRNOTAVAIL: "本机没有这个地址",
}


def main(arguments: list[str] | None = None) -> int:
    """Serve until stopped. Gives 1 where the port cannot be used, 2 where it is none; a line says why."""
    given = _arguments(arguments)
    port = _port(given.port)
    if port is None:
        print(
            f"端口“{given.port}”不能用：应为 1 到 65535 之间的整数，例如 make run PORT=8765", file=sys.stderr
        )
        return WRONG_CALL
    if given.no_samples:
        os.environ["GONGKAI_SAMPLES"] = os.devnull  # no folder: the page shows no samples
    if problem := _why_not(given.host, port):
        print(problem, file=sys.stderr)
        return NOT_STARTED
    _set_key(given.host)
    _set_address(given.host, port)
    if status := _prepare(with_sample=not given.no_samples, host=given.host, port=port):
        return status
    with _worker():
        _serve(given.host, port, given.workers, given.lang)
    return 0


def _prepare(*, with_sample: bool, host: str, port: int) -> int:
    """Set the database up and load the sample into an empty one, in a process of its own; its exit status.

    The server's processes then begin with no connection, and without what only this needs in memory.
    """
    command = [sys.executable, "-m", "gongkai.web.preparing", "--address", f"http://{host}:{port}"]
    command += ["--sample"] if with_sample else []
    command += [] if _is_this_machine(host) else ["--for-others"]
    return subprocess.run(command, check=False).returncode  # noqa: S603 - our own command


@contextmanager
def _worker() -> Iterator[None]:
    """`gongkai work` beside the server: it publishes what is due, and ends with us however we end."""
    environment = {**os.environ, "GONGKAI_WORKER_OF": str(os.getpid())}
    # A session of its own: Ctrl+C is for the server, which then ends this.
    command = [sys.executable, "-m", "gongkai.cli", "work"]
    with subprocess.Popen(command, env=environment, start_new_session=True) as worker:  # noqa: S603
        try:
            yield
        finally:
            worker.terminate()


def _serve(host: str, port: int, workers: int, lang: str) -> None:
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    address = f"http://{host}:{port}/"
    zh, en = f"公开 Gongkai：{address}\n按 Ctrl+C 停止。", f"Gongkai: {address}\nCtrl+C stops."
    print(en if lang == "en" else zh, flush=True)
    server = Server(
        APPLICATION,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=min(MOST_THREADS, 2 * (os.cpu_count() or 1)),
        # Connections, not requests: a browser holds half a dozen open and idle, and they take no thread.
        # Requests past the threads wait their turn.
        backpressure=MOST_CONNECTIONS,
        log_access=False,
        log_level=LogLevels.warning,
        websockets=False,
    )
    server.serve()


class _Parser(argparse.ArgumentParser):
    """A wrong call is answered with one line in Chinese."""

    def error(self, message: str) -> NoReturn:
        print(f"启动参数有误（{message}）。用法见：python -m gongkai.web.serve --help", file=sys.stderr)
        sys.exit(WRONG_CALL)


def _arguments(arguments: list[str] | None) -> argparse.Namespace:
    parser = _Parser(prog="python -m gongkai.web.serve", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", default="8000")  # judged by `_port`, in words of our own
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--no-samples", action="store_true", help="an empty installation, without samples")
    parser.add_argument(
        "--lang", choices=("zh", "en"), default="zh", help="of the line that tells the address"
    )
    return parser.parse_args(arguments)


def _port(given: str) -> int | None:
    """The port's number, None for what is none."""
    return int(given) if given.isascii() and given.isdigit() and int(given) in PORTS else None


def _set_key(host: str) -> None:
    """One key for all processes of this start and for the next start: people stay signed in.

    On this machine alone that is all there is to it; a site that others reach is told to set a key.
    """
    if os.environ.get(VARIABLE):
        return
    kept = keep_local_key()
    if not _is_this_machine(host):
        how = "保存在数据文件夹中的密钥" if kept else "随机密钥，重启后须重新登录"
        print(f"未设置 {VARIABLE}：本次启动使用{how}。正式使用请另行设置。", file=sys.stderr)


def _set_address(host: str, port: int) -> None:
    """On this machine alone, what is printed and sent names the address that is served, whatever the port."""
    if _is_this_machine(host) and not os.environ.get("GONGKAI_ADDRESS"):
        os.environ["GONGKAI_ADDRESS"] = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _why_not(host: str, port: int) -> str | None:
    """Why the address cannot be used, in one line; None if it can."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            address, other = f"{host}:{port}", 8765 if port != 8765 else 8766
            why = REASONS.get(problem.errno or 0, problem.strerror)
            return (
                f"{address} 不能使用（{why}），换一个端口：make run PORT={other}\n"
                f"{address} cannot be used ({problem.strerror}); choose another: make run PORT={other}"
            )
    return None


if __name__ == "__main__":
    sys.exit(main())
