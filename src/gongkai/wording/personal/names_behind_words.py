"""Names right behind a word for a private person, where no sign ends the name: 监护人某某签字, 患者某某住院.

What follows such a word is mostly ordinary text (当事人应当, 患者隐私), so the segmenter says where the first
words end; a surname that is an everyday word counts only where the segmenter takes the whole for a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from gongkai.wording.data_files import lines_of
from gongkai.wording.personal.name_data import is_name, name_data, surname_of
from gongkai.wording.personal.name_lists import first_characters, list_after, name_ends
from gongkai.wording.personal.on_duty import asks_on_duty
from gongkai.wording.segmentation import is_known, words

_LINK = re.compile(r"(?:姓名|名称|名单(?=:))?(?:为|是|系|有|包括|分别[为是])?[ \t]{0,4}[: \t\"“(]{0,3}")
_NEXT = re.compile(r"(?:、|和|与|及|以及)")
# What stands behind the last name of a list where a sign or one of these words shows its end.
_PARTY_FOLLOW = re.compile(
    r"\s*(?:$|[。;!?,:()\n\"”《]|等|先生|女士|不服|诉|因|对|就|向|于\d|通过|提出|提交|申请|要求|请求|均|不?同意|的|身份证|住"
    r"|电话|来[信函电访]|称|认为|要求|反映|投诉|举报|到场|当[日场]|报案|表示|与被告|[\d二两三四五六七八九十]+[人名位户])"
)
_PERSON_FOLLOW = re.compile(
    r"\s*(?:$|[。;!?,:()\n、\"”|]|等|先生|女士|的|身份证|证件|性别|电话|手机|住|[男女]\b|\d|家中?[,。]|一家|患|申请|反映|称|认为|要求|投诉|到场|当[日场]|报案|表示|领取|享受|获得|来[信函电访])|\s"
)
_SPACED = re.compile(r"姓[ \t]{1,4}名")
_AHEAD = 12  # characters cut into words: a name and what follows it
_MOST = 40  # names of one list that are looked at
# 第三人某某里村民委员会: the characters begin the name of an organisation.
_ORGANISATION = re.compile(
    r"[一-龥]{0,4}?(?:委员会|公司|合作社|村委会|经营部|商店|商行|工厂|事务所|超市|饭店|农场|门市部|小组)"
)
_OFFICIAL = re.compile(r"职务|职位|分管|局长|主任|书记|科长|处长|镇长|县长|市长|部长|院长|主席")


@cache
def _words() -> tuple[AhoCorasick, list[str]]:
    """All words in one automaton, and the role of each. Of two that fit the longer counts."""
    roles: dict[str, str] = {}
    role = ""
    for line in lines_of("person_words.txt"):
        if line.startswith("["):
            role = line[1:-1]
        else:
            roles.update(dict.fromkeys(line.split(), role))
    automaton = AhoCorasick(roles, matchkind=MatchKind.LeftmostLongest, implementation=Implementation.DFA)
    return automaton, list(roles.values())


def names_behind_words(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and role of names right behind words for a private person, in simplified text."""
    automaton, roles = _words()
    for number, first, last in automaton.find_matches_as_indexes(text):
        # 被申请人, 被上诉人 is an organ, mostly; 企业主 is no 业主.
        if text[first - 1 : first] not in ("被", "企") and not _of_the_office(text, first, last):
            yield from _names_from(text, last, roles[number])
    for field in _SPACED.finditer(text):
        yield from _names_from(text, field.end(), "person")


def _of_the_office(text: str, first: int, last: int) -> bool:
    return text[first:last] == "姓名" and asks_on_duty(text, first)


def _names_from(text: str, end: int, role: str) -> Iterator[tuple[int, int, str]]:
    """The names behind a word that ends at `end`: up to a sign that ends them, else as the words are cut."""
    link = _LINK.match(text, end)
    at = link.end() if link else end
    if text[at : at + 1] not in first_characters() and "·" not in text[at : at + 8]:
        return
    spans = list_after(text, at, _PERSON_FOLLOW if role == "person" else _PARTY_FOLLOW)
    if not spans:
        spans = list(_cut_names(text, at))
    if spans and not (role == "person" and _OFFICIAL.search(text, spans[-1][1], spans[-1][1] + 24)):
        yield from ((*span, role) for span in spans)


def _cut_names(text: str, at: int) -> Iterator[tuple[int, int]]:
    for _ in range(_MOST):
        # The segmenter's dictionary takes a moment to load: only for what may be a name at all.
        end = _name_at(text, at) if next(name_ends(text, at), None) is not None else -1
        if end < 0:
            return
        yield at, end
        following = _NEXT.match(text, end)
        if not following:
            return
        at = following.end()


def _name_at(text: str, start: int) -> int:
    """Where the name that begins at `start` ends, -1 if the first words there are no name."""
    piece = text[start : start + _AHEAD]
    pieces = words(piece)[:3]
    if not pieces or pieces[0].start != 0:
        return -1
    data = name_data()
    length, surname = pieces[0].end, surname_of(piece)
    if length > 2 and not is_name(piece[:length]):
        length -= 1  # 秦岚未|到庭
    if length == len(surname) and surname not in data.word and pieces[1:] and pieces[1].start == length:
        length = pieces[1].end  # 郑|大福
    elif length == len(surname) and pieces[1:] and len(pieces[1].text) == 2 and not is_known(pieces[1].text):
        length = pieces[1].end  # 林|大柱: no word of the dictionary, so a given name
    name = piece[:length]
    if not is_name(name) or not data.given.issuperset(name[len(surname) :]):
        return -1
    if surname in data.word and is_known(name):
        return -1
    return -1 if _ORGANISATION.match(text, start + length) else start + length
