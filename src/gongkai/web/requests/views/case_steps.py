"""What can be done with a case now, as buttons; what cannot, in grey with the reason and its article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from gongkai.statute.clock import EventKind
from gongkai.web.look.pieces import Action
from gongkai.web.organs.models import Staff
from gongkai.web.requests.models import Case, DecisionStage, Stands
from gongkai.web.requests.permissions import may_read, may_register, may_work
from gongkai.web.requests.queries.case_page import CasePage, letters_to_serve_again
from gongkai.web.requests.steps import Offer
from gongkai.web.requests.views import case_words
from gongkai.web.requests.views.letter_words import kind_words
from gongkai.web.requests.views.stepping import BY_LETTER, HERE, may_step
from gongkai.web.requests.views.working import address, reason_words

_LETTERS = {
    EventKind.SUPPLEMENT_ASKED: "supplement-notice",
    EventKind.EXTENSION_NOTIFIED: "extension-notice",
    EventKind.LATER_DATE_AGREED: "later-date-notice",
}
_PARTIES = frozenset(
    one for one in EventKind if one.value.startswith(("third-party-", "co-maker-", "organ-"))
)
_FEES = frozenset({EventKind.FEE_NOTIFIED, EventKind.FEE_PAID})
_DANGER = frozenset({EventKind.WITHDRAWN, EventKind.SUPPLEMENT_LAPSED, EventKind.FEE_LAPSED})
# What is waited for comes first: it is why somebody opens the page.
_MAIN_OF = {
    Stands.AWAITING_SUPPLEMENT: EventKind.SUPPLEMENT_RECEIVED,
    Stands.AWAITING_PAYMENT: EventKind.FEE_PAID,
}
_MERGED_INTO_ONE = 3  # so many steps without an occasion are told in one line


def next_steps(page: CasePage, staff: Staff) -> list[Action]:
    """The steps for this person: a letter that came back first, then what is lawful now, then what is not.
    Nothing for who only reads."""
    case = page.case
    if case.stands == Stands.UNCONFIRMED and may_register(staff, case):
        confirm = Action(_("确认收到"), address("confirm", case.pk), style="main")
        return [confirm, *_withdrawal(page, staff)]
    if not (may_work(staff, case) or may_read(staff, case)):
        return []
    again = _serving_again(page, staff)
    main = None if again else _MAIN_OF.get(Stands(case.stands))
    lawful = [one for one in page.offers if one.is_lawful]
    grey = [one for one in page.offers if not one.is_lawful]
    steps = [_button(case, one, staff, one.kind is main) for one in lawful]
    deciding = list(_deciding(page, staff, is_main=main is None and not again))
    return [*again, *deciding, *(one for one in steps if one), *_grey(grey)]


def _serving_again(page: CasePage, staff: Staff) -> list[Action]:
    """Letters that came back, each to be sent once more."""
    if not may_work(staff, page.case):
        return []
    found: list[Action] = []
    for letter, service in letters_to_serve_again(page):
        words = _("再次送达：%(letter)s") % {"letter": kind_words(letter.kind)}
        hint = _("%(on)s 退回，待再送达。") % {"on": service.returned_on}
        style: Any = "second" if found else "main"
        found.append(Action(words, address("send", page.case.pk, letter.pk), style=style, hint=hint))
    return found


def tools(page: CasePage, staff: Staff) -> list[Action]:
    """What can be done beside the steps of the law."""
    case = page.case
    found = []
    if may_work(staff, case):
        found.append(Action(_("分办"), address("assign", case.pk)))
        if not case.is_closed:
            found.append(Action(_("交办科室"), address("task_give", case.pk)))
        found.append(Action(_("加入文件"), address("file_add", case.pk)))
        if case.received_on is not None:
            found.append(Action(_("拟写文书"), address("letters", case.pk)))
    found.append(Action(_("写备注"), address("note", case.pk)))
    found.append(Action(_("写法律意见"), address("note", case.pk, kind="legal-opinion")))
    if may_register(staff, case) and not case.is_closed:
        found.append(Action(_("拆分"), address("split", case.pk)))
        found.append(Action(_("合并"), address("merge", case.pk)))
    if may_work(staff, case):
        found += [
            Action(_("补记：%(step)s") % {"step": case_words.kind_words(one.kind)}, _step(case, one.kind))
            for one in page.offers
            if one.is_lawful and one.kind in BY_LETTER and case.received_on is not None
        ]
    found.append(Action(_("案卷标签"), address("label", case.pk)))
    if may_read(staff, case):
        found.append(Action(_("登记表、封面等案卷文书"), address("papers", case.pk)))
    return found


def _withdrawal(page: CasePage, staff: Staff) -> list[Action]:
    found = [one for one in page.offers if one.kind is EventKind.WITHDRAWN and one.is_lawful]
    return [one for offer in found if (one := _button(page.case, offer, staff, False)) is not None]


def _button(case: Case, offer: Offer, staff: Staff, is_main: bool) -> Action | None:
    words = case_words.kind_words(offer.kind)
    if not may_step(offer.kind)(staff, case):
        whose = _("由公开工作机构或者分管领导办理。") if may_work(staff, case) else ""
        return Action(words, reason=whose) if whose else None
    style: Any = "danger" if offer.kind in _DANGER else "main" if is_main else "second"
    hint = "；".join(reason_words(one.zh, one.en, one.rule) for one in offer.cautions)
    return Action(words, _page_of(case, offer.kind), style=style, hint=hint)


def _page_of(case: Case, kind: EventKind) -> str:
    if kind in _LETTERS:
        return address("letter_new", case.pk, _LETTERS[kind])
    if kind in _PARTIES:
        return address("parties", case.pk)
    if kind in _FEES:
        return address("fee", case.pk)
    if kind in HERE:
        return _step(case, kind)
    raise KeyError(kind)


def _step(case: Case, kind: EventKind) -> str:
    return address("step", case.pk, kind.value)


def _deciding(page: CasePage, staff: Staff, *, is_main: bool) -> Iterator[Action]:
    """The decision on its way, and the reply that it becomes."""
    case = page.case
    if case.is_closed and not page.decisions:
        return
    last = page.decisions[-1] if page.decisions else None
    style: Any = "main" if is_main else "second"
    if last is None or last.stage in (DecisionStage.DRAFT, DecisionStage.RETURNED, DecisionStage.ABANDONED):
        if may_work(staff, case) and not case.is_closed:
            words = (
                _("拟写决定") if last is None or last.stage == DecisionStage.ABANDONED else _("继续拟写决定")
            )
            yield Action(words, address("decision", case.pk), style=style)
    elif last.stage == DecisionStage.IN_APPROVAL:
        approval = getattr(last, "open_approval", None)
        if approval is not None:
            yield Action(_("审批决定"), address("approval", approval), style=style)
    elif not case.is_closed and may_work(staff, case):
        yield Action(_("拟写、签发答复书"), address("letters", case.pk), style=style)


def _grey(offers: Sequence[Offer]) -> list[Action]:
    """Not lawful now: steps with the same reason stand in one line."""
    told = [(reason_words(*_first(one)), case_words.kind_words(one.kind)) for one in offers]
    lines = []
    for reason, group in groupby(sorted(told, key=lambda one: one[0]), key=lambda one: one[0]):
        words = [word for _reason, word in group]
        shown = "、".join(words[:_MERGED_INTO_ONE])
        if len(words) > _MERGED_INTO_ONE:
            shown = _("%(steps)s等 %(n)s 步") % {"steps": shown, "n": len(words)}
        lines.append(Action(shown, reason=reason))
    return lines


def _first(offer: Offer) -> tuple[str, str, str]:
    reason = offer.against[0]
    return reason.zh, reason.en, reason.rule
