"""What counts as a personal name, from the lists in `wording/data`. Read once, at first use."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from gongkai.wording.data_files import lines_of

# Characters no given name holds, which end a place, an office, a count or an everyday word. 某 and × mean the
# name is masked already.
_NEVER_GIVEN = frozenset(
    "的了在是与及等把将于从依即须不没无都也还又再更最很均各每该此其某你他她它这那哪几个件条项次份人们号"
    "局处科所院校部队司厂店街巷镇乡村县市区省委厅办站室组团户者员被给让向由就只位类种些后里外间下要查询请诉"
    "告状投述因称系未已欠擅说驾均签贴称录款费额据证表单函网页栏州旗盟厕×"
)


@dataclass(frozen=True, slots=True)
class NameData:
    plain: frozenset[str]  # surnames that seldom begin an ordinary word
    word: frozenset[str]  # surnames that are or begin everyday words
    compound: frozenset[str]
    given: frozenset[str]  # characters usual in given names
    ordinary: frozenset[str]  # whole words and places that are no names
    beginnings: frozenset[str]  # two characters with which no name begins
    titles: frozenset[str]  # 主任, 老师: what stands behind a surname and is no given name


@cache
def name_data() -> NameData:
    tiers: dict[str, list[str]] = {}
    tier: list[str] = []
    for line in lines_of("surnames.txt"):
        if line.startswith("["):
            tier = tiers.setdefault(line[1:-1], [])
        else:
            tier.append(line)
    return NameData(
        frozenset("".join(tiers["plain"])),
        frozenset("".join(tiers["word"])),
        frozenset(" ".join(tiers["compound"]).split()),
        frozenset("".join(lines_of("given_name_characters.txt"))),
        frozenset(" ".join([*lines_of("ordinary_words.txt"), *lines_of("place_names.txt")]).split()),
        frozenset(" ".join(lines_of("not_names.txt")).split()),
        frozenset(" ".join(lines_of("titles.txt")).split()),
    )


def surname_of(name: str) -> str:
    """The surname a name begins with, "" if it begins with none.

    >>> surname_of("欧阳晓燕"), surname_of("李晓燕"), surname_of("的")
    ('欧阳', '李', '')
    """
    data = name_data()
    if name[:2] in data.compound and len(name) > 2:
        return name[:2]
    return name[:1] if name[:1] in data.plain or name[:1] in data.word else ""


def is_name(words: str) -> bool:
    """Whether the words can be a person's name: surname, and one or two characters of a given name.

    It says nothing of whether they are one: that is for the context to tell.

    >>> [is_name(words) for words in ("李晓燕", "于晓燕", "欧阳燕", "关于", "应当", "张贴", "李某", "全市")]
    [True, True, True, False, False, False, False, False]
    """
    data = name_data()
    surname = surname_of(words)
    given = words[len(surname) :]
    if not surname or not 1 <= len(given) <= 2 or words in data.ordinary or words[:2] in data.beginnings:
        return False
    if not all("一" <= character <= "龥" for character in given):
        return False
    if not _NEVER_GIVEN.isdisjoint(given) or given in data.titles:
        return False
    return surname not in data.word or data.given.issuperset(given)
