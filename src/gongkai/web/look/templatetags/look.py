"""Tags of the pieces: states, days left, dates, fields. README.md beside this app lists them all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.template import RequestContext
from django.utils import formats, timezone
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gongkai.web.look.fields import ShownField, problems, shown_field
from gongkai.web.look.pieces import Action, Problem
from gongkai.web.look.states import State
from gongkai.web.look.states import state as known_state
from gongkai.wording.differences import Piece

register = template.Library()

# From this many days on the square warns: the last three of a period.
PRESSING_DAYS = 3


@register.simple_tag(name="state")
def state_tag(code: str | State, words: str = "") -> SafeString:
    """A state as a tag: shape and words. `code`: of states.py, or a State; `words` replaces its words."""
    one = code if isinstance(code, State) else known_state(str(code or ""), str(words or ""))
    return format_html(
        '<span class="state state-{}"><span class="state-mark mark-{}" aria-hidden="true"></span>{}</span>',
        one.tone,
        one.shape,
        one.words,
    )


@register.filter
def not_now(actions: Iterable[Action]) -> list[Action]:
    """Those that cannot be done now."""
    return [one for one in actions if one.reason]


@register.simple_tag
def days_square(days: int | None, in_working_days: bool = False) -> SafeString:
    """The square of days left: `12`, `3`, `逾期2`; nothing for None. Read aloud it is a sentence."""
    if days is None:
        return format_html('<span class="days days-none" title="{}">—</span>', _("没有期限"))
    return square_of_days(days, working_days_in_words(days) if in_working_days else _in_words(days))


def square_of_days(days: int, in_words: str) -> SafeString:
    """The square of so many days; `in_words`: what is read aloud."""
    late = days < 0
    tone = "late" if late else "pressing" if days <= PRESSING_DAYS else "calm"
    return format_html(
        '<span class="days days-{}"><span aria-hidden="true">{}<b>{}</b></span>'
        '<span class="govuk-visually-hidden">{}</span></span>',
        tone,
        format_html("<small>{}</small>", _("逾期")) if late else "",
        format_html("<small>{}</small>", _("今天")) if days == 0 else abs(days),
        in_words,
    )


@register.simple_tag
def days_tag(days: int | None, in_working_days: bool = False) -> SafeString | str:
    """The same in a line of text: `剩3天`, `今天到期`, `逾期2天`."""
    if days is None:
        return ""
    words = working_days_in_words(days) if in_working_days else _in_words(days)
    if days < 0:
        return state_tag(State(words, "cross", "bad"))
    if days <= PRESSING_DAYS:
        return state_tag(State(words, "square", "warn"))
    return state_tag(State(words, "hollow", "plain"))


def working_days_in_words(days: int) -> str:
    """Working days left in a sentence."""
    if days == 0:
        return _("今天到期")
    if days < 0:
        return ngettext("逾期 %(n)s 个工作日", "逾期 %(n)s 个工作日", -days) % {"n": -days}
    return ngettext("还剩 %(n)s 个工作日", "还剩 %(n)s 个工作日", days) % {"n": days}


def _in_words(days: int) -> str:
    if days == 0:
        return _("今天到期")
    if days < 0:
        return ngettext("逾期%(n)s天", "逾期%(n)s天", -days) % {"n": -days}
    return ngettext("剩%(n)s天", "剩%(n)s天", days) % {"n": days}


@register.simple_tag
def difference_piece(piece: Piece) -> SafeString | str:
    """A piece of wording.differences as `del`, `ins` or text. Line ends stay outside the marks; one that was
    itself added or removed is shown as ¶."""
    tag = {"removed": "del", "added": "ins"}.get(piece.kind)
    if tag is None:
        return escape(piece.text)
    words = piece.text.rstrip("\n")
    ends = piece.text[len(words) :]
    return format_html("<{0}>{1}</{0}>{2}", SafeString(tag), words or "¶" * len(ends), ends)


@register.filter
def day(value: dt.date | dt.datetime | None) -> SafeString | str:
    """A day in words: 2026年3月5日. An aware moment is taken in the local time of the site."""
    found = _as_day(value)
    if found is None:
        return ""
    written = formats.date_format(found, _("Y年n月j日"))
    return format_html('<time datetime="{}">{}</time>', found.isoformat(), written)


@register.filter
def short_day(value: dt.date | dt.datetime | None) -> SafeString | str:
    """A day for tables: 2026-03-05."""
    found = _as_day(value)
    return "" if found is None else format_html('<time datetime="{0}">{0}</time>', found.isoformat())


@register.filter
def moment(value: dt.datetime | dt.date | None) -> SafeString | str:
    """A day with the time, if there is one: 2026-03-05 14:20."""
    if not isinstance(value, dt.datetime):
        return short_day(value)
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return format_html(
        '<time datetime="{}">{}</time>', local.isoformat(timespec="minutes"), local.strftime("%Y-%m-%d %H:%M")
    )


def _as_day(value: dt.date | dt.datetime | None) -> dt.date | None:
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value if isinstance(value, dt.date) else None


@register.inclusion_tag("look/field.html")
def field(bound: BoundField, **options: Any) -> dict[str, Any]:
    """A field of a form. `plain=True`: without the word for optional fields; `strong=True`: a bold label."""
    shown: ShownField = shown_field(bound)
    return {"field": shown, **options}


@register.inclusion_tag("look/error_summary.html")
def error_summary(form: BaseForm | None = None, extra: list[Problem] | None = None) -> dict[str, Any]:
    """The errors of a form (and `extra` ones) at the top of a page; nothing when there are none."""
    return {"problems": [*(extra or []), *(problems(form) if form is not None and form.is_bound else [])]}


@register.simple_tag(takes_context=True)
def kept_fields(context: RequestContext, *own: str | BaseForm) -> SafeString:
    """What the address says beside a form's `own` fields, as hidden fields: a GET form loses nothing."""
    names = {"before", "after", "lang"}
    for one in own:
        names |= {bound.html_name for bound in one} if isinstance(one, BaseForm) else {one}
    asked = context.request.GET.lists()
    kept = [(name, value) for name, values in asked if name not in names for value in values]
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', kept)
