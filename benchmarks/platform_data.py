"""What the platform's measures need of a database, in a process of its own with its own GONGKAI_DATA.

`python -m benchmarks.platform_data facts|questions|index|publish|verify` prints one JSON object.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable
from random import Random
from typing import Any

_PUBLICATIONS = 60
_PAGES = 200
_EACH = 40


def main() -> int:
    from gongkai.cli_platform import start

    start()
    asked: dict[str, Callable[[], object]] = {
        "facts": facts,
        "questions": questions,
        "index": index,
        "publish": publish,
        "verify": verify,
    }
    print(json.dumps(asked[sys.argv[1]](), ensure_ascii=False))
    return 0


def facts() -> dict[str, Any]:
    """Numbers of public records of the largest organ, spread over all of them; the codes of all organs."""
    from gongkai.web.organs.models import Organ

    return {
        "records": [row["id"] for row in _some("id", organ__code="xugou")],
        "organs": list(Organ.objects.order_by("pk").values_list("code", flat=True)),
    }


def _some(*columns: str, **narrowed: Any) -> list[dict[str, Any]]:
    """Public records, spread over all of them, always the same."""
    from django.db.models import Max, Min

    from gongkai.web.disclosure.models import Record

    public = Record.objects.filter(state="published", **narrowed)
    ends = public.aggregate(first=Min("pk"), last=Max("pk"))
    chance, found = Random(1), []
    for _ in range(_PAGES):
        start = chance.randint(ends["first"], ends["last"])
        found.append(public.filter(pk__gte=start).order_by("pk").values(*columns)[0])
    return found


def index() -> dict[str, Any]:
    """The search index, and the seconds its building took if it was built now."""
    from gongkai.web.search.engine.store import Unusable
    from gongkai.web.search.following import rebuild, standing

    seconds = None
    try:
        is_whole = not standing().waiting and standing().documents == standing().public
    except Unusable:
        is_whole = False
    if not is_whole:
        begun = time.perf_counter()
        rebuild()
        seconds = time.perf_counter() - begun
    stands = standing()
    return {"documents": stands.documents, "megabytes": stands.size / 1e6, "seconds": seconds}


def questions() -> list[tuple[str, str]]:
    """What readers may ask for, out of the records themselves, with its kind; none twice."""
    from benchmarks.search_corpus import misspelt
    from gongkai.web.search.engine import terms
    from gongkai.web.search.engine.asking import stop_words
    from gongkai.web.search.texts import words_of

    rows = _some("title", "document_number", "organ__short_name", "organ__name", "published__body")
    chance, found = Random(2), dict[tuple[str, str], None]()

    def made(kind: str, row: dict[str, Any]) -> str:
        title = re.sub(r"^关于(?:印发)?|的[^的]{2,4}$", "", terms.folded(row["title"]))
        words = [one for one in terms.words(title) if len(one) == 2 and one not in stop_words()]
        word = chance.choice(words) if words else ""
        clauses = [
            one for one in re.split(r"[，。；：\n]", words_of(row["published__body"])) if 10 <= len(one) <= 30
        ]
        at = chance.randrange(max(1, len(title) - 5))
        return {
            "words": word,
            "places": f"{row['organ__short_name'] or row['organ__name']}{word}",
            "numbers": row["document_number"].translate(
                str.maketrans("〔〕", chance.choice(("〔〕", "[]", "（）")))
            ),
            "sentences": chance.choice((f"请问{title}怎么办理？", *clauses[:3])),
            "fragments": title[at : at + chance.randrange(4, 7)],
            "misspellings": misspelt(title[at : at + 4], chance) if len(title) > 8 else "",
        }[kind]

    for kind in ("words", "places", "numbers", "sentences", "fragments", "misspellings"):
        for row in rows:
            if text := made(kind, row):
                found.setdefault((kind, text))
            if len([one for one, _ in found if one == kind]) == _EACH:
                break
    chance.shuffle(told := list(found))
    return told


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
