"""The fields of a request that staff write down or set right, in their groups; the number of a proof."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.forms import BaseForm, BoundField
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongkai.web.config import clock
from gongkai.web.disclosure.views.answering import language
from gongkai.web.requests.asked import number_doubts

REQUEST_GROUPS = {
    gettext_lazy("怎样提出的"): ("channel", "arrived_on", "confirmed_on", "post_number", "is_oral"),
    gettext_lazy("申请人"): (
        "requester_kind", "name", "identity_kind", "identity_number", "representative", "contact_person",
        "agent", "phone", "email", "address", "postcode",
    ),
    gettext_lazy("申请内容"): ("kind", "words", "features", "wanted_form", "reply_ways", "needs_help"),
}  # fmt: skip


def grouped(form: BaseForm, groups: Mapping[Any, Sequence[str]]) -> list[tuple[Any, list[BoundField]]]:
    """The fields of a form in their groups; those that the form does not have are left out."""
    found = [
        (legend, [form[name] for name in names if name in form.fields]) for legend, names in groups.items()
    ]
    return [one for one in found if one[1]]


def number_caution(given: Mapping[str, Any]) -> str:
    """What is to be said of a number of a proof that cannot be one; "" where nothing is."""
    kind, number = (str(given.get(name) or "") for name in ("identity_kind", "identity_number"))
    doubts = number_doubts(kind, number, clock.today())
    return doubts[0].message(language()) if doubts else ""


def warn_of_number(form: BaseForm, given: Mapping[str, Any]) -> bool:
    """Say at its field what is amiss with the number of a proof. Gives whether it has still to be ticked that
    it was compared with the paper, where the form asks for it: what a letter says is taken all the same."""
    caution = number_caution(given)
    if not caution:
        form.fields.pop("number_seen", None)
        return False
    if "identity_number" in form.fields:
        form.fields["identity_number"].help_text = format_html('<strong class="caution">{}</strong>', caution)
    if "number_seen" not in form.fields or given.get("number_seen"):
        return False
    if form.is_bound:
        form.add_error("number_seen", _("证件号码可能录错：请对照来件核对，改正，或者勾选这一项。"))
    return True
