"""The directory of organs: who publishes here."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongkai.statute.remedies import OrganKind
from gongkai.web.look.pieces import Entry
from gongkai.web.organs.models import Level, Organ
from gongkai.web.organs.queries import tree
from gongkai.web.portal.addresses import organ_address
from gongkai.web.portal.answering import page
from gongkai.web.portal.filters import words_asked

_GOVERNMENTS = frozenset({OrganKind.GOVERNMENT, OrganKind.PROVINCIAL_GOVERNMENT})
_TOWNSHIPS = frozenset({OrganKind.TOWNSHIP_GOVERNMENT, OrganKind.DISPATCHED_OFFICE})


@require_safe
def organs(request: HttpRequest) -> HttpResponse:
    """All open organs by level, each level's governments before its departments. 1 query."""
    words = words_asked(request.GET)
    groups: dict[tuple[int, int], list[Entry]] = {}
    every = tree()
    found = [one for one in every if _is_called(one, words)]
    above = {one.pk: one.called for one in every if one.depth}
    for organ in found:
        # Under which organ it stands is told where that is not the one on top of all.
        entry = Entry(organ.name, organ_address(organ.code), words=above.get(organ.parent_id or 0, ""))
        groups.setdefault(_group(organ), []).append(entry)
    context = {
        "directory_title": _("各机关政府信息公开"),
        "groups": [(_group_words(key), groups[key]) for key in sorted(groups)],
        "portal_place": "organs",
        "search_words": words,
        "found_words": _("找到 %(n)s 个机关") % {"n": len(found)} if words else "",
        "is_fictional": any(one.is_fictional for one in every),
    }
    return page(request, "portal/organs.html", context)


def _is_called(organ: Organ, words: str) -> bool:
    return all(word in organ.name or word in organ.short_name for word in words.split())


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
