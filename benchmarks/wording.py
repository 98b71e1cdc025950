"""Scanning text for personal data and wrong wording, with a bare `re.findall` of the same numbers beside it.

The text is invented: one line in thirty is of the labelled set and full of numbers, the others are sentences
of an ordinary announcement. About half the time goes to names, a third to numbers; where every line holds
numbers it takes longer.
"""

from __future__ import annotations

import itertools
import random
import re
from collections.abc import Iterator

from benchmarks.measure import Measure, milliseconds

FLOOR = 20.0  # megabytes of text a second on one core
_ORDINARY = (
    "各乡镇人民政府、街道办事处，区政府各部门、各直属机构：",
    "为进一步规范行政执法行为，提高依法行政水平，根据有关法律法规规定，结合本区实际，现就有关事项通知如下。",
    "一、总体要求。坚持以人民为中心，统筹发展和安全，着力提升基层治理体系和治理能力现代化水平。",
    "二、主要任务。加强组织领导，明确责任分工，细化工作措施，确保各项任务落到实处、取得实效。",
    "建设项目应当严格执行环境影响评价制度，落实污染防治措施，未经验收合格不得投入生产或者使用。",
    "鼓励社会资本参与农村基础设施建设和运营，完善财政补助、用地保障、人才引进等配套政策。",
    "申请人对答复不服的，可以自收到之日起六十日内申请行政复议，或者在六个月内提起行政诉讼。",
    "本办法自2026年1月1日起施行，有效期五年。",
)


def measures() -> Iterator[Measure]:
    from gongkai.wording.lists import Matcher, read_list
    from gongkai.wording.near_copies import near_copies
    from gongkai.wording.scanning import ScanOptions, scan
    from gongkai.wording.segmentation import index_terms

    text = _text()
    size = len(text.encode()) / 1e6
    peer = ("bare re.findall of five numbers", _rate(size, lambda: _bare(text)))
    yield Measure(
        "scan: personal data and wording", _rate(size, lambda: scan(text)), "MB/s", FLOOR, True, *peer
    )
    personal, wording = ScanOptions(wording=False), ScanOptions(personal=False)
    yield Measure("scan: personal data", _rate(size, lambda: scan(text, options=personal)), "MB/s")
    yield Measure(
        "scan: wording, the starter lists", _rate(size, lambda: scan(text, options=wording)), "MB/s"
    )
    large = Matcher([read_list(_large_list(), "large")])
    yield Measure("match a list of 12,000 words", _rate(size, lambda: large.find(text)), "MB/s")
    short = text[:300_000]
    terms = _rate(len(short.encode()) / 1e6, lambda: index_terms(short))
    yield Measure("index terms: words and bigrams", terms, "MB/s")
    corpus = [(str(number), _paragraph(number)) for number in range(2000)]
    yield Measure("near copies among 2,000 paragraphs", milliseconds(lambda: near_copies(corpus)), "ms")


def _rate(megabytes: float, work: object) -> float:
    assert callable(work)
    return megabytes / milliseconds(work) * 1000


_BARE = tuple(
    re.compile(pattern)
    for pattern in (
        r"[1-9]\d{5}(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]",
        r"(?<!\d)1[3-9]\d{9}(?!\d)",
        r"0\d{2,3}-?\d{7,8}",
        r"(?<!\d)62\d{14,17}(?!\d)",
        r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+\.[A-Za-z.]+",
    )
)


def _bare(text: str) -> int:
    """The patterns alone: no check digits, no spaces, no full-width digits, no context, no names."""
    return sum(len(pattern.findall(text)) for pattern in _BARE)


def _text() -> str:
    from tests.wording.labelled.negatives import negatives
    from tests.wording.labelled.positives import positives

    dice = random.Random(5)
    labelled = [sample.text for sample in positives()] + list(negatives())
    dice.shuffle(labelled)
    ordinary = itertools.cycle(_ORDINARY)
    lines = [line for one in labelled for line in (one, *(next(ordinary) for _ in range(29)))]
    return "\n".join(lines)


def _large_list() -> str:
    dice = random.Random(6)
    signs = [chr(0x4E00 + number) for number in range(3000)]
    words = dict.fromkeys("".join(dice.choices(signs, k=dice.choice((2, 3, 4)))) for _ in range(12_500))
    rows = (f"{word},一般错误,敏感用语,自拟" for word in list(words)[:12_000])
    return "\n".join(["错误表述,等级,类别,出处", *rows])


def _paragraph(number: int) -> str:
    dice = random.Random(number)
    return (
        "".join(dice.sample(_ORDINARY, 3)) + str(number) + "".join(dice.choices("公开信息办理答复制度", k=20))
    )
