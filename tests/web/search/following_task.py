"""A follower in a process of its own, to be killed: `python following_task.py [rebuild]`, until it is."""

from __future__ import annotations

import sys
import time


def main() -> None:
    import django

    django.setup()
    from gongkai.web.search.engine.store import Busy
    from gongkai.web.search.following import follow, rebuild

    print("ready", flush=True)
    while True:
        if "rebuild" in sys.argv:
            try:
                rebuild()
            except Busy:
                time.sleep(0.01)
        follow(seconds=0.5)
        time.sleep(0.005)


if __name__ == "__main__":
    main()
