"""Cases in words: where one stands, the square of days left, channel, outcome, kinds of step."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from gongkai.statute.clock import EventKind
from gongkai.statute.errors import StatuteError
from gongkai.statute.outcomes import outcome
from gongkai.web.disclosure.views.answering import language
from gongkai.web.look.states import State as LookState
from gongkai.web.look.templatetags.look import square_of_days, working_days_in_words
from gongkai.web.requests.models import CLOSED, Case, Stands
from gongkai.web.requests.queries.lists import left_of

_SHAPES = {
    Stands.UNCONFIRMED: ("hollow", "warn"),
    Stands.RUNNING: ("half", "busy"),
    Stands.CONSULTING: ("ring", "busy"),
    Stands.AWAITING_SUPPLEMENT: ("ring", "busy"),
    Stands.AWAITING_PAYMENT: ("ring", "busy"),
    Stands.OVERDUE: ("cross", "bad"),
    Stands.DECIDED: ("half", "good"),
    Stands.SERVED: ("full", "good"),
    Stands.ABANDONED: ("cross", "plain"),
    Stands.WITHDRAWN: ("cross", "plain"),
    Stands.MERGED: ("cross", "plain"),
}
_PAUSED = frozenset({Stands.CONSULTING, Stands.AWAITING_SUPPLEMENT, Stands.AWAITING_PAYMENT})


def state_of(case: Case) -> LookState:
    """Where a case stands, as people call it."""
    stands = Stands(case.stands)
    shape, tone = _SHAPES[stands]
    return LookState(str(stands.label), shape, tone)  # type: ignore[arg-type]


def square(case: Case, days: int | None) -> SafeString:
    """The square of working days left: 12, 3, 逾期2; 暂停, 待确认. Read aloud it is a sentence."""
    if case.stands in CLOSED:
        return format_html('<span class="days days-none" title="{}">—</span>', _("已办结"))
    if case.stands == Stands.UNCONFIRMED:
        return _worded("pressing", _("待确认"), _("尚未确认收到申请之日"))
    if case.stands in _PAUSED or days is None:
        return _worded("calm", _("暂停"), _("期限暂停计算"))
    return square_of_days(days, working_days_in_words(days))


def square_of(case: Case) -> SafeString:
    """The square of a case as it was reckoned. No query."""
    return square(case, left_of(case).days)


def outcome_words(code: str) -> str:
    try:
        found = outcome(code) if code else None
    except StatuteError:
        return code
    return "" if found is None else found.en if language() == "en" else found.zh


def kind_words(kind: EventKind | str) -> str:
    known = EventKind(kind)
    return known.en if language() == "en" else known.zh


def _worded(tone: str, words: str, sentence: str) -> SafeString:
    return format_html(
        '<span class="days days-{} days-worded"><small aria-hidden="true">{}</small>'
        '<span class="govuk-visually-hidden">{}</span></span>',
        tone,
        words,
        sentence,
    )
