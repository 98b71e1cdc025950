"""Start the platform on this machine: `python -m gongkai.web.serve --port 8000`."""

from __future__ import annotations

import argparse
import os
import socket
import sys

APPLICATION = "gongkai.web.config.wsgi:application"
PORT_TAKEN = 2


def main() -> int:
    arguments = _arguments()
    if arguments.no_samples:
        os.environ["GONGKAI_SAMPLES"] = os.devnull  # no folder: the page shows no samples
    if problem := _why_not(arguments.host, arguments.port):
        print(problem, file=sys.stderr)
        return PORT_TAKEN
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    address = f"http://{arguments.host}:{arguments.port}/"
    print(f"公开 Gongkai：{address}\n按 Ctrl+C 停止。Open {address} in a browser; Ctrl+C stops.", flush=True)
    server = Server(
        APPLICATION,
        address=arguments.host,
        port=arguments.port,
        interface=Interfaces.WSGI,
        workers=arguments.workers,
        backpressure=16,  # requests worked on at once: reading a file is work, not waiting
        log_access=False,
        log_level=LogLevels.warning,
        websockets=False,
    )
    server.serve()
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m gongkai.web.serve", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--no-samples", action="store_true", help="an empty installation, without samples")
    return parser.parse_args()


def _why_not(host: str, port: int) -> str | None:
    """Why the address cannot be used, in one line; None if it can."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            address, other = f"{host}:{port}", 8765 if port != 8765 else 8766
            return (
                f"{address} 不能使用（{problem.strerror}），换一个端口：make run PORT={other}\n"
                f"{address} cannot be used ({problem.strerror}); choose another: make run PORT={other}"
            )
    return None


if __name__ == "__main__":
    sys.exit(main())
