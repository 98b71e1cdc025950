"""What a requester said and was told, read back: the request, what was sent later, the notice, the reply.

Nothing of it names anybody but by the requester's own words. Once the personal data is destroyed it is empty.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from gongkai.statute.articles import article
from gongkai.statute.clock.explaining import day_en, day_zh
from gongkai.statute.letters import Value
from gongkai.web.organs.errors import WorkError
from gongkai.web.requests.actions.lettering import read_letter
from gongkai.web.requests.given_out import ON_SITE, gives
from gongkai.web.requests.models import CaseFile, FileKind, Letter
from gongkai.web.requests.queries.citizens import Lapse, LastDays, OwnCase
from gongkai.web.requests.sealed import Destroyed, Opener, Unreadable, opener_of
from gongkai.web.requests.words_en import reply_words as ways_words
from gongkai.web.requests.words_en import wanted_words

_TEXT, _MOST_BYTES = "text/plain", 100_000
_WAYS_TO_IT = ("way", "route", "time")  # of statute.letters: how what is told of can be had
_STOPS = "。；;，,.、 "


def read_back(own: OwnCase) -> dict[str, Any]:
    """The parts of status.html that are opened with the case's key. No query; a file read a text."""
    try:
        opener = opener_of(own.case)
    except Destroyed:
        return {}
    case = own.case
    return {
        "said": {
            "words": opener.open(case, "words"),
            "features": opener.open(case, "features"),
            "wanted": wanted_words(str(case.wanted_form)),
            "ways": ways_words(case.reply_ways),
        },
        "supplements": _sent(own.sent, FileKind.SUPPLEMENT, opener),
        "proofs": _sent(own.sent, FileKind.PAYMENT, opener) if own.has_answered_fee else [],
        "files": [
            {"uid": str(one.uid), "name": opener.open(one, "name"), "size": one.size} for one in own.files
        ],
        "notice": _notice(own, opener),
        "reach": _reach(own, opener),
    }


def _sent(rows: Iterable[CaseFile], kind: FileKind, opener: Opener) -> list[dict[str, Any]]:
    """What was sent: the words themselves, files by their names."""
    return [
        {
            "at": one.added_at,
            "name": opener.open(one, "name"),
            "words": _words_in(one, opener),
        }
        for one in rows
        if one.kind == kind
    ]


def _words_in(one: CaseFile, opener: Opener) -> str:
    """What a text says; "" for other files, and for one that cannot be read: its name is told."""
    if not str(one.media_type).startswith(_TEXT) or one.size > _MOST_BYTES:
        return ""
    try:
        return opener.open_file(one).decode("utf-8", "replace")
    except (WorkError, Unreadable):
        return ""


def _notice(own: OwnCase, opener: Opener) -> tuple[str, ...]:
    """The points that the notice asks to be supplemented, each of which stands in it (REG.30); () where none
    was served yet."""
    served = [one for one in own.letters if one.kind == "supplement-notice"]
    points = read_letter(served[-1], opener)[1].get("points") if served else ()
    return points if isinstance(points, tuple) else ()


def _reach(own: OwnCase, opener: Opener) -> dict[str, Any] | None:
    """How what the reply gives comes to its requester, where there is no file to download here."""
    decision = own.decision
    if decision is None or own.files:
        return None
    reply = next((one for one in reversed(own.letters) if one.decision_id == decision.pk), None)
    how = _ways_told(reply, opener) if reply is not None else []
    handed_over = gives(str(decision.outcome), str(decision.basis))
    if not how and not handed_over:
        return None
    return {"how": how, "handed_over": handed_over, "on_site": own.case.wanted_form == ON_SITE}


def _ways_told(reply: Letter, opener: Opener) -> list[str]:
    """How it can be had, as the reply says it."""
    text, values, _online = read_letter(reply, opener)
    told = [_plain(values.get(name)) for name in _WAYS_TO_IT]
    return [one for one in dict.fromkeys(told) if one and _stands(one, text.text)]


def _plain(value: Value | None) -> str:
    return str(value).strip() if isinstance(value, str) else ""


def _stands(words: str, text: str) -> bool:
    """Whether a letter says the words, whatever stop it ends them with."""
    return words.strip().rstrip(_STOPS) in text


def remedies_explained(last: LastDays, lang: str) -> list[str]:
    """How the last days came about, line by line with the article."""
    one_day = day_en if lang == "en" else day_zh
    lines = [
        _("答复于%(day)s送达，当日不计，期限从次日起算（%(article)s）。")
        % {"day": one_day(last.reached), "article": _article("CPL.85.2", lang)}
    ]
    lines += _lapse_lines(_("申请行政复议"), last.reconsider, lang)
    if last.sue is not None:
        lines += _lapse_lines(_("直接起诉"), last.sue, lang)
    return lines


def _lapse_lines(what: str, lapse: Lapse, lang: str) -> list[str]:
    one_day = day_en if lang == "en" else day_zh
    facts = {
        "what": what,
        "period": lapse.period.en if lang == "en" else lapse.period.zh,
        "over": one_day(lapse.over),
        "last": one_day(lapse.last),
        "article": _article(lapse.period.rule, lang),
    }
    lines = [_("%(what)s的期限是%(period)s，到%(over)s届满（%(article)s）。") % facts]
    if lapse.last != lapse.over:
        facts["article"] = _article("CPL.85.3", lang)
        lines.append(_("%(over)s放假，顺延到其后的第一个工作日：最后一日是%(last)s（%(article)s）。") % facts)
    return lines


def _article(rule: str, lang: str) -> str:
    found = article(rule)
    return found.en if lang == "en" else found.zh
