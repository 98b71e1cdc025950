"""Which letters make sense for a case now, and why the others do not."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import gettext as _

from gongkai.statute.clock import EventKind
from gongkai.statute.letters import kinds
from gongkai.statute.outcomes import Opinion
from gongkai.web.requests.actions.serving import SENDING
from gongkai.web.requests.models import REPLIES, Case, DecisionStage, Kind, PartyKind
from gongkai.web.requests.occasions import Reason
from gongkai.web.requests.steps import offers

TO_PARTIES = {
    "third-party-consultation": PartyKind.THIRD_PARTY,
    "consultation-confirmation": PartyKind.THIRD_PARTY,
    "third-party-told": PartyKind.THIRD_PARTY,
    "co-maker-consultation": PartyKind.CO_MAKER,
    "organ-consultation": PartyKind.ORGAN,
}


class LetterOffer(NamedTuple):
    """A kind of letter. `why_not`: in words, "" if it makes sense now; `reason`: the law's."""

    kind: str
    why_not: str = ""
    reason: Reason | None = None

    @property
    def makes_sense(self) -> bool:
        return not self.why_not and self.reason is None


def letters_offered(case: Case) -> list[LetterOffer]:
    """Every letter, those that make sense first, in the order of the work. 5 queries."""
    lawful = {one.kind: one for one in offers(case)}
    parties = list(case.parties.values_list("kind", "opinion"))
    decided = list(case.decisions.exclude(stage=DecisionStage.ABANDONED).values_list("stage", flat=True))
    found = []
    for code, kind in kinds().items():
        if kind.form != "letter":
            continue
        why = _why_not(code, case, parties, decided)
        event = SENDING.get(code)
        # The reply is served however late: what stands against it is told when it is sent.
        offer = lawful.get(event) if event and event is not EventKind.SERVED else None
        against = offer.against[0] if offer is not None and offer.against else None
        found.append(LetterOffer(code, why, against))
    return sorted(found, key=lambda one: not one.makes_sense)


def _why_not(code: str, case: Case, parties: list[tuple[str, str]], decided: list[str]) -> str:
    if case.received_on is None:
        return _("尚未确认收到申请之日。")
    wanted = TO_PARTIES.get(code)
    if wanted is not None and not any(kind == wanted for kind, _opinion in parties):
        return _("还没有登记%(who)s。") % {"who": wanted.label}
    if code == "third-party-told" and not _overridden(parties):
        return _("第三方没有同意而机关决定公开的，才另行书面告知（《条例》第三十二条）。")
    if code == "consultation-told" and not any(kind == PartyKind.THIRD_PARTY for kind, _o in parties):
        return _("没有征求第三方意见。")
    if code == "fee-notice" and getattr(case, "fee", None) is None:
        return _("还没有核算信息处理费。")
    if code == "correction-reply" and case.kind != Kind.CORRECTION:
        return _("这不是要求更正信息记录的申请。")
    if code in REPLIES and not decided:
        return _("还没有拟写决定。")
    if code == "reasons-notice" and case.is_closed:
        return _("申请已经办结。")
    return ""


def _overridden(parties: list[tuple[str, str]]) -> bool:
    return any(
        kind == PartyKind.THIRD_PARTY and opinion not in ("", Opinion.CONSENTED.value)
        for kind, opinion in parties
    )
