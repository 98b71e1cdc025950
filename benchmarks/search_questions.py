"""Questions of eight kinds with the answers that the making of the corpus gives them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from random import Random

from benchmarks.search_corpus import ASPECTS, TOPICS, Question, Told, misspelt

KINDS = ("words", "names", "places", "numbers", "sentences", "misspellings", "fragments", "everyday")
# What people say for a topic that no text of the corpus says.
EVERYDAY = {
    "医保": "城乡居民医疗保险参保",
    "公租房": "公共租赁住房分配",
    "危险房屋": "农村危房改造",
    "征地": "土地征收补偿安置",
    "征收土地": "土地征收补偿安置",
    "退伍军人": "退役军人就业创业扶持",
    "防火": "森林防灭火督查",
    "森林防火": "森林防灭火督查",
    "网约车": "网络预约出租汽车许可",
    "出租车": "网络预约出租汽车许可",
    "流浪狗": "流浪犬收容处置",
    "残疾人补贴": "残疾人两项补贴发放",
    "小升初": "义务教育阶段招生",
    "幼升小": "义务教育阶段招生",
    "入学报名": "义务教育阶段招生",
    "上小学": "义务教育阶段招生",
    "择校": "义务教育阶段招生",
    "中小企业": "中小微企业贷款贴息",
    "充电设施": "新能源汽车充电桩布局",
    "煤气": "城镇燃气安全整治",
    "天然气": "城镇燃气安全整治",
    "课后延时": "中小学课后服务",
    "课后托管": "中小学课后服务",
    "午托": "中小学课后服务",
    "放学没人接": "中小学课后服务",
    "消防通道": "消防车通道清理",
}
_SAID = ("{word}", "{word}怎么办", "请问{word}怎么申请", "{place}{word}", "{place}的{word}")


def questions(told: Sequence[Told], each: int, chance: Random) -> Iterator[Question]:
    """`each` of each kind, twice as many in everyday words; none without an answer."""
    makers: dict[str, Callable[[Sequence[Told], Random], Question]] = {
        "words": _words,
        "names": _names,
        "places": _places,
        "numbers": _numbers,
        "sentences": _sentences,
        "misspellings": _misspellings,
        "fragments": _fragments,
        "everyday": _everyday,
    }
    for kind in KINDS:
        seen: set[str] = set()
        wanted = 2 * each if kind == "everyday" else each
        for _ in range(each * 30):
            if len(seen) == wanted:
                break
            made = makers[kind](told, chance)
            if made.answers and made.text not in seen:
                seen.add(made.text)
                yield made


def _about(told: Sequence[Told], topic: str) -> dict[int, int]:
    return {one.document.id: 2 for one in told if one.topic == topic}


def _words(told: Sequence[Told], chance: Random) -> Question:
    """A word of two characters or more, as it stands in titles."""
    topic = chance.choice(list(TOPICS))
    word = next((one for one in reversed(TOPICS[topic]) if one in topic), topic[-4:])
    return Question("words", word, _holding(told, word))


def _holding(told: Sequence[Told], word: str) -> dict[int, int]:
    """3 in the title, 1 in the text."""
    found: dict[int, int] = {}
    for one in told:
        document = one.document
        if word in document.title:
            found[document.id] = 3
        elif word in document.body or any(word in file.text for file in document.files):
            found[document.id] = 1
    return found


def _names(told: Sequence[Told], chance: Random) -> Question:
    """A firm that a text or an attachment names; half of them without the common end."""
    one = chance.choice(told)
    name = one.in_file.removesuffix("承接项目") if one.in_file and chance.random() < 0.5 else one.name
    answers: dict[int, int] = defaultdict(int)
    for other in told:
        if other.name == name or other.in_file.startswith(name):
            answers[other.document.id] = 3
    return Question("names", name, dict(answers))


def _places(told: Sequence[Told], chance: Random) -> Question:
    """A place and a matter."""
    one = chance.choice(told)
    word = chance.choice([word for word in TOPICS[one.topic] if word in one.topic] or [one.topic])
    answers = {
        other.document.id: 3 for other in told if other.place == one.place and word in other.document.title
    }
    sign = chance.choice((" ", "", "的"))
    return Question("places", f"{one.place}{sign}{word}", answers)


def _numbers(told: Sequence[Told], chance: Random) -> Question:
    one = chance.choice(told)
    organ, _, rest = one.number.partition("〔")
    year, _, number = rest.partition("〕")
    written = chance.choice(
        (
            one.number,
            f"{organ}[{year}]{number}",
            f"{organ}（{year}）{number}",
            f"{organ}{year}年第{number}",
            f"{organ[1:]}〔{year}〕{number}",
            f"{organ}【{year}】{number.removesuffix('号')}号文件",
            one.document.index_number,
        )
    )
    return Question("numbers", written, {one.document.id: 3})


def _sentences(told: Sequence[Told], chance: Random) -> Question:
    topic, aspect = chance.choice(list(TOPICS)), chance.choice(list(ASPECTS))
    asked = ASPECTS[aspect][1]
    sentence = chance.choice(("{topic}{asked}？", "请问{topic}{asked}", "我想知道{topic}{asked}呢"))
    answers = _about(told, topic)
    answers = dict.fromkeys(answers, 1) | {
        one.document.id: 3 for one in told if one.topic == topic and one.aspect == aspect
    }
    return Question("sentences", sentence.format(topic=topic, asked=asked), answers)


def _misspellings(told: Sequence[Told], chance: Random) -> Question:
    topic = chance.choice(list(TOPICS))
    word = chance.choice([one for one in (*TOPICS[topic], topic) if one in topic and len(one) > 2] or [topic])
    wrong = misspelt(word, chance)
    return Question("misspellings", wrong, _holding(told, word) if wrong != word else {})


def _fragments(told: Sequence[Told], chance: Random) -> Question:
    """Four to six characters out of the middle of a title, wherever its words begin and end."""
    one = chance.choice(told)
    text = one.document.title
    length = chance.randrange(4, 7)
    at = chance.randrange(1, len(text) - length)
    piece = text[at : at + length]
    return Question("fragments", piece, _holding(told, piece))


def _everyday(told: Sequence[Told], chance: Random) -> Question:
    """A word that people use for what texts call otherwise, with a place or alone."""
    word = chance.choice(list(EVERYDAY))
    said = chance.choice(_SAID)
    about = [one for one in told if one.topic == EVERYDAY[word]]
    place = chance.choice(about).place if about else ""
    if "{place}" in said:
        about = [one for one in about if one.place == place]
    answers = {one.document.id: 3 for one in about}
    return Question("everyday", said.format(word=word, place=place), answers)
