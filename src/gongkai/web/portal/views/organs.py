"""The directory of organs: who publishes here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongkai.statute.remedies import OrganKind
from gongkai.web.look.pieces import Entry
from gongkai.web.organs.models import Level, Organ
from gongkai.web.organs.queries import tree
from gongkai.web.portal import front
from gongkai.web.portal.addresses import organ_address
from gongkai.web.portal.answering import list_page
from gongkai.web.portal.filters import words_asked
from gongkai.wording.segmentation import words as segmented

_EXACT, _BEGINS, _AT_A_WORD, _WITHIN, _NOT = range(5)
_PLACE_ENDING = re.compile("[省市县区旗州盟镇乡]|街道")
_GOVERNMENTS = frozenset({OrganKind.GOVERNMENT, OrganKind.PROVINCIAL_GOVERNMENT})
_TOWNSHIPS = frozenset({OrganKind.TOWNSHIP_GOVERNMENT, OrganKind.DISPATCHED_OFFICE})


@require_safe
def organs(request: HttpRequest) -> HttpResponse:
    """All open organs by level, governments before departments. 2 queries; 6 without words."""
    every, words = tree(), words_asked(request.GET)
    return list_page(request, "portal/organs.html", lambda: _context(every, words), *every, of_all=True)


def _context(every: Sequence[Organ], words: str) -> dict[str, Any]:
    groups: dict[tuple[int, int], list[Entry]] = {}
    fits = {one.pk: _fit(one, words) for one in every}
    # What has the words inside of others (人“民政”府) is shown where nothing fits better.
    worst = _WITHIN if min(fits.values(), default=_NOT) == _WITHIN else _AT_A_WORD
    found = sorted((one for one in every if fits[one.pk] <= worst), key=lambda one: fits[one.pk])
    best: dict[tuple[int, int], int] = {}
    above = {one.pk: one.called for one in every if one.depth}
    for organ in found:
        # Under which organ it stands is told where that is not the one on top of all.
        entry = Entry(organ.name, organ_address(organ.code), words=above.get(organ.parent_id or 0, ""))
        groups.setdefault(_group(organ), []).append(entry)
        best.setdefault(_group(organ), fits[organ.pk])
    return {
        "directory_title": _("各机关政府信息公开"),
        "groups": [
            (_group_words(key), groups[key]) for key in sorted(groups, key=lambda key: (best[key], key))
        ],
        "portal_place": "organs",
        "apply_address": reverse("requests:organs"),
        "name_words": words,
        "found_words": _("找到 %(n)s 个机关") % {"n": len(found)} if words else "",
        "is_fictional": any(one.is_fictional for one in every),
        "is_front": not words,
        **({} if words else front.of_installation()),
    }


def _fit(organ: Organ, words: str) -> int:
    """How well what is typed names an organ: its own name best, words inside of its words least of all."""
    asked = words.split()
    names = [one for one in (organ.name, organ.short_name) if one]
    if not asked or "".join(asked) in names:
        return _EXACT
    if not all(any(word in name for name in names) for word in asked):
        return _NOT
    if any(name.startswith("".join(asked)) for name in names):
        return _BEGINS
    at_words = all(any(_stands_at_a_word(word, name) for name in names) for word in asked)
    return _AT_A_WORD if at_words else _WITHIN


def _stands_at_a_word(word: str, name: str) -> bool:
    starts = _word_starts(name) if word in name else frozenset()
    return any(name.startswith(word, start) for start in starts)


@lru_cache(maxsize=20_000)
def _word_starts(name: str) -> frozenset[int]:
    """Where words begin; behind a place's ending too: the dictionary knows few places (区北 | 山镇)."""
    after_places = {match.end() for match in _PLACE_ENDING.finditer(name)}
    return frozenset({one.start for one in segmented(name)} | after_places)


def _group(organ: Organ) -> tuple[int, int]:
    """The level from above, then governments, departments, townships."""
    kind = organ.organ_kind
    rank = 0 if kind in _GOVERNMENTS else 2 if kind in _TOWNSHIPS else 1
    return list(Level).index(Level(organ.level)), rank


def _group_words(key: tuple[int, int]) -> str:
    level = list(Level)[key[0]]
    townships = _("乡镇、街道")
    names = {
        Level.PROVINCE: (_("省级人民政府"), _("省级部门"), _("省级派出机关")),
        Level.PREFECTURE: (_("市级人民政府"), _("市级部门"), _("市级派出机关")),
        Level.COUNTY: (_("县级人民政府"), _("县级部门"), townships),
        Level.TOWNSHIP: (townships, _("乡级其他机构"), townships),
    }
    return names[level][key[1]]
