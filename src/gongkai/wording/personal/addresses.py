"""Homes (PII.ADDR): how far an address reaches in a text, and how much of it may stand (PII.M)."""

from __future__ import annotations

import re
from functools import cache

from gongkai.wording.data_files import lines_of

_HOME_LINK = re.compile(r"[址地]{0,2}[:为是于在]{0,2}\s?")
_FIGURE = r"(?:\d+|[一二三四五六七八九十]+)"
_UNIT = r"(?:号楼|号院|号|室|单元|组|栋|幢|弄)"
_HOME = re.compile(rf"[^。;!?,:\n、的]{{2,40}}?{_FIGURE}\s?{_UNIT}")
_MORE = re.compile(rf"[^。;!?,:\n、()的在与和反来]{{0,12}}?{_FIGURE}\s?(?:{_UNIT[3:-1]}|楼|层|户|座|门)")
_MOST_UNITS = 6
_ROOM = re.compile(r"[\s-]?[A-Za-z]?\d{1,4}(?:-\d{1,4})*室?(?![\d年月日元人件])")  # 2单元1201
_WAY = re.compile(r"[路街巷村组弄里屯社区庄寨园苑楼栋幢胡同小区]")
# What only a home has: stairs with flats, or a room of a house in a quarter of houses.
_DWELLING = re.compile(
    r"单元|(?:小区|花园|家园|花苑|[雅佳嘉]苑|公寓|新村|宿舍|家属院)[^。;\n]{0,16}?\d+\s?(?:室|号楼|幢|栋)"
)
_OF_AN_OFFICE = re.compile(
    r"办公|单位|中心|大厦|公司|局|政府|委员会|法院|学校|医院|写字楼|广场|产业园|软件园|园区|行政|大厅|窗口|经营|注册|生产"
    r"|机构|项目|企业|商铺|律师|事务所|银行|支行|派出所"
)

# The levels of an address, the highest first; each may be left out. Names of places do not hold the words for
# a higher level, but for those of places_with_town_characters.txt, which are set aside before.
_NAME = "[^省市区县旗镇乡号0-9]"
_LEVELS = (
    re.compile(
        rf"{_NAME}{{2,5}}省|(?:内蒙古|广西壮族|西藏|宁夏回族|新疆维吾尔)自治区|(?:香港|澳门)特别行政区"
    ),
    re.compile(rf"{_NAME}{{1,10}}?(?:市(?![镇乡口场路街])(?!中区|南区|北区)|自治州|地区|盟(?![路街村]))"),
    re.compile(
        r"市[中南北]区|[路街]?[^省市县镇乡号路街0-9]{1,9}?"
        r"(?:县(?![前后城衙])|旗(?![区街路镇村])|市(?![镇乡口场路街区])|(?<![小社校院厂库片街景])区(?!街道))"
    ),
    re.compile(r"[^省县号0-9]{1,12}?(?:街道办事处|街道|(?<!小)镇镇?|乡(?![间村下])|苏木)(?![路巷弄]|大道)"),
)


@cache
def _places() -> re.Pattern[str]:
    """A place whose name holds 镇 or 乡, where it stands as a place or gives a street its name."""
    names = "|".join(" ".join(lines_of("places_with_town_characters.txt")).split())
    return re.compile(rf"(?:(?:^|(?<=[省市州区]))(?:{names})|(?:{names})(?=[市县区路街巷]|塘区|族自治))")


def kept_of_address(address: str) -> str:
    """The address down to the town or street office; if it names none, to the county; "" without either.

    >>> kept_of_address("镇江市京口区大市口街道中山路12号"), kept_of_address("乡宁县昌宁镇迎旭街5号")
    ('镇江市京口区大市口街道', '乡宁县昌宁镇')
    """
    plain = _places().sub(lambda place: "〇" * len(place.group()), address)
    at = 0
    for level in _LEVELS:
        found = level.match(plain, at)
        at = found.end() if found else at
    return address[:at]


def address_from(text: str, cue_end: int) -> tuple[int, int] | None:
    """Start and end of the address behind a word for one, if a way and the number of a house follow."""
    link = _HOME_LINK.match(text, cue_end)
    start = link.end() if link else cue_end
    found = _HOME.match(text, start)
    if not found or not _WAY.search(found.group()):
        return None
    end = found.end()
    for _ in range(_MOST_UNITS):
        more = _MORE.match(text, end)
        if not more:
            break
        end = more.end()
    room = _ROOM.match(text, end) if text[end - 1] in "元楼幢栋座组号院" else None
    return start, room.end() if room else end


def is_dwelling(text: str, clause: int, start: int, end: int) -> bool:
    """Whether an address must be a home: so is its house, and no word of an office stands there or before."""
    return bool(_DWELLING.search(text, start, end)) and not speaks_of_an_office(text, clause, end)


def speaks_of_an_office(text: str, start: int, end: int) -> bool:
    return bool(_OF_AN_OFFICE.search(text, start, end))
