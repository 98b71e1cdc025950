"""Servers to be killed: `python killed_server.py PORT ADDRESS`, then a line on its input for each life.

What `make run` serves, served as it does: granian with its process for requests, its threads, the database
as in use. Only the loading of the program is done once for all lives, before any of them begins: a life
begins in a tenth of a second, so that hundreds can end in a test. Each answers with the id of its group of
processes, and ends with the test however that ends.
"""

from __future__ import annotations

import os
import signal
import sys
import time

from django.db import connections

from gongkai.web import serve
from gongkai.web.config.wsgi import application


def main(port: int, address: str) -> None:
    parent = os.getppid()
    _load(address)
    print("ready", flush=True)
    for _line in sys.stdin:
        life = os.fork()
        if life == 0:
            os.setsid()
            os.dup2(2, 1)  # what it prints is not an answer of ours
            serve._serve("127.0.0.1", port, 1, "zh")
            os._exit(0)
        print(life, flush=True)
        while os.waitpid(life, os.WNOHANG) == (0, 0):
            if os.getppid() != parent:  # the test is gone
                os.killpg(life, signal.SIGKILL)
            time.sleep(0.01)


def _load(address: str) -> None:
    """All that a first answer loads: addresses, views, templates, words. No connection is handed on."""
    from django.test import Client

    assert application is not None
    assert Client(headers={"host": "localhost"}).get(address).status_code == 200
    connections.close_all()


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
