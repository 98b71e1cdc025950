"""What is done before the server starts: `python -m gongkai.web.preparing [--sample] [--for-others]`.

Sets the database up, loads the sample into an empty one, makes it ready to be searched, and says who can sign
in and where to begin.
"""

from __future__ import annotations

import argparse
import os
import shlex
import sys
import time

from gongkai.cli_platform import start, tell_accounts

FAILED = 1
ZH = "zh"


def main(arguments: list[str] | None = None) -> int:
    """Gives 0, or 1 after a line that says what is wrong."""
    given = _arguments(arguments)
    start()
    from django.core.exceptions import ImproperlyConfigured
    from django.db import DatabaseError

    try:
        _prepare(with_sample=given.sample, for_others=given.for_others, address=given.address)
    except (DatabaseError, ImproperlyConfigured) as problem:
        why = (str(problem).strip().splitlines() or [type(problem).__name__])[0]
        print(f"数据库不能使用：{why}。请检查 GONGKAI_DATABASE 和 GONGKAI_DATA。", file=sys.stderr)
        return FAILED
    return 0


def _arguments(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m gongkai.web.preparing")
    parser.add_argument("--sample", action="store_true", help="load the sample into an empty database")
    parser.add_argument("--for-others", action="store_true", help="others than this machine reach the server")
    parser.add_argument("--address", default="", help="where the server will be, as http://127.0.0.1:8000")
    return parser.parse_args(arguments)


def _prepare(*, with_sample: bool, for_others: bool, address: str = "") -> None:
    from django.core.management import call_command

    from gongkai.web.organs.models import Organ
    from gongkai.web.sample import loading

    call_command("migrate", verbosity=0, interactive=False)
    if with_sample and not Organ.objects.exists():
        print("正在装入示例（虚构的区，只在第一次启动时）……", flush=True)
        begun = time.monotonic()
        loaded = loading.load()
        _make_findable()
        seconds = time.monotonic() - begun
        print(f"示例已装入：{loaded.organs} 个机关，{loaded.records} 条信息，{seconds:.0f} 秒。", flush=True)
    if not Organ.objects.exists():
        data = os.environ.get("GONGKAI_DATA")
        call = (
            f"GONGKAI_DATA={shlex.quote(data)} .venv/bin/gongkai setup" if data else ".venv/bin/gongkai setup"
        )
        print(f"还没有机关。请先建立第一个机关和管理员：{call}", flush=True)
        return
    tell_accounts(ZH)
    _tell_where(address)
    if for_others and Organ.objects.filter(is_fictional=True).exists():
        print("注意：示例账号的密码人人知道，不要让他人访问这个地址。", file=sys.stderr)
    sys.stdout.flush()


def _make_findable() -> None:
    """Build the search index, so that the first page finds what is there; later `gongkai work` follows."""
    from gongkai.web.search.engine.store import Busy
    from gongkai.web.search.following import rebuild

    try:
        rebuild()
    except (Busy, OSError, ValueError) as problem:  # as `following.follow` has it: the next round builds it
        print(f"检索索引稍后由后台建立（{problem}）。", file=sys.stderr)


def _tell_where(address: str) -> None:
    """Where the sample is to be seen; nothing where there is none."""
    from gongkai.web.organs.models import Organ
    from gongkai.web.sample.district import organs

    first = organs()[0]
    if address and Organ.objects.filter(code=first.code, is_fictional=True).exists():
        print(f"公开平台（{first.name}）：{address}/o/{first.code}/")
        print(f"检索：{address}/search/　　工作人员登录：{address}/work/")


if __name__ == "__main__":
    sys.exit(main())
