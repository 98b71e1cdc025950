"""What is done before the server starts: `python -m gongkai.web.preparing [--sample] [--for-others]`.

Sets the database up, loads the sample into an empty one, and says who can sign in.
"""

from __future__ import annotations

import os
import shlex
import sys
import time

from gongkai.cli_platform import start, tell_accounts

FAILED = 1
ZH = "zh"


def main(arguments: list[str] | None = None) -> int:
    """Gives 0, or 1 after a line that says what is wrong."""
    given = sys.argv[1:] if arguments is None else arguments
    start()
    from django.core.exceptions import ImproperlyConfigured
    from django.db import DatabaseError

    try:
        _prepare(with_sample="--sample" in given, for_others="--for-others" in given)
    except (DatabaseError, ImproperlyConfigured) as problem:
        why = (str(problem).strip().splitlines() or [type(problem).__name__])[0]
        print(f"数据库不能使用：{why}。请检查 GONGKAI_DATABASE 和 GONGKAI_DATA。", file=sys.stderr)
        return FAILED
    return 0


def _prepare(*, with_sample: bool, for_others: bool) -> None:
    from django.core.management import call_command

    from gongkai.web.organs.models import Organ
    from gongkai.web.sample import loading

    call_command("migrate", verbosity=0, interactive=False)
    if with_sample and not Organ.objects.exists():
        print("正在装入示例（虚构的区，只在第一次启动时）……", flush=True)
        begun = time.monotonic()
        loaded = loading.load()
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
    if for_others and Organ.objects.filter(is_fictional=True).exists():
        print("注意：示例账号的密码人人知道，不要让他人访问这个地址。", file=sys.stderr)
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
