"""“这些信息已经公开”: what fits a description and is public already, and whether showing it helped.

It never stands in the way: without an index, or with nothing that fits, the form goes on.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from django.db import transaction
from django.db.models import F
from django.db.utils import IntegrityError

from gongkai.web.config import clock
from gongkai.web.organs.models import Organ
from gongkai.web.requests.models import FoundInstead
from gongkai.web.search.engine.store import Unusable
from gongkai.web.search.queries import Hit, by_title, search
from gongkai.wording.segmentation import words as segmented

MOST = 3
_OF_TITLES = 2
_COUNTED = ("shown", "opened", "answered")
_SAID_ALWAYS = re.compile(
    "(本人|我们?|特|现|兹)?(需要|希望|请求|要求|想要|想|拟)?(依法|依据|根据)?(向(你|贵)(局|单位|机关|办|镇|区|县|市))?"
    "(申请|请)?(公开|获取|提供|了解|查阅)(以下|下列|如下)?(政府)?(信息|内容)?[：:，,]?"
)
# A record fits when it holds so much of what was asked: our own choice (D).
_FITS = 0.4


class Suggestion(NamedTuple):
    """A public record. `organ`: its name where it is another's."""

    pk: int
    code: str
    title: str
    number: str
    published_on: dt.date | None
    organ: str


def fitting(words: str, organ: Organ) -> list[Suggestion]:
    """Up to three public records that fit, the organ's own first. At most 8 queries."""
    asked = _question(words)
    if not asked:
        return []
    found = [*_hits(asked, organ), *_hits(asked, None)]
    wanted = _words_of(asked)
    rows = {hit.row["id"]: hit.row for hit in found if _share(wanted, hit) >= _FITS}
    return [
        Suggestion(
            row["id"],
            row["organ__code"],
            row["title"],
            row["document_number"],
            row["published_at"],
            "" if row["organ_id"] == organ.pk else row["organ__name"],
        )
        for row in rows.values()
    ][:MOST]


def count(organ: Organ, what: str, many: int = 1) -> None:
    """One more that was `shown`, `opened` or `answered` today, whoever counts at the same time."""
    if what not in _COUNTED:
        raise ValueError(what)
    today = clock.today()
    rows = FoundInstead.objects.filter(organ=organ, on=today)
    if rows.update(**{what: F(what) + many}):
        return
    try:
        with transaction.atomic():
            FoundInstead.objects.create(organ=organ, on=today, **{what: many})
    except IntegrityError:
        rows.update(**{what: F(what) + many})


def _question(words: str) -> str:
    """What is asked for, without what every request says."""
    line = " ".join(words.split())[:200]
    return _SAID_ALWAYS.sub(" ", line, count=1).strip()


def _hits(asked: str, organ: Organ | None) -> list[Hit]:
    try:
        return list(search(asked, organ=organ, limit=2 * MOST).hits)
    except Unusable:
        # Titles alone, in which all that is asked must stand: only its longest words are.
        longest = sorted(_words_of(asked), key=lambda one: (-len(one), one))[:_OF_TITLES]
        return list(by_title(" ".join(longest), organ).hits)


def _words_of(text: str) -> set[str]:
    return {one.text for one in segmented(text) if len(one.text) > 1}


def _share(wanted: set[str], hit: Hit) -> float:
    """How much of what was asked its title, number or passage holds."""
    told = f"{hit.row['title']} {hit.row['document_number']} {re.sub('<[^>]*>', '', hit.passage)}"
    if not wanted:
        return 1.0
    return sum(one in told for one in wanted) / len(wanted)
