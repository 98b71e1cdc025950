"""The articles a letter rests on: how they are written, whether they are cited, what follows from them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from gongkai.statute.articles import article, chinese_number
from gongkai.statute.fees import item_fee
from gongkai.statute.letters.catalogue import REPLY, can_tell, kind
from gongkai.statute.letters.saying import Value, plain
from gongkai.statute.limits import all_limits, limits_on
from gongkai.statute.outcomes import exemptions as known_exemptions
from gongkai.statute.outcomes import outcome as outcome_of

_REGULATION = re.compile(r"REG\.(?P<article>\d+)[a-c]?(?:\.(?P<paragraph>\d+)[a-c]?)?(?:\((?P<item>\d+)\))?")
_MEASURES = re.compile(r"信息处理费管理办法|国办函〔2020〕109号")


def grounds_of(outcome: str, basis: str = "", exemptions: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The ids of the rules a reply cites: the basis first, then the exemptions. () where it has no article.

    `exemptions`: of a refusal; the one of its own outcome if none is given. DecisionError for an outcome or a
    basis there is not.

    >>> grounds_of("REF-4")
    ('REG.36(3)', 'REG.15')
    """
    outcome_of(outcome).letter(basis)
    found = outcome_of(outcome).basis(basis)
    rule = found.rule if found is not None else ""
    own = tuple(one.id for one in known_exemptions() if one.outcome == outcome)
    exemptions = exemptions or own
    return (*([rule] if rule and not rule.startswith("FMT") else []), *exemptions)


def ground_words(rules: tuple[str, ...]) -> str:
    """The articles as a letter cites them, the name of the law once.

    >>> ground_words(("REG.36(3)", "REG.16.2a"))
    '《政府信息公开条例》第三十六条第三项、第十六条第二款'
    """
    words: list[str] = []
    law = ""
    for rule in rules:
        called = article(rule).zh
        name = called.partition("》")[0]
        words.append(called.removeprefix(f"{name}》") if name == law else called)
        law = name
    return "、".join(dict.fromkeys(words))


def cites(text: str, rule: str) -> bool:
    """Whether a letter cites the rule, with paragraph and item where it has them; in any usual spelling.

    >>> cites("依据《政府信息公开条例》第36条第（三）项", "REG.36(3)")
    True
    """
    words = plain(text)
    if rule.startswith("FEE"):
        return _MEASURES.search(words) is not None
    found = _REGULATION.fullmatch(rule)
    if found is None:
        return plain(article(rule).zh) in words
    pattern = f"第{_either(found['article'])}条"
    if found["paragraph"]:
        pattern += f"第{_either(found['paragraph'])}款"
    if found["item"]:
        pattern += (
            rf"(?:第[一二三四五六七八九\d]+款)?第(?:\(\w+\)、)*\(?{_either(found['item'])}\)?(?:、\(\w+\))*项"
        )
    return "条例" in words and re.search(pattern, words) is not None


def lawful_values(
    code: str,
    received_on: dt.date,
    *,
    outcome: str = "",
    basis: str = "",
    exemptions: tuple[str, ...] = (),
) -> Mapping[str, Value]:
    """What the law itself tells a letter: articles, days for an opinion or a payment, the rule of the fee.

    `received_on`: the date of receipt, which fixes the limits. ClockError for a day before the Regulation.

    >>> lawful_values("third-party-consultation", dt.date(2026, 3, 2))["opinion_days"]
    15
    """
    found: dict[str, Value] = {
        **{name: int(days) for name, days in lawful_days(code, received_on).items()},
        "articles": _articles(code, outcome, basis, exemptions),
    }
    if code == "fee-notice":
        found["fee_rule"] = f"《政府信息公开信息处理费管理办法》（{item_fee(1, on=received_on).measure}）"
    usable = can_tell(code, outcome, basis)
    return {name: value for name, value in found.items() if value and name in usable}


def lawful_days(code: str, day: dt.date | None) -> dict[str, str]:
    """The working days that a letter gives for an opinion or a payment; on no day the newest."""
    limits = limits_on(day) if day is not None else all_limits()[0]
    opinion = limits.co_maker if code == "co-maker-consultation" else limits.third_party
    return {"opinion_days": str(opinion), "pay_days": str(limits.payment)}


def _articles(code: str, outcome: str, basis: str, exemptions: tuple[str, ...]) -> str:
    if code == REPLY:
        return ground_words(grounds_of(outcome, basis, exemptions))
    rule = kind(code).rule
    return article(rule).zh if rule.startswith("REG") else ""


def _either(number: str) -> str:
    """The number in Chinese or in digits, and no longer one that begins or ends with it."""
    return rf"(?:{chinese_number(int(number))}|{number})"
