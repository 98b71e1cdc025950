"""Names of private persons in a text, told by their context (PII.NAME, PII.L2).

A name is flagged only where the words around it make a requester, a party or a patient of its bearer: a
surname and two characters alone are far too often an ordinary word. Officials in their posts are none of
these, so the leaders a report names stay untouched (PII.L3).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple, Protocol

from gongkai.wording.personal.name_data import is_name
from gongkai.wording.personal.name_lists import SEPARATOR, name_ends
from gongkai.wording.personal.names_behind_words import names_behind_words
from gongkai.wording.personal.names_in_letters import names_in_letters
from gongkai.wording.personal.on_duty import is_on_duty


class _Placed(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def kind(self) -> str: ...


class Name(NamedTuple):
    """A person's name. `role`: requester (asked for information), party (to a case or complaint), person."""

    start: int
    end: int
    role: str


# Text given here is simplified: the signs are half-width.
_STOPS = frozenset("。;!?,:\n")
_HEAD = re.compile(
    r"(?:其中|分别[为是由]?|主要[为是有]?|包括|具体[为是]?|案例|例如|比如|如|即|和|及|以及|与|另有?|还有"
    r"|[一二三四五六七八九十]{1,2}[是、.]|\(?[\d一二三四五六七八九十]{1,3}[)、.]?"
    r"|第[\d一二三四五六七八九十]{1,3}[件份个]?|[①-⑳]|[件份宗起条名人][为是由]?"
    r"|\d{4}年(?:度)?|\d{1,2}月(?:份)?|\d{1,2}[日号]"
    r"|[我本该]?(?:信息公开)?(?:申请人|申请者|公民|市民|村民|居民|群众|自然人|网友|网民|当事人|业主|农民|学生|律师|记者)"
    r"|我[镇乡县市区局委办厅院旗]|联系人|本机关|依法|已|了|由|有|收到|受理|答复|关于|针对|对|因|为|是|在|于(?=\d)|[\"'“”‘’《<(\[【*·•—-])"
)
_CROWD = r"(?:等?[\d一二两三四五六七八九十]*(?:[人名位户]|多人|个人)|等)?"
_NOTE = r"(?:\([^()]{0,30}\)?)?"
# What may stand between a requester's name and 申请.
_BETWEEN = (
    r"(?:(?:于|在|通过|以|向|就|因|为|对|到|从|经|针对|关于|书面|当面|口头|再次|多次|先后|提出|提交|递交|邮寄|寄来"
    r"|来信|来函|来电|网上|网络|线上|曾|依法|要求|请求|要|想|共|同时|分别|首次|来|的|\d)[^。;!?,:\n]{0,40})?"
)
_REQUEST_TAIL = re.compile(
    rf"同志|(?:先生|女士|小姐)?{_CROWD}{_NOTE}(?:先生|女士)?(?:(?:政府)?信息公开|{_BETWEEN})"
)
_SUIT_TAIL = re.compile(rf"(?:先生|女士)?{_CROWD}{_NOTE}(?:因|对)?")
_TITLE_TAIL = re.compile(r"")
_ILLNESS_TAIL = re.compile(r"(?:\([^()]{0,20}\)?)?(?:家庭)?")
# 申请 as what somebody does: not the first half of 申请人, 申请表, 申请渠道, nor the last of 依申请.
_REQUEST = re.compile(
    r"申\s?请(?<!依申请)(?<!被申请)(?<!再申请)(?!人|者|表|书|受理|办理|工作|渠道|答复|处理|流程|制度|数|总数"
    r"|事项|点|窗口|材料|登记|件|回执|平台|系统|方式|条件|程序|类|业务|须知|指南|目录|场所|机制|量|情况|途径|服务"
    r"|公开(?:办理|受理|答复|流程|渠道|制度|工作(?!计划|方案|报告|总结|经费|人员|记录)))"
    r"|要求(?=公开|获取|提供|查[询阅])|请求(?=公开|获取|提供|查[询阅])"
)
_AN_ORGAN = r"(?=[^。;\n]{0,30}?(?:政府|局|委|办|厅|机关|院|处|所|中心|部门|站))"
# Each alternative begins with its own character: so the engine passes over the text quickly.
_SUIT = re.compile(
    rf"不服{_AN_ORGAN}|起诉{_AN_ORGAN}|诉(?<![投起上申应败胜信告公]诉){_AN_ORGAN}"
    r"|与(?=[^。;,\n]{2,30}?(?:纠纷|一案))"
)
# 村民某某(住某镇某村)反映……: a complainant, where the word for a private person or a home is beside the name.
_COMPLAINTS = re.compile("反映|投诉|举报|信访|上访|检举|控告")
_PRIVATE_WORD = re.compile("公民|市民|村民|居民|群众|网友|网民|业主|农民|学生|住户|村妇|老人|自然人")
_PRIVATE_PERSON = re.compile(f"(?:{_PRIVATE_WORD.pattern})$")
_HOME_NOTE = re.compile(r"\([^()]{0,12}(?:住|身份证|电话|家|[男女][,、])")
_ASKING = frozenset(("申请人", "申请者", "请求人"))
# 某某(申请人): what the person is stands behind the name.
_ROLE_BEHIND = re.compile(
    r"\(\s?(?:信息公开)?(申请人|申请者|请求人|原告|第三人|上诉人|申诉人|起诉人|当事人|投诉人|举报人|信访人|户主)\s?\)"
)
_IDENTITY = re.compile(
    r"([一-龥]{2,4}|(?<![一-龥])[一-龥]{2,7}[·•・][一-龥]{2,8})\s?(?:[(,:]|的)?(?:[男女][,、])?(?:[一-龥]{1,4}族[,、])?(?:\d{4}年[^,、。;\n]{0,12}[,、])?"
    r"(?:(?:现?住|户籍)[^,。;\n]{0,24}[,、])?(?:居民|公民)?\Z"
)
_BEFORE_IDENTITY = 64  # characters: sex, people, birth and home may stand between a name and the number
_ILLNESS = re.compile(
    r"患(?<!隐患)有?(?!者)|确诊|因病|系(?<![联关体]系)(?=[一-龥]{1,8}?(?:病|症|癌|肿瘤|障碍))|因(?=[一-龥]{2,8}?(?<=[病症癌])(?:住院|[去逝]世|死亡|治疗|手术))|[肺肝胃]癌|低保(?<=[系为是]低保)|残疾"
)
_GRADE = re.compile(r"[身罹]?(?:系|为|是)?(?:[一二三四]级)?(?:智力|肢体|精神|视力|听力)?\Z")
_SCAN = 70  # characters looked at before 申请: longer clauses name nobody at their head


