"""How an article is called: from a rule's id (`REG.33.2`) to the words a letter or a court uses."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

_LAWS = {
    "REG": ("《政府信息公开条例》", "Open Government Information Regulation (2019)"),
    "FEE": ("《政府信息公开信息处理费管理办法》", "Measures on the Information Processing Fee (2020)"),
    "ARL": ("《行政复议法》", "Administrative Reconsideration Law (2023)"),
    "APL": ("《行政诉讼法》", "Administrative Litigation Law (2017)"),
    "PIPL": ("《个人信息保护法》", "Personal Information Protection Law (2021)"),
    "CPL": ("《民事诉讼法》", "Civil Procedure Law (2023)"),
    "SPC": ("法释〔2025〕8号", "Supreme People's Court, Interpretation Fa Shi [2025] No. 8"),
    # Of 2018; it holds for every administrative case.
    "SPCA": (
        "《最高人民法院关于适用〈中华人民共和国行政诉讼法〉的解释》",
        "Supreme People's Court, Interpretation on the Administrative Litigation Law (2018)",
    ),
}
# What is cited as a whole: a document without articles of its own.
_DOCUMENTS = {
    "CAL.1": ("期间开始之日不计入（期间计算通则）", "the day on which a period begins does not count"),
    "CAL.2": ("国务院办公厅放假安排通知", "holiday notices of the General Office of the State Council"),
    "V-17/19": ("国办公开办函〔2017〕19号", "Guo Ban Gong Kai Ban Han [2017] No. 19"),
    "V-207": ("国办公开办函〔2015〕207号", "Guo Ban Gong Kai Ban Han [2015] No. 207"),
    "V-235": ("国办公开办函〔2016〕235号", "Guo Ban Gong Kai Ban Han [2016] No. 235"),
    "FMT": ("国办公开办函〔2021〕30号", "Guo Ban Gong Kai Ban Han [2021] No. 30"),
    "CC.202": ("《民法典》第二百零二条", "Civil Code (2020), art. 202"),
    "CC.203": ("《民法典》第二百零三条", "Civil Code (2020), art. 203"),
    "CHK": ("国办秘函〔2019〕19号", "Guo Ban Mi Han [2019] No. 19"),
    "DOC": ("政府信息公开文书示范文本", "the model letters for disclosure on request"),
    "NOR.6": ("国办发〔2016〕61号", "Guo Ban Fa [2016] No. 61"),
    "NOR": ("规范性文件管理规定", "the rules on normative documents"),
    "PLT": ("国办公开办函〔2019〕61号", "Guo Ban Gong Kai Ban Han [2019] No. 61"),
    "REG2007.31": (
        "《政府信息公开条例》（2007年）第三十一条",
        "Open Government Information Regulation (2007), art. 31",
    ),
    "REG2007.18": (
        "《政府信息公开条例》（2007年）第十八条",
        "Open Government Information Regulation (2007), art. 18",
    ),
}
# A rule of these documents is cited by the document: their items have no numbers of articles.
_DOCUMENTS_WITH_ITEMS = frozenset({"CHK", "FMT", "NOR", "PLT"})
# The measures are read in reposts by their subject: an article's number is given only where it was seen.
_WITHOUT_ARTICLES = frozenset({"FEE.6", "FEE.7", "FEE.8", "FEE.9", "FEE.10", "FEE.11"})
_ID = re.compile(
    r"(?P<law>[A-Z]+)\.(?P<article>\d+)(?P<letter>[a-c])?"
    r"(?:\.(?P<paragraph>\d+)[a-c]?)?(?:\((?P<item>\d+)\))?"
)
_DIGITS = "零一二三四五六七八九"


class Article(NamedTuple):
    """A rule and what it is called: 《政府信息公开条例》第三十三条第二款; … Regulation (2019), art. 33(2)."""

    rule: str
    zh: str
    en: str


@cache
def article(rule: str) -> Article:
    """The article behind a rule's id. KeyError for an id of no law cited here.

    >>> article("REG.33.2").zh
    '《政府信息公开条例》第三十三条第二款'
    >>> article("REG.31(3)").en
    'Open Government Information Regulation (2019), art. 31(3)'
    """
    if rule in _DOCUMENTS:
        return Article(rule, *_DOCUMENTS[rule])
    document = rule.partition(".")[0]
    if document in _DOCUMENTS_WITH_ITEMS:
        return Article(rule, *_DOCUMENTS[document])
    found = _ID.fullmatch(rule)
    if found is None or found["law"] not in _LAWS:
        raise KeyError(rule)
    zh, en = _LAWS[found["law"]]
    if rule in _WITHOUT_ARTICLES:
        return Article(rule, zh, en)
    zh += f"第{chinese_number(int(found['article']))}条"
    en += f", art. {found['article']}"
    if found["paragraph"]:
        zh += f"第{chinese_number(int(found['paragraph']))}款"
        en += f"({found['paragraph']})"
    if found["item"]:
        zh += f"第{chinese_number(int(found['item']))}项"
        en += f"({found['item']})"
    return Article(rule, zh, en)


def chinese_number(number: int) -> str:
    """1 to 999 as articles are numbered. ValueError for others.

    >>> [chinese_number(n) for n in (7, 10, 14, 20, 51, 105, 110, 134)]
    ['七', '十', '十四', '二十', '五十一', '一百零五', '一百一十', '一百三十四']
    """
    if not 1 <= number <= 999:
        raise ValueError(f"条文序号应在 1 至 999 之间，现为 {number}")
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    if not hundreds:
        head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    else:
        middle = f"{_DIGITS[tens]}十" if tens else "零" if ones else ""
        head = f"{_DIGITS[hundreds]}百{middle}"
    return head + (_DIGITS[ones] if ones else "")
