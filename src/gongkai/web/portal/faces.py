"""What every page of an organ shows around its content."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from gongkai.statute.catalogue import categories
from gongkai.web.look.pieces import Tab
from gongkai.web.organs.models import Organ
from gongkai.web.organs.views_public import emblem_address, style_address
from gongkai.web.portal.addresses import organ_address
from gongkai.web.portal.filters import COLUMNS, CONTENT, REPORTS, Place, column_name

# Where anybody can look a site's numbers up: the registers of the two ministries.
_ICP, _POLICE = "https://beian.miit.gov.cn/", "https://beian.mps.gov.cn/"
# 区 of 区人民政府: the top line names the place, not the office.
_GOVERNMENT = "人民政府"


def face(organ: Organ, portal_place: str = "organ") -> dict[str, Any]:
    """The context of portal/base.html for an organ. No query: the organ comes with the one above it."""
    home = organ_address(organ.code)
    return {
        "organ": organ,
        "city": _city(organ),
        "home_address": home,
        "style_address": style_address(organ),
        "emblem_address": emblem_address(organ),
        "portal_place": portal_place,
        "apply_address": reverse("requests:start", args=[organ.code]),
        "status_address": reverse("requests:lookup", args=[organ.code]),
        "reports_address": f"{home}{Place(REPORTS).query}",
        "consultations_address": reverse("participation:consultations", args=[organ.code]),
        **_site(organ),
        "subscribe_address": f"{reverse('subscriptions:subscribe')}?organ={organ.code}",
    }


def _site(organ: Organ) -> dict[str, Any]:
    """What the foot tells of the site and of where to complain (REG.47): of the organ, else of the one above,
    which runs the site that both stand on."""
    organs = [organ, *([organ.parent] if organ.parent is not None else [])]
    complaints = next((one for one in organs if one.complaint_telephone or one.complaint_address), organ)
    told = (complaints.complaint_telephone, complaints.complaint_address)
    site = next((one for one in organs if one.site_code or one.icp_number or one.police_number), organ)
    numbers = (
        (_("ICP备案号"), site.icp_number, _ICP),
        (_("公安联网备案号"), site.police_number, _POLICE),
    )
    return {
        "complaint_words": "，".join(one for one in told if one),
        "site_code": site.site_code,
        # An invented number is in no register.
        "site_numbers": [
            (called, words, "" if organ.is_fictional else at) for called, words, at in numbers if words
        ],
    }


def crumbs(organ: Organ, *below: Tab) -> list[Tab]:
    """Where the reader is, from the directory down."""
    home = Tab(organ.called, organ_address(organ.code), is_current=not below, lang="zh-Hans")
    return [Tab(_("各机关"), reverse("portal:organs")), home, *below]


def columns(organ: Organ, place: Place | None, lang: str) -> list[Tab]:
    """The four columns (PLT.3), and beneath the third the items of REG.20 and 21 that bind the organ.

    Without numbers behind them: counting a catalogue of a million takes longer than reading a page of it.
    """
    home = organ_address(organ.code)
    here = place.column if place else ""
    category = place.category if place else None
    bound = categories(organ.organ_kind, level=organ.statute_level)
    items = [
        Tab(one.short(lang), f"{home}{Place(CONTENT, one).query}", is_current=one == category)
        for one in bound
    ]
    return [
        Tab(
            column_name(column),
            f"{home}{Place(column).query}",
            is_current=column == here and category is None,
            items=items if column == CONTENT else (),
        )
        for column in COLUMNS
    ]


def _city(organ: Organ) -> str:
    """The place: that of the organ above, if it is still one, or the organ's own."""
    above = organ.parent
    named = above if above is not None and above.is_active else organ
    return named.called.removesuffix(_GOVERNMENT)
