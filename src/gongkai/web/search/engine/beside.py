"""Work of one question done at the same time on another processor: the index lets go of Python while it
searches."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import ParamSpec, TypeVar

_Asked = ParamSpec("_Asked")
_Told = TypeVar("_Told")
_THREADS = 2
_pools: dict[int, ThreadPoolExecutor] = {}


def beside(work: Callable[_Asked, _Told], *arguments: _Asked.args, **named: _Asked.kwargs) -> Future[_Told]:
    """Begin it; `result()` waits for it, and raises what it raised. It asks the index, not the database."""
    return _pool().submit(work, *arguments, **named)


def _pool() -> ThreadPoolExecutor:
    """This process's own: threads do not come along into a process that was forked."""
    pid = os.getpid()
    pool = _pools.get(pid)
    if pool is None:
        pool = _pools.setdefault(pid, ThreadPoolExecutor(_THREADS, thread_name_prefix="beside"))
    return pool
