"""What goes out with a decision, for those who approve it and for those who look it up later: the files, what
third parties said, the letter as far as it is written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from gongkai.statute.letters import facts
from gongkai.statute.outcomes import Opinion
from gongkai.web.disclosure.models import Result
from gongkai.web.disclosure.views.answering import language
from gongkai.web.look.pieces import Finding
from gongkai.web.requests.actions.deciding import content_seen
from gongkai.web.requests.actions.lettering import differences_to_decision
from gongkai.web.requests.decision_facts import third_parties_of
from gongkai.web.requests.forms.parties import OPINIONS
from gongkai.web.requests.given_out import OWN_WORDS, files_given, gives, is_beyond_approval, lacks_files
from gongkai.web.requests.models import Approval, Case, Decision, DecisionStage, Letter
from gongkai.web.requests.sealed import Opener, opener_of
from gongkai.web.requests.views.letter_words import kind_words, letter_state
from gongkai.web.requests.views.working import address


def going_out(decision: Decision, approvals: Sequence[Approval]) -> dict[str, Any]:
    """For requests/decisions/going_out.html. 2 queries, none where the case has them."""
    return {
        "files": _files(decision, approvals),
        "gives_files": gives(str(decision.outcome), str(decision.basis)),
        "opinions": _opinions(decision),
        "files_address": address("released", decision.case.pk),
    }


def letters_of(letters: Sequence[Letter]) -> list[dict[str, Any]]:
    """The letters written from a decision, to be read before they go out. No query but their services'."""
    return [
        {
            "words": kind_words(one.kind),
            "number": one.number,
            "state": letter_state(one),
            "address": address("letter", one.case_id, one.pk),
        }
        for one in letters
    ]


def _files(decision: Decision, approvals: Sequence[Approval]) -> list[dict[str, Any]]:
    case, opener = decision.case, opener_of(decision.case)
    approved = _approved(decision, approvals)
    return [
        {
            "name": opener.open(one, "name"),
            "size": one.size,
            "address": address("file", case.pk, one.pk),
            "is_later": approved is not None and one.pk not in approved,
        }
        for one in files_given(case)
    ]


def _approved(decision: Decision, approvals: Sequence[Approval]) -> set[int] | None:
    """The files that the last who approved it saw; None while it is not made, or where that was not kept."""
    passed = [one for one in approvals if one.round == decision.round and one.result == Result.PASSED]
    if decision.stage != DecisionStage.MADE or not passed:
        return None
    last = passed[-1]
    last.decision = decision
    seen = content_seen(last) or {}
    return {one["file"] for one in seen["files"]} if "files" in seen else None


def _opinions(decision: Decision) -> list[dict[str, str]]:
    """What each third party said (REG.32). By its label: who it is stands on its own page."""
    opener = opener_of(decision.case)
    return [
        {
            "label": str(one.label),
            "opinion": str(OPINIONS.get(Opinion(one.opinion), "")) if one.opinion else _("尚未答复"),
            "words": opener.open(one, "opinion_words"),
            "address": address("party", decision.case.pk, one.pk),
        }
        for one in third_parties_of(decision.case)
    ]


def difference_pieces(letter: Letter, opener: Opener) -> list[Finding]:
    """That a reply says something else than its decision, for whoever issues it. No query."""
    differing = difference_words(letter, opener)
    if not differing:
        return []
    if letter.decision is not None and letter.decision.stage == DecisionStage.MADE:
        words = _("与审批通过的决定不同，没有人审批过：%(what)s。请改回，或者拟写更正答复送审。")
    else:
        words = _("与决定的草稿不同：%(what)s。请在决定中一并修改，再送审。")
    return [Finding("warning", words % {"what": differing})]


def difference_words(letter: Letter, opener: Opener) -> str:
    """In what a reply differs from its decision, in words; "" where it does not. No query."""
    english, known = language() == "en", facts()
    told = [
        _("正文（改写过）") if code == OWN_WORDS else known[code].en if english else known[code].zh
        for code in differences_to_decision(letter, opener)
    ]
    return (", " if english else "、").join(told)


def unsent_files(row: Letter) -> list[Finding]:
    """That a reply hands information over, and no file is named to go with it. 1 query."""
    if row.decision is None or row.kind != "reply":
        return []
    row.decision.case = row.case
    if not lacks_files(row.decision, files_given(row.case)):
        return []
    words = _(
        "答复书说提供信息，但没有列入要提供的文件：申请人将只收到答复书。请先在“随答复提供的文件”中加入；"
        "另附纸质件的，请确认已经备好。"
    )
    return [Finding("warning", words, address=address("released", row.case_id))]


def beyond_approval(case: Case) -> list[str]:
    """What is said where those who approve would not see the change. 1 query."""
    if not is_beyond_approval(case):
        return []
    return [
        _(
            "决定已经送审，审批的人看到的不是这样：须写明为什么现在改动，记入操作记录；还在审批的，也可以先撤回再改。"
        )
    ]
