"""The sentence of section six on information processing fees (FMT.S6, FEE.11)."""

from __future__ import annotations

from collections.abc import Mapping

from gongkai.annual.report import Value
from gongkai.annual.sheet import printed_number

_LEAD = "本机关依据《政府信息公开信息处理费管理办法》收取信息处理费的情况："
_PARTS = (
    ("notices", "发出收费通知{}件"),
    ("charged_yuan", "总金额{}元"),
    ("collected_yuan", "实际收取{}元"),
)


def fees_sentence(fees: Mapping[str, Value], year: int | None) -> str:
    """The statutory statement of the fees; a figure that is not known is left out, "" where none is known.

    >>> fees_sentence({"notices": 3, "charged_yuan": 930, "collected_yuan": None}, 2024)
    '本机关依据《政府信息公开信息处理费管理办法》收取信息处理费的情况：2024年发出收费通知3件，总金额930元。'
    """
    known = [
        words.format(printed_number(fees.get(code))) for code, words in _PARTS if fees.get(code) is not None
    ]
    if not known:
        return ""
    return _LEAD + (f"{year}年" if year else "") + "，".join(known) + "。"
