"""A line of a case's log in words: the action, and which step, letter, party or result it was about."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from gongkai.statute.errors import StatuteError
from gongkai.statute.outcomes import Opinion
from gongkai.web.audit.models import Entry
from gongkai.web.disclosure.models import Result
from gongkai.web.disclosure.words import step_words
from gongkai.web.requests.forms.parties import OPINIONS
from gongkai.web.requests.models import FileKind, NoteKind
from gongkai.web.requests.views.case_words import kind_words, outcome_words
from gongkai.web.requests.views.letter_words import kind_words as letter_words
from gongkai.web.requests.words import ACTION_WORDS
from gongkai.web.requests.words_en import served_words


def entry_words(entry: Entry) -> str:
    """What was done, as a line of the log tells it. No query."""
    words = str(ACTION_WORDS.get(entry.action, entry.action))
    about = _ABOUT.get(entry.action.removeprefix("requests."))
    if about is None:
        return words
    try:
        told = about(entry.after)
    except (ValueError, KeyError, StatuteError):  # of an older kind, which is called otherwise now
        return words
    return _("%(action)s：%(about)s") % {"action": words, "about": told} if told else words


def _step(after: Mapping[str, Any]) -> str:
    if "approval" in after:
        return _("“%(step)s”环节已经办理") % {"step": step_words(after["approval"])}
    return _with_day(kind_words(after["step"]), after["on"])


def _approved(after: Mapping[str, Any]) -> str:
    result = _("通过") if after["result"] == Result.PASSED else _("退回")
    return _("%(step)s，%(result)s") % {"step": step_words(after["step"]), "result": result}


def _service(after: Mapping[str, Any]) -> str:
    """Sent, arrived, come back, or papers that prove it."""
    if "way" in after:
        told = _("送出，%(way)s") % {"way": served_words(after["way"])}
    elif "reached_on" in after:
        told = _("对方签收")
    elif "returned_on" in after:
        told = _("退回")
    else:
        told = _("加入送达凭证")
    on = after.get("on") or after.get("reached_on") or after.get("returned_on") or ""
    return " ".join(filter(None, (str(after.get("letter") or ""), _with_day(told, on))))


def _letter(after: Mapping[str, Any]) -> str:
    return f"{letter_words(after['kind'])} {after.get('number') or ''}".strip()


def _opinion(after: Mapping[str, Any]) -> str:
    if "told" in after:
        return _with_day(_("已书面告知第三方"), after["told"])
    return _("%(party)s，%(opinion)s") % {
        "party": after["party"],
        "opinion": OPINIONS[Opinion(after["opinion"])],
    }


def _fee(after: Mapping[str, Any]) -> str:
    if "paid" in after:
        facts = {"paid": after["paid"], "of": after["of"]}
        return _with_day(_("已缴 %(paid)s 元，应缴 %(of)s 元") % facts, after["on"])
    if "amount" in after:
        return _("应缴 %(amount)s 元") % {"amount": after["amount"]}
    return _with_day(_("收费通知送出"), after["notified_on"])


def _with_day(words: str, on: Any) -> str:
    return _("%(what)s（%(on)s）") % {"what": words, "on": on} if on else words


def _file(after: Mapping[str, Any]) -> str:
    return str(FileKind(after["kind"]).label)


_ABOUT: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "stepped": _step,
    "voided": _step,
    "approval_decided": _approved,
    "decision_made": lambda after: outcome_words(after["outcome"]),
    "service_recorded": _service,
    "letter_drafted": _letter,
    "letter_issued": _letter,
    "mail_failed": lambda after: str(after["letter"]),
    "party_added": lambda after: str(after["party"]),
    "opinion_recorded": _opinion,
    "fee_noted": _fee,
    "file_added": _file,
    "file_seen": _file,
    "file_released": _file,
    "noted": lambda after: str(NoteKind(after["kind"]).label),
    "merged": lambda after: str(after["into"]),
    "split": lambda after: _("、").join(after["parts"]),
}
