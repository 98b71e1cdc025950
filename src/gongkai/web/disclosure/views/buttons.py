"""The steps of a record as buttons, each leading to its page; the links with their undoing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gongkai.web.disclosure.links_in_vain import ACTING, acting_kept
from gongkai.web.disclosure.models import Gate, GateKind, Link, Record
from gongkai.web.disclosure.models.gates import GateResult
from gongkai.web.disclosure.models.records import REVERSED, LinkKind
from gongkai.web.disclosure.next_steps import GATE_RESULTS, GATE_WORDS, Offer, Standing, offered
from gongkai.web.disclosure.permissions import may_link
from gongkai.web.disclosure.views import showing
from gongkai.web.look.pieces import Action
from gongkai.web.organs.models import Staff

# Steps that are asked about on a page of their own go there; the page of each has the step's name.
_PAGES = {
    "edit": "edit",
    "submit": "submit",
    "publish": "publish",
    "schedule": "schedule",
    "take_back": "take_back",
    "amend": "amend",
    "correct": "correct",
    "withdraw": "withdraw",
    "repeal": "repeal",
    "undo_repeal": "undo_repeal",
    "open_gate": "open_gate",
    "link": "link",
    "abandon": "abandon",
}
_MAIN = ("review", "publish", "submit", "edit")
_DANGER = frozenset({"withdraw", "abandon"})


def next_actions(standing: Standing, staff: Staff) -> list[Action]:
    """What can be done, then in grey what cannot; the most likely one is the main button."""
    offers = list(offered(standing, staff))
    can = [one.code for one in offers if one.can_be_taken]
    main = next((code for code in _MAIN if code in can), "")
    return [_action(one, standing, one.code == main) for one in offers]


def _action(offer: Offer, standing: Standing, is_main: bool) -> Action:
    style = "danger" if offer.code in _DANGER else "main" if is_main else "second"
    address = ""
    if offer.can_be_taken:
        if offer.code == "review" and standing.review is not None:
            address = reverse("disclosure:review", args=(standing.review.pk,))
        elif offer.code != "review":
            address = reverse(f"disclosure:{_PAGES[offer.code]}", args=(standing.record.pk,))
    return Action(str(offer.words), address, style=style, reason=offer.reason)  # type: ignore[arg-type]


_LINK_WORDS = {
    LinkKind.INTERPRETS.value: _("解读"),
    LinkKind.AMENDS.value: _("修改"),
    LinkKind.REPEALS.value: _("废止"),
    LinkKind.RELATED.value: _("相关"),
}
_REVERSED_WORDS = {
    LinkKind.INTERPRETS.value: _("解读材料"),
    LinkKind.AMENDS.value: _("被修改"),
    LinkKind.REPEALS.value: _("被废止"),
    LinkKind.RELATED.value: _("相关"),
}
assert set(_REVERSED_WORDS) == {kind.value for kind in REVERSED}


def links_shown(
    links: Sequence[Link], record: Record, staff: Staff, repealed: Sequence[Record] = ()
) -> list[dict[str, Any]]:
    """The records joined with this one: how, which, where, in what state, where the link is undone.

    `repealed`: marked as repealed by this one; the other way round the record itself names it.
    """
    shown = []
    for one in links:
        is_own = one.source_id == record.pk
        other = one.target if is_own else one.source
        undo = ""
        if is_own and may_link(staff, record) and _can_be_undone(one, record):
            undo = reverse("disclosure:unlink", args=(record.pk, one.pk))
        shown.append(_joined((_LINK_WORDS if is_own else _REVERSED_WORDS)[one.kind], other, undo))
    shown += [_joined(_LINK_WORDS[LinkKind.REPEALS.value], one) for one in repealed]
    by = record.repealed_by
    if by is not None and not any(
        one.kind == LinkKind.REPEALS and one.source_id == by.pk and one.target_id == record.pk
        for one in links
    ):
        shown.append(_joined(_REVERSED_WORDS[LinkKind.REPEALS.value], by))
    return shown


def _joined(words: Any, other: Record, undo: str = "") -> dict[str, Any]:
    return {
        "words": words,
        "title": other.title,
        "document_number": other.document_number,
        "address": reverse("disclosure:record", args=(other.pk,)),
        "state": showing.state_of(other),
        "undo": undo,
    }


def _can_be_undone(link: Link, record: Record) -> bool:
    return link.kind not in ACTING or acting_kept(link.kind, record, link.target) is None


_GATE_TONES = {GateResult.AGREED.value: "done", GateResult.REFUSED.value: "error"}


def gates_shown(gates: Sequence[Gate]) -> list[dict[str, Any]]:
    """Consultations and approvals: `gate`, its kind and its result in words, its state's code."""
    return [
        {
            "gate": one,
            "kind": GATE_WORDS[GateKind(one.kind)],
            "state": _GATE_TONES.get(one.result, "not_due"),
            "result": GATE_RESULTS[GateResult(one.result)] if one.result else "",
        }
        for one in gates
    ]
