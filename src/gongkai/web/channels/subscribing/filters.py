"""What somebody wants to be told of, and whether a record is that."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import NamedTuple

from django.db.models import Q
from django.utils.translation import gettext as _

from gongkai.statute.catalogue import categories
from gongkai.web.channels.models import Subscription
from gongkai.web.channels.subscribing.words import Held
from gongkai.web.disclosure.models import LinkKind, Record, State
from gongkai.web.organs.models import Organ

MOST_WORDS = 60


class Audience(NamedTuple):
    """People with something in common. A record is for them by its category or by words of its title."""

    code: str
    zh: str
    en: str
    categories: tuple[str, ...]
    words: tuple[str, ...]

    def name(self, lang: str) -> str:
        return self.en if lang == "en" else self.zh


@cache
def audiences() -> tuple[Audience, ...]:
    text = resources.files("gongkai.web.channels.subscribing").joinpath("audiences.toml").read_text("utf-8")
    rows = tomllib.loads(text)["audience"]
    return tuple(
        Audience(one["code"], one["zh"], one["en"], tuple(one["categories"]), tuple(one["words"]))
        for one in rows
    )


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted: all that is given must fit. `path`: of an organ, with all below it if `with_below`."""

    organ: Organ | None = None
    with_below: bool = False
    category: str = ""
    audience: str = ""
    words: str = ""


def wish_of(subscription: Subscription) -> Wish:
    """What a subscriber wishes; the subscription comes with its organ."""
    return Wish(
        subscription.organ,
        subscription.with_below,
        subscription.category,
        subscription.audience,
        subscription.words,
    )


def described(wish: Wish, lang: str) -> str:
    """What is wanted, in a line."""
    parts = [str(_("全部机关")) if wish.organ is None else wish.organ.name]
    if wish.organ is not None and wish.with_below:
        parts[0] += str(_("和下级机关"))
    if named := next((one for one in categories() if one.code == wish.category), None):
        parts.append(named.short(lang))
    if audience := next((one for one in audiences() if one.code == wish.audience), None):
        parts.append(audience.name(lang))
    if wish.words:
        parts.append(str(_("包含“%(words)s”")) % {"words": wish.words})
    return ("; " if lang == "en" else "；").join(parts)


def fits(wish: Wish, record: Record, held: Held) -> bool:
    """Whether a record is what somebody wishes; the record comes with its organ. `held`: of `words.held_by`,
    for these words and this record among others."""
    organ = wish.organ
    if organ is not None:
        is_below = wish.with_below and str(record.organ.path).startswith(str(organ.path))
        if record.organ_id != organ.pk and not is_below:
            return False
    if wish.category and record.category != wish.category:
        return False
    if wish.audience and not _is_for(wish.audience, record):
        return False
    return not wish.words or held(record, wish.words)


def policies_of(record: Record) -> list[Record]:
    """The public records that this one interprets. 1 query."""
    return _joined(Q(linked_from__source=record, linked_from__kind=LinkKind.INTERPRETS))


def interpretations_of(record: Record) -> list[Record]:
    """The public interpretations of a record. 1 query."""
    return _joined(Q(links__target=record, links__kind=LinkKind.INTERPRETS))


def _joined(how: Q) -> list[Record]:
    found = Record.objects.filter(how, state=State.PUBLISHED).select_related("organ", "published")
    return list(found.defer("organ__emblem", "published__body").order_by("-published_at", "-id")[:5])


def _is_for(audience: str, record: Record) -> bool:
    found = next((one for one in audiences() if one.code == audience), None)
    if found is None:
        return False
    return record.category in found.categories or any(one in record.title for one in found.words)
