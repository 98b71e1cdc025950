"""What the platform's measures need of a database, in a process of its own with its own GONGKAI_DATA.

`python -m benchmarks.platform_data facts|publish|verify` prints one JSON object.
"""

from __future__ import annotations

import json
import sys
import time
from random import Random
from typing import Any

_PUBLICATIONS = 60
_PAGES = 200


def main() -> int:
    from gongkai.cli_platform import start

    start()
    print(json.dumps({"facts": facts, "publish": publish, "verify": verify}[sys.argv[1]]()))
    return 0


def facts() -> dict[str, Any]:
    """Numbers of public records of the largest organ, spread over all of them."""
    from django.db.models import Max, Min

    from gongkai.web.disclosure.models import Record

    public = Record.objects.filter(organ__code="xugou", state="published")
    ends = public.aggregate(first=Min("pk"), last=Max("pk"))
    chance, found = Random(1), []
    for _ in range(_PAGES):
        start = chance.randint(ends["first"], ends["last"])
        found.append(public.filter(pk__gte=start).order_by("pk").values_list("pk", flat=True)[0])
    return {"records": found}


def publish() -> dict[str, float]:
    """Draft, submit, three reviews, publication, each in its own transaction: so many records a second."""
    from gongkai.web.disclosure.actions.drafting import draft_record
    from gongkai.web.disclosure.actions.reviewing import pass_step, submit_for_review
    from gongkai.web.disclosure.models import Review
    from gongkai.web.organs.models import Role
    from gongkai.web.sample.founding import standing
    from gongkai.web.sample.texts import Numbers, families, text_of

    house = standing()[1]
    clerk = house.holding(Role.CLERK)[0]
    chance, numbers = Random(time.time_ns()), Numbers()
    begun = time.perf_counter()
    for _ in range(_PUBLICATIONS):
        from gongkai.web.config import clock

        text = text_of(families()["town_affairs"], house.plan, clock.today(), numbers, chance)
        unit = house.unit_of(clerk)
        record = draft_record(by=clerk, organ=house.organ, unit=unit, kind_code="notice", facts=text.facts)
        submit_for_review(by=clerk, record=record)
        for _step in range(3):
            review = Review.objects.select_related("version__record__organ").get(
                version__record=record, result=""
            )
            by = house.holding(Role(review.step))[0]
            pass_step(by=by, review=review, seen=review.version.content_digest)
    return {"a_second": _PUBLICATIONS / (time.perf_counter() - begun)}


def verify() -> dict[str, float]:
    """Entries of the log and rows of the tables looked at in a second."""
    from gongkai.web.audit.verifying import verify as look

    begun = time.perf_counter()
    verdict = look()
    if not verdict.ok:
        raise SystemExit(f"the log does not verify: {verdict.faults[:3]}")
    return {"a_second": (verdict.entries + verdict.rows) / (time.perf_counter() - begun)}


if __name__ == "__main__":
    sys.exit(main())
