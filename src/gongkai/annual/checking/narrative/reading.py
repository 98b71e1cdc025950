"""What the narrative says in figures: claims, each with how sure the reader is of what it counts.

Reading is cautious. A figure of another year, of other organs, of a part (one channel, one subject), a
rounded or a compared one is left out; a clause with words the vocabulary does not know gives no sure claim.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from gongkai.annual.checking.examination import Examination
from gongkai.annual.checking.narrative.claims import (
    CARRIED,
    OUTCOMES,
    RECEIVED,
    REMEDIES,
    SUB_ROW,
    Claim,
    Clause,
    Narrative,
)
from gongkai.annual.checking.narrative.scope import Scope, Standpoint, short_names
from gongkai.annual.checking.narrative.sentences import Paragraph, Sentence, Words, paragraphs
from gongkai.annual.checking.narrative.vocabulary import (
    MAY_COUNT,
    MAY_TELL,
    QUANTITY,
    ROUGHLY,
    Vocabulary,
    name_of,
    number_of,
    vocabulary,
)

_OF_CASES = frozenset(("件", "件次", "宗", "份", "起", "例"))
_ONLY_SUMMING = re.compile(
    r"(?:共|共计|合计|总计|总数|数量|总量|为|是|约|计|有|达|达到|等|累计|分别|全年|两项|二者)*"
)
_IN_ALL = re.compile("共|合计|总计")
_RECEIVING = re.compile("收到|受理|办理|办结|答复|处理|回复|接收|接到")
# Of an organ that decides or defends cases of any kind.
_REVIEWING = re.compile("受理|办理|审理|审结|承办|应诉")
_LINK = re.compile("信息公开|政务公开|依申请|申请公开|公开申请")
_BARE_REQUESTS_BEHIND = re.compile("依申请公开(?:申请|件|事项)?")  # 共有29件依申请公开
# 因征地拆迁引发: requests or cases of one cause.
_CAUSE = re.compile(
    "(?:因|由|就|针对|围绕|涉及)(?!本|我|[^,，、。]{0,10}公开)[^,，、。]{1,12}?(?:引[发起]|产生|导致|提起|提出)的?"
)
# 行政复议应诉案件15件(含非信息公开类)，其中信息公开类2件: of all kinds up to 其中.
_OF_OTHER_KINDS_TOO = re.compile("非(?:政府|政务)?信息公开|各类|所有")
_WHOLES = frozenset(("received", "received_new", "requests", "object", "handled", "concluded"))
_EVERY_SINGLE = re.compile("[不也都没未事小大一]")  # 一件不漏, 一件也没有
_MOST_UNKNOWN = 1  # characters of a clause the vocabulary does not know, before its figure is unsure


class _What(NamedTuple):
    """What a figure counts: names of the vocabulary, the words they stand in, the kind of requester."""

    counts: tuple[str, ...]
    around: str
    kind: str | None = None


def read(case: Examination) -> Narrative:
    """All claims and clauses of the narrative, in its order."""
    reader = _Reader(case)
    for paragraph in paragraphs(case):
        reader.paragraph(paragraph)
    return reader.found


class _Reader:
    def __init__(self, case: Examination) -> None:
        self.words: Vocabulary = vocabulary(case.report.year)
        organ = "".join((case.report.organ or "").split())
        self.scope = Scope(organ, case.report.year, self.words)
        self.organ = short_names(organ)
        self.found = Narrative()

    def paragraph(self, paragraph: Paragraph) -> None:
        point = Standpoint()
        if paragraph.heading or paragraph.under:
            self._topic(point, paragraph.heading or paragraph.under, heading=True)
            point.inherited = not paragraph.heading
            point.linked_before = bool(_LINK.search(paragraph.heading or paragraph.under))
        before = ""
        for sentence in paragraph.sentences:
            goes_on = point.linked and before.endswith(";")  # 因信息公开被申请复议4件；被提起诉讼3件
            linked = bool(_LINK.search(sentence.text)) or sentence.section == "remedies"
            point.begin_sentence(sentence.text, goes_on, linked)
            self.scope.of_sentence(point, sentence.text)
            before = sentence.text
            for clause in sentence.clauses:
                self._clause(point, clause, sentence, paragraph.number)

    def _clause(self, point: Standpoint, words: Words, sentence: Sentence, number: int) -> None:
        text = words.text
        point.step_aside(words.inner)
        was_own_year = point.own_year
        self.scope.period(point, text)
        self.scope.of_clause(point, text, words.inner)
        self._topic(point, text)
        if not MAY_TELL.search(text):
            point.tail = text
            return
        theirs = point.foreign or bool(self.words.foreign_verbs.search(text))
        own = point.own_year and not theirs
        near = point.linked or point.linked_before
        clause = Clause(text, sentence, number, point.topic, own, point.wide, point.linked, near, point.last)
        self.found.clauses.append(clause)
        matches = [*QUANTITY.finditer(text)] if MAY_COUNT.search(text) else []
        if not matches:
            point.tail = text
            return
        clause.has_figure = True
        point.foreign_figures = point.foreign_figures or theirs or bool(point.wide)
        self._figures(point, clause, matches, theirs, was_own_year)

    def _figures(
        self,
        point: Standpoint,
        clause: Clause,
        matches: list[re.Match[str]],
        theirs: bool,
        was_own_year: bool,
    ) -> None:
        """The claims of a clause. `theirs`: of other organs; `was_own_year`: as the clause before left it."""
        text, end = clause.text, 0
        before: Claim | None = None
        listed = len(matches) > 1 and self.scope.years_listed(text)
        for match in matches:
            left, right = text[end : match.start()], _until_next(text, match.end())
            follows, end = end > 0, match.end()
            claim = self._claim(point, match, left, right, follows)
            if len(point.figures) > 1:
                claim = self._sum_of_parts(point, match, left) or claim
            if follows and before is not None and self._other_part(before, left):
                before.part, before.sure = True, False
            before = claim
            point.figures.append((claim.value if claim else number_of(match["number"]) or 0, claim))
            if claim is None:
                self.found.unnamed.append((clause.paragraph, number_of(match["number"]) or 0))
                continue
            claim.sentence, claim.paragraph, claim.wide = clause.sentence, clause.paragraph, point.wide
            if not listed:
                claim.part = claim.part or self._among(claim, text[: match.start()])
            claim.sure = claim.sure and not claim.part
            point.said = (*point.said, *claim.counts)
            point.strange_subject = point.strange_subject or _is_strange(claim)
            own_year = self.scope.is_this_year(left) if listed else point.own_year
            if not listed and set(claim.counts) <= CARRIED:  # 2件于次年1月办结
                own_year = own_year or was_own_year
            claim.sure = claim.sure and not point.strange_subject
            if own_year and not theirs:
                self.found.claims.append(claim)
                point.last = claim
        point.tail = text[end:]

    def _other_part(self, claim: Claim, left: str) -> bool:
        """书面申请4件、网络申请8件: the figure before is of a part too, as those listed with it are."""
        if not left.startswith("、") or not {*claim.counts} <= _WHOLES or "其中" in left or "含" in left:
            return False
        return bool(self.words.part.search(left)) and {*self._counts(left)} <= {*claim.counts}

    def _sum_of_parts(self, point: Standpoint, match: re.Match[str], left: str) -> Claim | None:
        """合计12件 behind 书面4件、网络8件: the whole, which makes parts of the figures before; else None."""
        if not _IN_ALL.search(left) or not _ONLY_SUMMING.fullmatch(left):
            return None
        value = number_of(match["number"])
        for first in range(len(point.figures) - 2, -1, -1):
            parts = point.figures[first:]
            if sum(figure for figure, _ in parts) != value:
                continue
            claims = [claim for _, claim in parts if claim is not None]
            counts = {claim.counts for claim in claims} - {("object",)}
            if len(counts) != 1 or not {*(named := counts.pop())} <= _WHOLES:
                return None
            for claim in claims:
                claim.part, claim.sure = True, False
            return self._weigh(point, _What(named, left), value)
        return None

    def _topic(self, point: Standpoint, text: str, heading: bool = False) -> None:
        words = self.words
        if words.remedies.search(text):
            point.topic = "remedies"
        elif words.requests.search(text):
            point.topic, point.inherited = "requests", False
        elif self._of_other_business(text) and (heading or _RECEIVING.search(text) or QUANTITY.search(text)):
            point.topic = "other"

    def _of_other_business(self, text: str) -> bool:
        """Whether the words name another business; the outcome 信访举报投诉类申请 is none."""
        other = self.words.other
        return bool(other.search(text) and other.search(_without_sub_rows(self.words.quantities, text)))

    def _counts(self, text: str) -> tuple[str, ...]:
        names = dict.fromkeys(name_of(m) for m in self.words.quantities.finditer(text))
        if remedies := [name for name in names if name in REMEDIES]:
            return tuple(remedies)
        return tuple(names)

    def _claim(
        self, point: Standpoint, match: re.Match[str], left: str, right: str, follows: bool
    ) -> Claim | None:
        """The claim a figure makes, given the words before and after it; None where it makes none."""
        if match["rough"] or match["unit"] not in _OF_CASES or ROUGHLY.search(left):
            return None
        value = number_of(match["number"])
        if follows and "、" in left:
            left = left[left.index("、") + 1 :]
        if value is None or self.words.comparing.search(left):
            return None
        what = self._what(point, left, right)
        if what is None:
            return None
        counts, around = what.counts, what.around
        if match["number"] == "一" and not self._counts_one(left, right):
            return None
        if counts and counts[0] in REMEDIES and self._requests_follow(around):
            return None
        if not self._relevant(point, counts, around, left + right):
            return None
        return self._weigh(point, what, value)

    def _what(self, point: Standpoint, left: str, right: str) -> _What | None:
        """What a figure counts, by the words before it, then those after it, then the sentence so far."""
        kind = self._kind(left)
        if left.endswith(("件中", "案中", "申请中")):  # 办结案件中11件公开: the words before are of all
            return self._after(point, right)
        if counts := self._counts(left):
            return _What(counts, left, kind)
        if counts := self._counts(right):
            return _What(counts, left + right, kind)
        if kind:
            last = set(point.last.counts) if point.last else set()
            return _What(("received",) if last & RECEIVED or point.topic == "requests" else (), left, kind)
        if point.topic == "remedies" and self.words.results.search(left):
            named = tuple(dict.fromkeys(name for name in point.said if name in REMEDIES))
            return _What(named, left) if named else None
        return self._of_the_sentence(point, left, right)

    def _after(self, point: Standpoint, right: str) -> _What | None:
        """What a figure counts by the words after it alone."""
        if counts := self._counts(right):
            return _What(counts, right)
        return self._of_the_sentence(point, right, "")

    def _of_the_sentence(self, point: Standpoint, left: str, right: str) -> _What | None:
        """What a figure counts that has no word of its own: 共12件, 2024年9件, 公开8件."""
        bare = self.words.this_year.sub("", left).removesuffix("度")
        if point.tail and _ONLY_SUMMING.fullmatch(left) and (before := self._counts(point.tail)):
            return _What(before, left)
        said = set(point.said)
        if said <= RECEIVED | {"carried_in", "object"} and said & RECEIVED and _ONLY_SUMMING.fullmatch(bare):
            if "carried_in" in said and _IN_ALL.search(bare):
                return _What(("in_all",), left)
            if bare != left:
                return _What(("received",), left)
        if self.words.bare_granted.fullmatch(bare) and not right:
            return _What(("granted",), left) if self.words.among_outcomes.search(point.text) else None
        if _ONLY_SUMMING.fullmatch(bare) and _BARE_REQUESTS_BEHIND.fullmatch(right):
            return _What(("requests",), left)
        if self.words.no_verb.search(left):
            return _What(("requests",), left)
        return _What(("object",), left) if self.words.requests.search(left) else None

    def _counts_one(self, left: str, right: str) -> bool:
        """Whether 一件 is a number: 不予公开一件; not so in 一件不漏, 每一件."""
        if _EVERY_SINGLE.match(right):
            return False
        named = [*self.words.quantities.finditer(left)]
        return bool(self.words.requests.search(left + right)) or bool(named and named[-1].end() == len(left))

    def _requests_follow(self, around: str) -> bool:
        """涉及行政复议的信息公开申请: requests that only concern a remedy."""
        last = list(self.words.remedies.finditer(around))[-1:]
        return bool(last) and bool(self.words.requests.search(around, last[0].end()))

    def _kind(self, left: str) -> str | None:
        """The one kind of requester the words name; None where they name none, or several."""
        if not self.words.kinds.search(left):
            return None
        found = {name_of(match) for match in self.words.kinds.finditer(self.words.fillers.sub("", left))}
        return found.pop() if len(found) == 1 else None

    def _among(self, claim: Claim, before: str) -> bool:
        """其中网上受理9件、窗口受理6件: what the words count in parts, all of the list."""
        if "其中" not in before:
            return False
        counts = {*claim.counts}
        if counts <= {"received", "handled", "object", "requests"}:
            return True
        return "concluded" in counts and bool(self.words.timed_answers.search(before))

    def _relevant(self, point: Standpoint, counts: tuple[str, ...], around: str, near: str) -> bool:
        """Whether the figure is about requests for disclosure, or their remedies, at all."""
        words = self.words
        if self._of_other_business(around):
            return False
        if counts and counts[0] in REMEDIES:
            if _of_all_kinds(point.text, around):
                return False
            reviewing = _REVIEWING.search(around)
            return point.linked or (point.linked_before and not reviewing)
        if words.requests.search(near):
            return True
        if point.inherited and not set(counts) <= {*OUTCOMES, *CARRIED}:
            return False
        return point.topic == "requests" or (_is_sub_row(counts) and point.topic != "other")

    def _weigh(self, point: Standpoint, what: _What, value: int) -> Claim:
        words, counts = self.words, what.counts
        result = None
        if point.topic == "remedies" or (counts and counts[0] in REMEDIES):
            found = words.results.search(what.around)
            result = name_of(found) if found else None
        rest = words.quantities.sub("", what.around)
        if self.scope.government:
            rest = words.wide.sub("", words.government.sub("", rest))
        for name in self.organ:
            rest = rest.replace(name, "")
        rest = words.phrases.sub("", words.requests.sub("", rest)).replace("其中", "")
        if set(counts) <= CARRIED:
            rest = rest.removeprefix("除").removesuffix("外")
        if result:
            rest = words.results.sub("", rest)
        caused = _CAUSE.search(rest) if "引" in rest or "产" in rest or "导" in rest or "提" in rest else None
        if caused:
            rest = rest.replace(caused.group(), "")
        part = bool(caused or words.part.search(rest) or words.part_answers.search(what.around))
        rest = words.fillers.sub("", rest)
        known = len(rest.replace("、", "")) <= _MOST_UNKNOWN
        return Claim(
            counts=counts,
            value=value,
            sentence=_NOWHERE,
            paragraph=0,
            sure=known and not part and "object" not in counts,
            joined=len(counts) > 1,
            linked=point.linked or not (counts and counts[0] in REMEDIES),
            part=part,
            bounded=known and caused is not None,
            kind=what.kind,
            result=result,
        )


_NOWHERE = Sentence("", "", "", None, [])


def _is_strange(claim: Claim) -> bool:
    """Whether words nobody knows stand before a figure: perhaps the sentence has another organ's figures."""
    known = claim.sure or claim.part or "object" in claim.counts or claim.kind is not None
    return not known or claim.bounded


def _of_all_kinds(sentence: str, around: str) -> bool:
    """Whether a count of remedies takes in more than those that concern disclosure, apart behind 其中."""
    among = sentence.find("其中")
    if among < 0 or not _LINK.search(sentence, among):
        return False
    before = sentence[:among]
    if around not in before:
        return False
    return bool(_OF_OTHER_KINDS_TOO.search(before)) or not _LINK.search(before)


def _until_next(text: str, start: int) -> str:
    """The words after a figure: to the next figure, or the next enumeration comma."""
    following = QUANTITY.search(text, start)
    words = text[start : following.start() if following else len(text)]
    return words.partition("、")[0]


def _is_sub_row(counts: tuple[str, ...]) -> bool:
    return any(name.startswith(SUB_ROW) for name in counts)


def _without_sub_rows(quantities: re.Pattern[str], text: str) -> str:
    return quantities.sub(lambda match: "" if name_of(match).startswith(SUB_ROW) else match.group(), text)
