"""The three figures of section 6: fee notices issued, amount charged, amount collected (FMT.S6, FEE.11)."""

from __future__ import annotations

import re

from gongkai.annual.interpreting.figures import to_number
from gongkai.annual.report import Block, Value
from gongkai.wording.normal import simplify

_NUMBER = r"(\d[\d,]*(?:\.\d+)?)\s*"
_TALK = r"[^\d。;]"
_NOTICES = (
    re.compile(rf"(?:收费|缴费)通知{_TALK}{{0,14}}?{_NUMBER}[件份次个]"),
    re.compile(rf"{_NUMBER}[件份次个]{_TALK}{{0,6}}(?:收费|缴费)通知"),
)
_COLLECTED = (
    re.compile(rf"实际(?:收取|收到|收费|收缴|缴纳)?{_TALK}{{0,14}}?{_NUMBER}(万)?元"),
    re.compile(rf"(?:收取|收缴){_TALK}{{0,8}}信息处理费{_TALK}{{0,10}}?{_NUMBER}(万)?元"),
    re.compile(rf"信息处理费{_TALK}{{0,6}}(?:收取|收缴){_TALK}{{0,8}}?{_NUMBER}(万)?元"),
)
_CHARGED = (re.compile(rf"(?<!收取的)(?<!收取)总?金额{_TALK}{{0,6}}?{_NUMBER}(万)?元"),)
_ALL = re.compile(r"收费通知.{0,8}件数.{0,4}总金额.{0,6}实际收取.{0,8}[均都]为?(?:是)?(?:0|零)")
_NONE_ISSUED = re.compile(
    r"(?:未|没有|无)(?:向申请人)?(?:发出|发放|发送|下发|出具|制发|开具|产生)(?:过)?(?:任何)?[^\d，。；,;]{0,12}(?:收费|缴费)通知"
)


def processing_fees(text: str) -> Block | None:
    """`{"notices", "charged_yuan", "collected_yuan"}` as section 6 states them, None where it states none.

    A figure the text does not give is None. Yuan; amounts given in 万元 are multiplied out.

    >>> processing_fees("发出收费通知的件数3件，总金额930元。实际收取的总金额930元。")
    {'notices': 3, 'charged_yuan': 930, 'collected_yuan': 930}
    """
    plain = simplify(text)
    if "费" not in plain:
        return None
    if _ALL.search(plain):
        return {"notices": 0, "charged_yuan": 0, "collected_yuan": 0}
    notices = next((m for p in _NOTICES if (m := p.search(plain))), None)
    collected = next((m for p in _COLLECTED if (m := p.search(plain))), None)
    charged = next((m for p in _CHARGED for m in p.finditer(plain) if not _within(m, collected)), None)
    found: Block = {
        "notices": to_number(notices[1]) if notices else 0 if _NONE_ISSUED.search(plain) else None,
        "charged_yuan": _yuan(charged),
        "collected_yuan": _yuan(collected),
    }
    return found if any(value is not None for value in found.values()) else None


def _within(match: re.Match[str], other: re.Match[str] | None) -> bool:
    """Whether both matches took the same number."""
    return other is not None and match.start(1) == other.start(1)


def _yuan(match: re.Match[str] | None) -> Value:
    if match is None:
        return None
    amount = to_number(match[1])
    return to_number(f"{amount * 10000:f}") if match[2] else amount
