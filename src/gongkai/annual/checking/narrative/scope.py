"""Whose figures the text gives and of which year: what a reader keeps in mind from clause to clause."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from gongkai.annual.checking.narrative.claims import Claim
from gongkai.annual.checking.narrative.vocabulary import Vocabulary

_TIMED = re.compile("年|月|季|旬|累计|以来|一直|五|20")
_YEAR = re.compile(r"(20\d\d)(?=年|-|—|至|~)")
_OWN = re.compile(r"我[^国们]|本(?:机关|单位|局|镇|乡|街道|委|办|级)")
# A government above the towns, or its office: 全县 may be its own scope.
_AREA_GOVERNMENT = re.compile("(?<!镇)(?<!乡)(?:人民政府|政府)(?:办公?[室厅])?$")
_OFFICE_END = re.compile("(?:人民)?政府(?:办公?[室厅])?$|办事处$|(?:管理)?委员会$|管委会$|办公?[室厅]$")
_SORT = re.compile("分局|[支大中总]队|管委会|[局厅委办院处站所]|中心")
_AMONG_THEM = "其中"
AREA, OFFICE, PARTS = "area", "office", "parts"  # of Claim.wide


@dataclass(slots=True)
class Standpoint:
    """Where the reader is: what the sentence is about, of which year, of whom."""

    text: str = ""  # of the sentence
    topic: str | None = None
    inherited: bool = False  # the topic is that of a heading further up
    own_year: bool = True
    this_year_said: bool = False  # in this sentence: then 累计 means the year
    foreign: bool = False
    foreign_figures: bool = False  # figures of others were given: those that follow may be theirs too
    among: bool = False  # the figures of others were given as parts of a whole
    wide: str = ""
    linked: bool = False
    linked_before: bool = False
    last: Claim | None = None
    tail: str = ""  # the words after the last figure: what a bare 共12件 in the next clause may count
    figures: list[tuple[int, Claim | None]] = field(default_factory=list)  # of this sentence, in their order
    said: tuple[str, ...] = ()  # all that figures of this sentence counted, whosever they were
    strange_subject: bool = False  # the sentence began with words nobody knows: perhaps of another organ
    aside: tuple[bool, bool, str, bool] | None = field(default=None, repr=False)  # as it was before brackets

    def begin_sentence(self, text: str, goes_on: bool, linked: bool) -> None:
        if _OWN.search(text):
            self.foreign = self.foreign_figures = False
            self.wide = ""
        elif self.among:  # 其中镇街82件；上年结转21件: of the whole again, most likely
            self.foreign = self.foreign_figures = False
            self.wide = self.wide or PARTS
        elif not self.foreign_figures:
            self.foreign, self.wide = False, ""
        self.among = False
        self.linked_before = self.linked_before or self.linked
        self.linked = linked or goes_on
        self.text, self.last, self.tail, self.said = text, None, "", ()
        self.figures = []
        self.strange_subject = self.this_year_said = False

    def step_aside(self, inner: bool) -> None:
        """What brackets say of scope and year ends with them."""
        if inner and self.aside is None:
            self.aside = (self.own_year, self.foreign, self.wide, self.foreign_figures)
        elif not inner and self.aside is not None:
            self.own_year, self.foreign, self.wide, self.foreign_figures = self.aside
            self.aside = None


class Scope:
    """Judges whose figures a text gives, for one organ and one year."""

    def __init__(self, organ: str, year: int | None, words: Vocabulary) -> None:
        self.words, self.year = words, year
        self.government = "政府" in organ
        self.area = bool(_AREA_GOVERNMENT.search(organ))
        self.office = bool(re.search("办公?[室厅]$", organ))

    def of_sentence(self, point: Standpoint, text: str) -> None:
        """全市, 全县: a government's own figures or all organs' there; of a department, not its own."""
        area = bool(self.words.wide.search(text))
        area = area and bool(self.words.wide.search(self.words.ranking.sub("", text)))
        office = bool(self.words.office.search(text)) and not self.office
        if office and self.government:
            point.wide = OFFICE
        elif area and self.area:
            point.wide = AREA
        point.foreign = point.foreign or (area and not self.area) or (office and not self.government)

    def of_clause(self, point: Standpoint, text: str, inner: bool) -> None:
        """Figures of other organs begin, or those of the whole area begin again."""
        own = self.words.levels.sub("", text) if self.area else text
        if self.words.foreign.search(own):
            point.foreign = True
            point.among = point.among or (_AMONG_THEM in text and not inner)
        elif self.area and point.foreign and self.words.wide.search(text):
            point.foreign = point.foreign_figures = False
            point.wide = AREA

    def period(self, point: Standpoint, text: str) -> None:
        """Whether the text is at this year's figures; years carried over or compared do not count."""
        words = self.words
        if not _TIMED.search(text):
            return
        text = words.carried_over.sub("", text)
        compared = words.comparing.search(text)
        if compared:
            text = text[: compared.start()]
        years = {int(year) for year in _YEAR.findall(text)}
        this = bool(words.this_year.search(text))
        if (years - {self.year}) or words.other_period.search(text):
            point.own_year = False
        elif this:
            point.own_year = point.this_year_said = True
        elif words.long_period.search(text) and not point.this_year_said:
            point.own_year = False

    def years_listed(self, text: str) -> bool:
        """2022年10件、2023年12件、2024年9件: each figure has its own year."""
        return len(set(_YEAR.findall(self.words.carried_over.sub("", text)))) > 1

    def is_this_year(self, text: str) -> bool:
        return {int(year) for year in _YEAR.findall(text)} == {self.year}


@lru_cache(maxsize=256)
def short_names(organ: str) -> tuple[str, ...]:
    """The organ's name and its shorter forms, longest first: 甲县乙镇人民政府, 乙镇政府, 乙镇; 市局, 分局."""
    if not organ:
        return ()
    names = {organ, organ.replace("人民政府", "政府")}
    names |= {_OFFICE_END.sub("", name) for name in (*names,)}
    for name in (*names,):
        parts = re.findall(r"[^省市县区州旗]{1,8}[省市县区州旗]?", name)
        names |= {"".join(parts[start:]) for start in range(1, len(parts))}
    names |= {word for word in ("镇政府", "乡政府", "街道办", "街道") if word[:-1] in organ or word in organ}
    sort = _SORT.search(organ, max(0, len(organ) - 3))
    level = re.search("[省市县区州旗]", organ)
    if sort and len(sort.group()) > 1:
        names.add(sort.group())
    elif sort and level:  # 市局; of a branch office (分局) that would be the organ above it
        names |= {level.group() + sort.group(), level.group() + sort.group() + "机关"}
    return tuple(sorted((name for name in names if len(name) >= 2), key=len, reverse=True))
