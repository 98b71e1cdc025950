"""What the narrative says in figures: claims, each with how sure the reader is of what it counts.

Reading is cautious. A figure of another year, of other organs, of a part (one channel, one subject), a
rounded or a compared one is left out; a clause with words the vocabulary does not know gives no sure claim.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from gongkai.annual.checking.examination import Examination
from gongkai.annual.checking.narrative.sentences import Paragraph, Sentence, paragraphs
from gongkai.annual.checking.narrative.vocabulary import (
    MAY_COUNT,
    QUANTITY,
    Vocabulary,
    number_of,
    vocabulary,
)

REMEDIES = frozenset(
    ("direct_litigation", "after_reconsideration", "remedies", "reconsideration", "litigation")
)
OUTCOMES = ("granted", "partly_granted", "refused", "unavailable", "not_processed", "other_outcomes")
_OF_CASES = frozenset(("件", "件次", "宗", "份", "起", "例"))
_TIMED = re.compile("年|月|季|旬|累计|以来|一直|五|20")
_YEAR = re.compile(r"(20\d\d)(?=年|-|—|至|~)")
_ONLY_SUMMING = re.compile(r"(?:共|共计|合计|总计|总数|数量|总量|为|是|约|计|有|达|达到|等|累计|分别)*")
_RECEIVING = re.compile("收到|受理|办理|办结|答复|处理|回复|接收|接到")
_REVIEWING = re.compile(
    "受理|办理|审理|审结|承办|应诉"
)  # of an organ that decides or defends cases of any kind
_OWN = re.compile(r"我[^国们]|本(?:机关|单位|局|镇|乡|街道|委|办|级)")
_LINK = re.compile("信息公开|政务公开|依申请|申请公开|公开申请")
_EVERY_SINGLE = re.compile("[不也都没未事小大一]")  # 一件不漏, 一件也没有
# A government above the towns, or its office: 全县 may be its own scope.
_AREA_GOVERNMENT = re.compile("(?<!镇)(?<!乡)(?:人民政府|政府)(?:办公?[室厅])?$")
_OFFICE_END = re.compile("(?:人民)?政府(?:办公?[室厅])?$|办事处$|(?:管理)?委员会$|管委会$|办公?[室厅]$")
_MOST_UNKNOWN = 1  # characters of a clause the vocabulary does not know, before its figure is unsure


@dataclass(slots=True)
class Claim:
    """A figure the text gives. `counts` are the things it may count, the nearest to the figure last."""

    counts: tuple[str, ...]
    value: int
    sentence: Sentence
    paragraph: int
    sure: bool  # every word of its clause is understood, and the figures are the organ's own
    wide: bool = False  # speaks of the whole area
    joined: bool = False  # several things counted together
    linked: bool = True  # of remedies: the sentence itself says that they concern disclosure
    part: bool = False  # one channel, subject or kind of requester
    kind: str | None = None  # natural_person or legal: the kind of requester
    result: str | None = None  # upheld, corrected, pending: of a remedy


@dataclass(slots=True)
class Clause:
    """A clause as met in reading, with what is known where it stands."""

    text: str
    sentence: Sentence
    paragraph: int
    topic: str | None  # requests, remedies, other
    own: bool  # about this year and this organ
    wide: bool
    linked: bool  # remedies: said to concern disclosure, in this very sentence
    antecedent: Claim | None  # the last figure before it in the sentence
    has_figure: bool = False


@dataclass(slots=True)
class Narrative:
    claims: list[Claim] = field(default_factory=list)
    clauses: list[Clause] = field(default_factory=list)


@dataclass(slots=True)
class _State:
    """Where the reader is: what the sentence is about, of which year, of whom."""

    topic: str | None = None
    own_year: bool = True
    this_year_said: bool = False  # in this sentence: then 累计 means the year
    foreign: bool = False
    foreign_figures: bool = False  # figures of others were given: those that follow may be theirs too
    wide: bool = False
    linked: bool = False
    linked_before: bool = False
    last: Claim | None = None
    tail: str = ""  # the words after the last figure: what a bare 共12件 in the next clause may count
    strange_subject: bool = False  # the sentence began with words nobody knows: perhaps of another organ


def read(case: Examination, sections: frozenset[str] | None = None) -> Narrative:
    """All claims and clauses of the narrative, in its order."""
    reader = _Reader(case)
    for paragraph in paragraphs(case, sections):
        reader.paragraph(paragraph)
    return reader.found


class _Reader:
    def __init__(self, case: Examination) -> None:
        self.words: Vocabulary = vocabulary(case.report.year)
        self.year = case.report.year
        organ = "".join((case.report.organ or "").split())
        self.government = "政府" in organ
        self.area = bool(_AREA_GOVERNMENT.search(organ))
        self.office = bool(re.search("办公?[室厅]$", organ))
        self.organ = _names(organ)
        self.found = Narrative()

    def paragraph(self, paragraph: Paragraph) -> None:
        state = _State()
        if paragraph.heading:
            self._topic(state, paragraph.heading, heading=True)
        before = ""
        for sentence in paragraph.sentences:
            if _OWN.search(sentence.text):
                state.foreign = state.wide = state.foreign_figures = False
            elif not state.foreign_figures:
                state.foreign = state.wide = False
            self._whose(state, sentence.text)
            state.linked_before = state.linked_before or state.linked
            goes_on = state.linked and before.endswith(";")  # 因信息公开被申请复议4件；被提起诉讼3件
            state.linked = bool(_LINK.search(sentence.text)) or goes_on or sentence.section == "remedies"
            before = sentence.text
            state.last, state.tail, state.strange_subject, state.this_year_said = None, "", False, False
            for text in sentence.clauses:
                self._clause(state, text, sentence, paragraph.number)

    def _whose(self, state: _State, text: str) -> None:
        """全市, 全县: a government's own figures or all organs' there; of a department, not its own."""
        area = bool(self.words.wide.search(text))
        office = bool(self.words.office.search(text)) and not self.office
        state.wide = state.wide or (area and self.area) or (office and self.government)
        state.foreign = state.foreign or (area and not self.area) or (office and not self.government)

    def _clause(self, state: _State, text: str, sentence: Sentence, number: int) -> None:
        words = self.words
        self._period(state, text)
        state.foreign = state.foreign or bool(words.foreign.search(text))
        self._topic(state, text)
        own = state.own_year and not state.foreign and not words.foreign_verbs.search(text)
        clause = Clause(text, sentence, number, state.topic, own, state.wide, state.linked, state.last)
        self.found.clauses.append(clause)
        end = 0
        for match in QUANTITY.finditer(text) if MAY_COUNT.search(text) else ():
            clause.has_figure = True
            state.foreign_figures = state.foreign_figures or state.foreign or state.wide
            left = text[end : match.start()]
            right = _until_next(text, match.end())
            claim = self._claim(state, match, left, right, end > 0)
            end = match.end()
            if claim is None:
                continue
            claim.sentence, claim.paragraph, claim.wide = sentence, number, state.wide
            state.strange_subject = state.strange_subject or not (
                claim.sure or claim.part or "object" in claim.counts or claim.kind
            )
            claim.sure = claim.sure and own and not state.strange_subject
            if not own:
                continue
            self.found.claims.append(claim)
            state.last = claim
        state.tail = text[end:]

    def _period(self, state: _State, text: str) -> None:
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
            state.own_year = False
        elif this:
            state.own_year = True
            state.this_year_said = True
        elif words.long_period.search(text) and not state.this_year_said:
            state.own_year = False

    def _topic(self, state: _State, text: str, heading: bool = False) -> None:
        words = self.words
        if words.remedies.search(text):
            state.topic = "remedies"
        elif words.requests.search(text):
            state.topic = "requests"
        elif self._of_other_business(text) and (heading or _RECEIVING.search(text) or QUANTITY.search(text)):
            state.topic = "other"

    def _of_other_business(self, text: str) -> bool:
        """Whether the words name another business; the outcome 信访举报投诉类申请 is none."""
        other = self.words.other
        return bool(other.search(text) and other.search(_without(self.words.quantities, text, "sub_rows")))

    def _counts(self, text: str) -> tuple[str, ...]:
        names = dict.fromkeys(m.lastgroup or "" for m in self.words.quantities.finditer(text))
        if remedies := [name for name in names if name in REMEDIES]:
            return tuple(remedies)
        return tuple(names)

    def _claim(
        self, state: _State, match: re.Match[str], left: str, right: str, follows: bool
    ) -> Claim | None:
        """The claim a figure makes, given the words before and after it; None where it makes none."""
        if match["before"] or match["rough"] or match["unit"] not in _OF_CASES:
            return None
        value = number_of(match["number"])
        if follows and "、" in left:
            left = left[left.index("、") + 1 :]
        if value is None or self.words.comparing.search(left):
            return None
        counts, around = self._counts(left), left
        kind = self._kind(left)
        if not counts:
            counts, around = self._counts(right), left + right
        if not counts and kind and state.last and set(state.last.counts) & {"received", "received_new"}:
            counts = ("received",)
        if not counts and kind is None:
            if state.tail and _ONLY_SUMMING.fullmatch(left) and (before := self._counts(state.tail)):
                counts = before
            elif self.words.requests.search(left):
                counts = ("object",)
        if not counts and kind is None:
            return None
        if match["number"] == "一" and (
            _EVERY_SINGLE.match(right) or not self.words.requests.search(left + right)
        ):
            return None
        if counts and counts[0] in REMEDIES and self._requests_follow(around):
            return None
        if not self._relevant(state, counts, around, left + right):
            return None
        return self._weigh(state, counts, value, around, kind)

    def _requests_follow(self, around: str) -> bool:
        """涉及行政复议的信息公开申请: requests that only concern a remedy."""
        last = list(self.words.remedies.finditer(around))[-1:]
        return bool(last) and bool(self.words.requests.search(around, last[0].end()))

    def _kind(self, left: str) -> str | None:
        if not (self.words.kinds_natural.search(left) or self.words.kinds_legal.search(left)):
            return None
        words = self.words.fillers.sub("", left)
        if self.words.kinds_natural.search(words):
            return None if self.words.kinds_legal.search(words) else "natural_person"
        return "legal" if self.words.kinds_legal.search(words) else None

    def _relevant(self, state: _State, counts: tuple[str, ...], around: str, near: str) -> bool:
        """Whether the figure is about requests for disclosure, or their remedies, at all."""
        words = self.words
        if self._of_other_business(around):
            return False
        if counts and counts[0] in REMEDIES:
            reviewing = _REVIEWING.search(around)
            return state.linked or (state.linked_before and not reviewing)
        if words.requests.search(near):
            return True
        return state.topic == "requests" or ("sub_rows" in counts and state.topic != "other")

    def _weigh(
        self, state: _State, counts: tuple[str, ...], value: int, around: str, kind: str | None
    ) -> Claim:
        words = self.words
        result = None
        if state.topic == "remedies" or (counts and counts[0] in REMEDIES):
            found = words.results.search(around)
            result = found.lastgroup if found else None
        rest = words.quantities.sub("", around)
        for name in self.organ:
            rest = rest.replace(name, "")
        if self.government:
            rest = words.wide.sub("", words.government.sub("", rest))
        among = "其中" in rest
        rest = words.phrases.sub("", words.requests.sub("", rest)).replace("其中", "")
        part = bool(words.part.search(rest) or words.part_answers.search(around)) or (
            among and set(counts) <= {"received", "handled", "object"}
        )
        rest = words.fillers.sub("", rest)
        sure = not part and len(rest.replace("、", "")) <= _MOST_UNKNOWN and "object" not in counts
        linked = state.linked or not (counts and counts[0] in REMEDIES)
        return Claim(
            counts=counts,
            value=value,
            sentence=_NOWHERE,
            paragraph=0,
            sure=sure,
            joined=len(counts) > 1,
            linked=linked,
            part=part,
            kind=kind,
            result=result,
        )


_NOWHERE = Sentence("", "", "", None, [])


def _until_next(text: str, start: int) -> str:
    """The words after a figure: to the next figure, or the next enumeration comma."""
    following = QUANTITY.search(text, start)
    words = text[start : following.start() if following else len(text)]
    return words.partition("、")[0]


def _without(pattern: re.Pattern[str], text: str, group: str) -> str:
    return pattern.sub(lambda match: "" if match.lastgroup == group else match.group(), text)


def _names(organ: str) -> tuple[str, ...]:
    """The organ's name and its shorter forms, longest first: 甲县乙镇人民政府, 乙镇政府, 乙镇."""
    if not organ:
        return ()
    names = {organ, organ.replace("人民政府", "政府")}
    names |= {_OFFICE_END.sub("", name) for name in (*names,)}
    for name in (*names,):
        parts = re.findall(r"[^省市县区州旗]{1,8}[省市县区州旗]?", name)
        names |= {"".join(parts[start:]) for start in range(1, len(parts))}
    names |= {word for word in ("镇政府", "乡政府", "街道办", "街道") if word[:-1] in organ or word in organ}
    return tuple(sorted((name for name in names if len(name) >= 2), key=len, reverse=True))


def claims_by_paragraph(claims: list[Claim]) -> Iterator[list[Claim]]:
    """Claims of one paragraph together, in the order of the text."""
    group: list[Claim] = []
    for claim in claims:
        if group and group[0].paragraph != claim.paragraph:
            yield group
            group = []
        group.append(claim)
    if group:
        yield group
