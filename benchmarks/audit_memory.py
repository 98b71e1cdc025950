"""How much memory `gongkai audit verify` takes, by the number of entries.

    python -m benchmarks.audit_memory [ENTRIES]

Makes that many entries (200,000), each of a row of its own with a reason, in a database of its own in a
temporary folder, verifies them in a process of its own and prints the time and the most memory it held.
Exit 1 past `LIMIT` MiB over what the program takes before it begins.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time

LIMIT = 100.0  # MiB
_AT_ONCE = 2000


def _mebibytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _set_up() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "gongkai.web.config.settings"
    import django

    django.setup()


def make(entries: int) -> None:
    """Entries that each tell of a row of `organs.unit` that was removed again: no row need be there."""
    _set_up()
    from django.apps import apps
    from django.conf import settings
    from django.core.management import call_command
    from django.db import transaction

    from gongkai.web.audit.actions import Change, Personal, append_many

    # The tables as the models have them: how they came to be is not what is measured.
    settings.MIGRATION_MODULES = {one.label: None for one in apps.get_app_configs()}
    call_command("migrate", "--run-syncdb", verbosity=0)
    for begin in range(0, entries, _AT_ONCE):
        changes = [
            Change(
                "benchmark.entered",
                None,
                after={"name": Personal(f"虚构{number}")},
                why=f"第 {number} 条的理由",
                gone=[f"organs.unit:{number}"],
            )
            for number in range(begin, min(begin + _AT_ONCE, entries))
        ]
        with transaction.atomic():
            append_many(changes)


def look() -> None:
    """Verify, and print what it took as JSON."""
    _set_up()
    from django.db import connection

    from gongkai.web.audit.verifying import verify

    # Pages of the database's file that the system maps in and may drop again are no memory of ours.
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA mmap_size = 0")
    before, begun = _mebibytes(), time.perf_counter()
    verdict = verify()
    taken = {"seconds": time.perf_counter() - begun, "mebibytes": _mebibytes() - before}
    print(json.dumps({**taken, "entries": verdict.entries, "ok": verdict.ok}))


def main(entries: int) -> int:
    with tempfile.TemporaryDirectory() as folder:
        here = {**os.environ, "GONGKAI_DATA": folder}
        here.pop("GONGKAI_DATABASE", None)
        for work in (f"make({entries})", "look()"):
            code = f"from benchmarks import audit_memory; audit_memory.{work}"
            done = subprocess.run(
                [sys.executable, "-c", code], env=here, check=True, stdout=subprocess.PIPE, text=True
            )
    told = json.loads(done.stdout.splitlines()[-1])
    print(
        f"{told['entries']:,} entries: {told['seconds']:.1f} s, {told['mebibytes']:.0f} MiB more "
        f"(limit {LIMIT:.0f}), {'whole' if told['ok'] else 'faults found'}"
    )
    return int(not told["ok"] or told["mebibytes"] > LIMIT)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000))
