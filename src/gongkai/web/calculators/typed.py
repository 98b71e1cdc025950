"""What people type into a calculator: days and numbers as they write them, and what is wrong with them."""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from gongkai.statute.identifiers.half_width import HALF_WIDTH

# 2026-11-21, 2026/11/21, 2026.11.21, 2026年11月21日, 20261121; full-width signs are made half-width first.
_DAY = re.compile(
    r"(\d{4})(?:\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{1,2})|\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日?|(\d\d)(\d\d))",
    re.ASCII,
)
_WHOLE = re.compile(r"\d{1,12}|\d{1,3}(?:,\d{3}){1,3}", re.ASCII)
_NEGATIVE = re.compile(r"[-\N{MINUS SIGN}\N{EN DASH}]\s*\d[\d,]*", re.ASCII)
# Full-width digits, letters and signs, and the blank between Chinese characters. Circled or raised digits
# stay what they are: NFKC would make 631 of 63①. Copies from PDF files hold the radicals ⽇ and ⽉.
_HALF_WIDTH = HALF_WIDTH | {0x3000: 0x20, 0x2F47: ord("日"), 0x2F49: ord("月")}
_SHOWN = 30  # characters of what was typed that a message repeats


class Problem(NamedTuple):
    """Why an answer cannot be given. `field`: the id of the field it stands at, "" for the whole form.
    `label`: what the field is called, for the list of all that is wrong."""

    field: str
    code: str
    text: str
    label: str = ""


class NotTyped(ValueError):
    """What was typed is no day or no number: `code` for machines, `text` in the reader's language."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(code)
        self.code = code
        self.text = text


def today() -> dt.date:
    """The day in Beijing: the law's days are those of China, wherever the machine stands."""
    return timezone.localdate()


def plain(text: str) -> str:
    """Without spaces around it, full-width digits and signs as half-width ones."""
    return text[:1000].translate(_HALF_WIDTH).strip()


def read_day(text: str) -> dt.date:
    """The day that was typed, in any usual way of writing it. NotTyped `not_a_day`, `no_such_day`.

    >>> read_day("２０２６年2月14日"), read_day("2026/2/14") == read_day("20260214")
    (datetime.date(2026, 2, 14), True)
    """
    shown = plain(text)
    found = _DAY.fullmatch(shown)
    if found is None:
        words = _("“%(text)s”不是日期。请写成 2026-11-21 的样子。")
        raise NotTyped("not_a_day", words % {"text": short(shown)})
    year, month, day = (int(part) for part in found.groups() if part)
    try:
        return dt.date(year, month, day)
    except ValueError:
        words = _("没有“%(text)s”这一天。请对照日历核对。")
        raise NotTyped("no_such_day", words % {"text": short(shown)}) from None


def read_whole(text: str) -> int:
    """The whole number that was typed, thousands with or without commas.

    NotTyped `negative_number`; `not_a_number` for points, words, other signs and endless digits.

    >>> read_whole("1,500"), read_whole("３１")
    (1500, 31)
    """
    shown = plain(text)
    if _NEGATIVE.fullmatch(shown):
        words = _("“%(text)s”是负数。数量不能小于 0，请核对。")
        raise NotTyped("negative_number", words % {"text": short(shown)})
    if not _WHOLE.fullmatch(shown):
        words = _("“%(text)s”不是整数。请只填数字，例如 12。")
        raise NotTyped("not_a_number", words % {"text": short(shown)})
    return int(shown.replace(",", ""))


def short(text: str) -> str:
    """So much of it as may stand in a message."""
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def in_other_language(request: HttpRequest, lang: str) -> str:
    """The query of this page in the other language: what was asked stays asked."""
    query = request.GET.copy()
    query["lang"] = "zh" if lang == "en" else "en"
    return query.urlencode()
