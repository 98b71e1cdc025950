"""Numbers in Chinese text: what they are worth, where they stand, and whether they count anything.

A report writes 2,305条, １２件, 1.2万次, 一百二十三件, 两起; it also writes 第五十条, 一是, 2024年, 三审三校,
which count nothing. `find_numbers` gives them all with their kind; `find_quantities` those that count.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple


class FoundNumber(NamedTuple):
    """A number of a text. `end` is behind its scale (1.2万) and before its unit.

    Kinds: `quantity`; `percent`; `date` (a year, month, day or hour); `ordinal` (第五十条, 711号, 三级);
    `heading` (一、 (二) 3.); `enumerator` (一是, 其一, 一方面); `code` (telephones, document numbers);
    `word` (一些, 统一, 十四五, 双随机一公开).
    """

    value: int | Decimal
    start: int
    end: int
    kind: str
    unit: str  # 件, 条, 元 …; "" where none follows


_DIGIT = "0-9０-９"
_LONGEST = 40  # characters: a longer run of digits is no number anybody counted
_CHINESE_DIGITS = dict(zip("零一二三四五六七八九", range(10), strict=True))
_CHINESE_DIGITS |= zip("〇壹贰叁肆伍陆柒捌玖", range(10), strict=True)
_CHINESE_DIGITS |= {"○": 0, "两": 2, "兩": 2, "貳": 2, "參": 3, "叄": 3, "陸": 6}
_SMALL_SCALES = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_LARGE_SCALES = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_BARE_SCALES = frozenset("百佰千仟万萬亿億")  # alone they count nothing: 单位：万元, 千方百计
_TENS = {"廿": 20, "卅": 30}
_CHINESE = "".join((*_CHINESE_DIGITS, *_SMALL_SCALES, *_LARGE_SCALES, *_TENS))

# Measure words, the longer first. 年 and 月 count only behind 余, 个 or a number that is no date.
_UNITS = (
    r"工作日|人次|件次|篇次|场次|万元|亿元|千元|个工作日|个月|小时|分钟|平方米|公里|件|条|次|个|份|篇|期|场|人|名|项|家"
    r"|起|部|宗|例|封|处|元|册|批|轮|天|户|类|页|张|幅|套|种|组|支|所|座|辆|亩|吨|公斤|字|级|届|遍|通|位|只|本|则|幕|站|村"
    r"|镇|街道|日|年|月|岁|块|点|倍|步|层|门|度|周"
)
# Units with which a single Chinese digit counts something and is not part of a fixed phrase.
_COUNTED = (
    r"人次|件次|场次|工作日|个工作日|个月|小时|件|条|次|份|篇|期|场|名|项|家|起|部|宗|例|封|元|万元|册|批|轮|天"
    r"|户|个"
)
_NUMBER = re.compile(
    rf"(?P<arabic>[0-9]{{1,3}}(?:,[0-9]{{3}})+(?![0-9])(?:\.[0-9]+)?|[０-９]{{1,3}}(?:，[０-９]{{3}})+(?![０-９])"
    rf"|[{_DIGIT}]+(?:[.．][{_DIGIT}]+)?)(?P<scale>\s?[万萬亿億]|[千百])?"
    rf"|(?P<chinese>(?!百分[之点])[{_CHINESE}]+)"
)
_AFTER = re.compile(rf"\s?(?:余|多|来)?\s?(?P<unit>{_UNITS})?")
_COUNTED_AFTER = re.compile(rf"\s?(?:余|多)?(?:{_COUNTED})")
_PERCENT = re.compile(r"\s?(?:[%％‰]|个百分点)")
_DATE_AFTER = re.compile(r"\s?(?:年度?|月份?|日|[号时点](?=\d|前|后|起|至|止|，|。)|世纪|年代)")
_HEADING_BEFORE = re.compile(r"(?:^|[\n。；;：:])[^\S\n]*[（(]?\Z")
_HEADING_AFTER = re.compile(rf"[）)]|[、．]|\.(?![{_DIGIT}])")
_ORDINAL_BEFORE = re.compile(
    rf"(?:第|附件|附表|表|图|令|№|No\.?)\s?\Z|第[{_DIGIT}{_CHINESE}]+(?:至|到|-|—|~|、|和)\s?\Z"
)
_ARTICLE_AFTER = re.compile(r"\s?(?:号|级政|项(?=规定)|款|条(?=规定|之|第))")
_CODE_AROUND = re.compile(r"[A-Za-z_/@＠-]")
# Characters that make a word with a numeral before them …
_WORD_BEFORE = frozenset("进统唯专万逐同单初双不第归划其之周星礼每几多数若另说到")
# … and behind 一 (or another single numeral).
_WORD_AFTER = re.compile(
    r"些|定|样|般|律|直|旦|致|体|系列|并|起来|步|切|同|边|面|方面|线|流|手|把|号文|网|站式|窗|目|如既往|以贯之|如|经"
    r"|向|味|度|时|道|条龙|级抓|公开|五|随机|审|校|会|届|大|中全|农|公经费|者|侧|地|岸|会一课|办|表|单|清|端"
)


def parse_chinese(numeral: str) -> int:
    """The value of a Chinese numeral; ValueError if it is none.

    >>> [parse_chinese(text) for text in ("一百二十三", "两", "十二", "三千零五", "廿一", "一万二千")]
    [123, 2, 12, 3005, 21, 12000]
    """
    if not numeral:
        raise ValueError("空的数词")
    if all(character in _CHINESE_DIGITS for character in numeral):
        return int("".join(str(_CHINESE_DIGITS[character]) for character in numeral))
    total = section = digit = 0
    for character in numeral:
        if character in _CHINESE_DIGITS:
            digit = _CHINESE_DIGITS[character]
        elif character in _TENS:
            section, digit = section + _TENS[character], 0
        elif character in _SMALL_SCALES:
            section, digit = section + (digit or 1) * _SMALL_SCALES[character], 0
        elif character in _LARGE_SCALES:
            scale = _LARGE_SCALES[character]
            below = section + digit
            # 一亿二千万 adds; 三万亿 multiplies what stands before.
            total = (total + below) * scale if total and total < scale else total + (below or 1) * scale
            section = digit = 0
        else:
            raise ValueError(f"不是数词：{numeral!r}")
    return total + section + digit


def find_numbers(text: str) -> list[FoundNumber]:
    """Every number of the text, in order, with its kind.

    >>> [(n.value, n.kind) for n in find_numbers("第五十条：2024年新收2,305件，占1.2万件的12%")]
    [(50, 'ordinal'), (2024, 'date'), (2305, 'quantity'), (12000, 'quantity'), (12, 'percent')]
    """
    found = []
    for match in _NUMBER.finditer(text):
        if len(match.group()) > _LONGEST:
            continue
        value = _value(match)
        start, end = match.span()
        unit = _unit(text, end)
        found.append(FoundNumber(value, start, end, _kind(text, match, start, end, unit), unit))
    return found


def find_quantities(text: str) -> list[FoundNumber]:
    """The numbers that count something: no dates, articles, headings, codes, percentages or fixed phrases.

    >>> [(n.value, n.unit) for n in find_quantities("一是按第9至12条公开十二件，诉讼两起；（三）三审三校")]
    [(12, '件'), (2, '起')]
    """
    return [number for number in find_numbers(text) if number.kind == "quantity"]


def _value(match: re.Match[str]) -> int | Decimal:
    chinese = match.group("chinese")
    if chinese:
        return parse_chinese(chinese)
    digits = match.group("arabic").replace(",", "").replace("，", "").replace("．", ".")
    scale = (match.group("scale") or "").strip()
    factor = _LARGE_SCALES.get(scale) or _SMALL_SCALES.get(scale) or 1
    if "." not in digits:
        return int(digits) * factor
    value = Decimal(digits) * factor
    return int(value) if factor > 1 and value == value.to_integral_value() else value


def _unit(text: str, end: int) -> str:
    after = _AFTER.match(text, end)
    return (after.group("unit") or "") if after else ""


def _kind(text: str, match: re.Match[str], start: int, end: int, unit: str) -> str:
    chinese = match.group("chinese")
    if text[start - 1 : start] in ("〕", "］", "】"):
        return "code"  # 某办函〔2021〕30号
    if text.startswith("百分之", start - 3) and start >= 3:
        return "percent"
    if _ORDINAL_BEFORE.search(text, max(0, start - 14), start) or _ARTICLE_AFTER.match(text, end):
        return "ordinal"
    if _is_heading(text, start, end, chinese):
        return "heading"
    if chinese:
        return _chinese_kind(text, chinese, start, end)
    if _is_code(text, match, start, end):
        return "code"
    if _PERCENT.match(text, end):
        return "percent"
    if _is_date(text, match.group("arabic"), start, end, unit):
        return "date"
    return "quantity"


def _is_heading(text: str, start: int, end: int, chinese: str | None) -> bool:
    """（一）anywhere; 一、 1. 2） where a line or a sentence begins."""
    after = _HEADING_AFTER.match(text, end)
    if not after:
        return False
    bracketed = text[start - 1 : start] in ("（", "(") and after.group() in ("）", ")")
    if bracketed and (chinese or end - start <= 2):
        return True
    if chinese is None and text[end : end + 1] == "、" and end - start > 2:
        return False
    return bool(_HEADING_BEFORE.search(text, max(0, start - 12), start))


def _chinese_kind(text: str, chinese: str, start: int, end: int) -> str:
    before, after = text[start - 1 : start], text[end : end + 2]
    if after[:1] == "是" or text.startswith("方面", end) or before == "其":
        return "enumerator"
    if len(chinese) >= 4 and set(chinese) <= set(_CHINESE_DIGITS) and after[:1] == "年":
        return "date"
    if (before in _WORD_BEFORE and len(chinese) == 1) or set(chinese) <= _BARE_SCALES:
        return "word"
    if after[:1] in ("月", "日", "年") and len(chinese) <= 3 and not text.startswith("年来", end):
        return "date"
    if chinese in ("十四", "十三") and after[:1] == "五":
        return "word"
    if _COUNTED_AFTER.match(text, end) and not _WORD_AFTER.match(text, end):
        return "quantity"
    return "word"


def _is_code(text: str, match: re.Match[str], start: int, end: int) -> bool:
    """Digits glued to letters, hyphens or slashes, in document brackets, or as long as a telephone number."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if before in ("〔", "[", "［", "【") or (after in ("〕", "］", "】", "]") and before):
        return True
    if _CODE_AROUND.match(before) or (_CODE_AROUND.match(after) and not text[end + 1 : end + 2].isspace()):
        # 3-5次 is a range of quantities, 010-12345678 is not
        return not (len(match.group("arabic")) <= 4 and _is_range(text, start, end))
    digits = match.group("arabic")
    return len(digits) >= 7 and digits.isdigit() and not _COUNTED_AFTER.match(text, end)


def _is_range(text: str, start: int, end: int) -> bool:
    return bool(
        re.match(r"[-—~]\d{1,4}(?!\d|-)\s?(?:余|多)?(?:" + _COUNTED + ")", text[end : end + 12])
        or (
            re.search(r"(?<![\d-])\d{1,4}[-—~]\Z", text[max(0, start - 6) : start])
            and _COUNTED_AFTER.match(text, end)
        )
    )


def _is_date(text: str, digits: str, start: int, end: int, unit: str) -> bool:
    if not digits.isdigit():
        return False
    value = int(digits)
    if unit == "年":
        return 1900 <= value <= 2100 and len(digits) == 4
    if re.match(r"\s?[-—~至到]\s?(?:19|20)\d\d\s?年", text[end : end + 10]):
        return 1900 <= value <= 2100
    if unit == "月":
        return 1 <= value <= 12
    if unit == "日":
        return 1 <= value <= 31
    # 2024-12-31, 2024.12.31, 9:00
    return bool(re.match(r"[:：]\d\d", text[end : end + 3])) or bool(
        re.search(r"\d[:：]\Z", text[max(0, start - 2) : start])
    )