# Between a name and a number or home that belong together: signs, and words for what follows.
_FACTS = r"[男女]|[一-龥]{1,3}族|\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:出)?生"
_FOR_NUMBER = (
    r"(?:本人)?(?:手机|联系电话|电话|联系方式|居民身份证|身份证|公民身份号码|证件)(?:号码|号)?"
    r"|(?:现|家|居)?住(?:址|在)?|家庭(?:住址|地址)|户籍(?:地|所在地|地址)?"
)
_NAMED_BESIDE = re.compile(
    rf"([一-龥]{{2,4}})\s?(?:[,:(、\s]{{0,3}}|[,(、\s](?:(?:{_FACTS})[,、\s]){{0,3}}(?P<word>{_FOR_NUMBER})[:为是\s]{{0,2}})\Z"
)
_TELEPHONES = ("PII.MOB", "PII.TEL")
_BEFORE_NUMBER = 40  # characters before a number in which the name is looked for


def names_beside(text: str, numbers: Sequence[_Placed]) -> list[Name]:
    """Names right before a person's number or home: 某某，110105…; 某某（手机138…）; 某某，男，住某镇某村….

    Nothing but signs, sex and birth, and the word for what follows may part them.
    """
    found = []
    for number in numbers:
        before = _NAMED_BESIDE.search(text, max(0, number.start - _BEFORE_NUMBER), number.start)
        if before is None:
            continue
        # With a telephone, or where words say what follows: an identity number is nobody's on duty.
        reached = before["word"] or number.kind in _TELEPHONES
        if reached and is_on_duty(text, before.start(1)):
            continue
        words, end = before.group(1), before.end(1)
        alone = end - len(words) == 0 or not "一" <= text[end - len(words) - 1] <= "龥"
        if alone and is_name(words):
            found.append(Name(end - len(words), end, "person"))
    return found


def find_names(text: str) -> list[Name]:
    """Names of private persons in simplified text, in order, none twice."""
    best: dict[tuple[int, int], Name] = {}
    for name in chain.from_iterable(look(text) for look in _LOOKS):
        known = best.get((name.start, name.end))
        if known is None or known.role == "person":
            best[name.start, name.end] = name
    return sorted(best.values())


def _requesters(text: str) -> Iterator[Name]:
    for trigger in _REQUEST.finditer(text):
        role = (
            "party" if text.startswith(("行政复议", "复议", "仲裁", "再审"), trigger.end()) else "requester"
        )
        yield from _named_before(text, trigger.start(), _REQUEST_TAIL, role)


def _suitors(text: str) -> Iterator[Name]:
    for trigger in _SUIT.finditer(text):
        yield from _named_before(text, trigger.start(), _SUIT_TAIL, "party")


