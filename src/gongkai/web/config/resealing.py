"""After a change of the installation's key: what an older one has sealed is sealed anew under that of now.

Each room names its places when it starts (`register`). What an older key has sealed opens as long as that key
is in SECRET_KEY_FALLBACKS; once everything is sealed anew, the older key opens nothing in this database.
Values that no key opens stay as they are and are counted: with the right key they can still be opened.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models, transaction

from gongkai.web.audit.actions import Change, append
from gongkai.web.config.sealing import Unreadable, is_sealed_now, seal, unseal

logger = logging.getLogger(__name__)
_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Place:
    """Sealed columns of a model. `columns`: each with what its value belongs to, as text or told by the row;
    `indexes`: blind indexes to be made anew with it: a column, and its value made from the row."""

    model: type[models.Model]
    columns: Mapping[str, str | Callable[[Any], str]]
    indexes: Mapping[str, Callable[[Any], str]] = field(default_factory=dict)


@dataclass(slots=True)
class Resealed:
    """`done`: rows sealed anew; `unreadable`: rows with something no key opens, as `channels.channel:3`."""

    done: int = 0
    unreadable: list[str] = field(default_factory=list)


_PLACES: dict[type[models.Model], Place] = {}
_OTHERS: dict[str, Callable[[], Resealed]] = {}


def register(*places: Place) -> None:
    """To be sealed anew after a change of the key. Said twice it holds once."""
    _PLACES.update({one.model: one for one in places})


def register_other(name: str, do: Callable[[], Resealed]) -> None:
    """What is sealed in another way than a column by `sealing.seal`."""
    _OTHERS[name] = do


def reseal() -> Resealed:
    """Seal everything anew that the key of now does not open. May be stopped and begun again at any time."""
    whole = Resealed()
    for place in _PLACES.values():
        _add(whole, _place(place))
    for do in _OTHERS.values():
        _add(whole, do())
    return whole


def _add(whole: Resealed, one: Resealed) -> None:
    whole.done += one.done
    whole.unreadable += one.unreadable


def _place(place: Place) -> Resealed:
    whole, after = Resealed(), 0
    while True:
        # Which ones first, without a lock: most rows of a place are sealed by the key of now.
        rows = list(place.model._default_manager.filter(pk__gt=after).order_by("pk")[:_AT_ONCE])
        if not rows:
            return whole
        after = rows[-1].pk
        stale = [row.pk for row in rows if _stale(place, row)]
        if stale:
            _add(whole, _some(place, stale))


@transaction.atomic
def _some(place: Place, stale: list[Any]) -> Resealed:
    told, touched = Resealed(), []
    for row in place.model._default_manager.select_for_update().filter(pk__in=stale).order_by("pk"):
        columns = _stale(place, row)
        try:
            new = {name: _anew(getattr(row, name), _of(place, row, name)) for name in columns}
        except Unreadable:
            told.unreadable.append(f"{row._meta.label_lower}:{row.pk}")
            continue
        if not new:  # somebody has written it meanwhile
            continue
        for name, value in new.items():
            setattr(row, name, value)
        for name, made in place.indexes.items():
            setattr(row, name, made(row))
        row.save(update_fields=[*new, *place.indexes])
        told.done += 1
        touched.append(row)
    if touched and getattr(place.model, "is_tracked", False):
        after = {"rows": len(touched), "of": place.model._meta.label_lower}
        append(Change("sealing.renewed", None, after=after, touched=touched))
    return told


def _anew(sealed: str, belongs_to: str) -> str:
    return seal(unseal(sealed, belongs_to), belongs_to)


def _stale(place: Place, row: models.Model) -> list[str]:
    """The columns that hold something which the key of now does not open."""
    return [
        name
        for name in place.columns
        if (sealed := getattr(row, name)) and not is_sealed_now(sealed, _of(place, row, name))
    ]


def _of(place: Place, row: models.Model, name: str) -> str:
    belongs = place.columns[name]
    return belongs if isinstance(belongs, str) else belongs(row)
