"""A consultation's opinions in figures."""

from __future__ import annotations

from django.utils.translation import gettext as _

from gongkai.web.disclosure.views.answering import language
from gongkai.web.look.pieces import Count
from gongkai.web.participation.settled import adoptions, opinion_channels


def adoption_counts(counts: dict[str, int]) -> list[Count]:
    """What became of the opinions."""
    total = sum(counts.values())
    words = {"": _("尚未处理"), **{one.code: one.words(language()) for one in adoptions()}}
    return [Count(said, counts[code], total or None) for code, said in words.items() if counts.get(code)]


def channel_counts(counts: dict[str, int]) -> list[Count]:
    """By which way they came."""
    total = sum(counts.values())
    return [
        Count(way.words(language()), counts[way.code], total or None)
        for way in opinion_channels()
        if counts.get(way.code)
    ]