def _named_before(text: str, end: int, tail: re.Pattern[str], role: str) -> list[Name]:
    """The names at the head of the clause that ends at `end`, if the rest of it is `tail`."""
    start = _clause_start(text, end)
    names = _parse_clause(text, start, end, tail)
    pause = text.rfind("、", start, end)
    if not names and pause >= 0:  # a list of requests: 甲申请公开……、乙申请公开……
        names = _parse_clause(text, pause + 1, end, tail)
    if not names and start > 20 and text[start - 1] == "\n":
        # A pdf breaks lines in the midst of a name: a full line that ends without a stop runs on.
        line = text.rfind("\n", 0, start - 1) + 1
        if start - line > 20 and "一" <= text[start - 2] <= "龥":
            names = _parse_clause(text, _clause_start(text, start - 1, line), end, tail)
    return [Name(first, last, role) for first, last in names]


def _parse_clause(text: str, start: int, end: int, tail: re.Pattern[str]) -> list[tuple[int, int]]:
    piece = text[start:end]
    positions: list[int] | range = range(start, end)
    if not piece or piece.isspace():
        return []
    if len(piece.split()) > 1 or piece[0].isspace() or piece[-1].isspace():
        positions = [start + index for index, character in enumerate(piece) if not character.isspace()]
        piece = "".join(piece.split())
    heads = [0]
    while (head := _HEAD.match(piece, heads[-1])) and head.end() > heads[-1]:
        heads.append(head.end())
    for head_end in reversed(heads):
        spans = _parse_names(piece, head_end, tail)
        if spans:
            return [(positions[first], positions[last - 1] + 1) for first, last in spans]
    return []


def _parse_names(piece: str, start: int, tail: re.Pattern[str] | None) -> list[tuple[int, int]]:
    """NAME (、NAME)* then `tail` to the end of the piece; [] if it does not read so."""
    for end in name_ends(piece, start):
        if tail is not None and tail.fullmatch(piece, end):
            return [(start, end)]
        separator = SEPARATOR.match(piece, end)
        if separator:
            rest = _parse_names(piece, separator.end(), tail)
            if rest:
                return [(start, end), *rest]
    return []


def _complainants(text: str) -> Iterator[Name]:
    for at in (word.start() for word in _COMPLAINTS.finditer(text)):
        before = text[max(0, at - _SCAN) : at]
        if "(" not in before and not _PRIVATE_WORD.search(before):
            continue
        names = _named_before(text, at, _REQUEST_TAIL, "party")
        if names and (
            _PRIVATE_PERSON.search(text, max(0, names[0].start - 4), names[0].start)
            or _HOME_NOTE.match(text, names[-1].end)
        ):
            yield from names


def _places_of(word: str, text: str) -> Iterator[int]:
    """Where a word stands; its characters are looked for first, which is many times as fast."""
    at = text.find(word) if all(character in text for character in word) else -1
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


def _roles_behind(text: str) -> Iterator[Name]:
    for note in _ROLE_BEHIND.finditer(text):
        role = "requester" if note[1] in _ASKING else "party"
        start = _clause_start(text, note.start())
        yield from (Name(*span, role) for span in _parse_clause(text, start, note.start(), _TITLE_TAIL))


def _identified(text: str) -> Iterator[Name]:
    last = 0
    for at in _places_of("身份证", text):
        found = _IDENTITY.search(text, max(last, at - _BEFORE_IDENTITY), at)
        last = at + 3
        if not found:
            continue
        words = found.group(1)
        if not words.isalpha():  # with a dot
            yield Name(*found.span(1), "person")
            continue
        for length in (4, 3, 2):  # the name is what stands last before the bracket
            before = found.end(1) - length - 1
            if len(words) < length or not is_name(words[-length:]):
                continue
            if len(words) == length and before >= 0 and "一" <= text[before] <= "龥":
                continue
            yield Name(found.end(1) - length, found.end(1), "person")
            break


def _in_letters(text: str) -> Iterator[Name]:
    yield from (Name(*found) for found in names_in_letters(text))


def _patients(text: str) -> Iterator[Name]:
    for illness in _ILLNESS.finditer(text):
        start = _clause_start(text, illness.start())
        grade = _GRADE.search(text, start, illness.start())
        end = grade.start() if grade else illness.start()
        yield from (Name(*span, "person") for span in _parse_clause(text, start, end, _ILLNESS_TAIL))


def _behind_words(text: str) -> Iterator[Name]:
    yield from (Name(*found) for found in names_behind_words(text))


def _clause_start(text: str, end: int, lowest: int = 0) -> int:
    """Where the clause begins that `end` stands in, at most _SCAN characters before."""
    lowest = max(lowest, end - _SCAN)
    for index in range(end - 1, lowest - 1, -1):
        if text[index] in _STOPS:
            return index + 1
    return lowest


_LOOKS = (
    _requesters,
    _suitors,
    _complainants,
    _roles_behind,
    _identified,
    _in_letters,
    _patients,
    _behind_words,
)
