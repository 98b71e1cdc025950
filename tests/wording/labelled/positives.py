"""Sentences that hold an invented person's number, in the ways people write it. Seeded: always the same."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import NamedTuple

from tests.wording.labelled import invented


class Labelled(NamedTuple):
    """A text and what must be found in it: (kind, the words as they stand)."""

    text: str
    found: tuple[tuple[str, str], ...]
    shape: str


_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜"
_GIVEN = ("小满", "晓棠", "大福", "红梅", "子涵", "志远", "岚", "海燕", "文博", "玉兰")

_ID_FRAMES = (
    "当事人{name}（身份证号码：{number}）于本月提交材料，经审核予以受理。",
    "经查，{name}，女，公民身份号码{number}，住本县某镇。",
    "现将补贴发放名单公示如下：{name} {number} 3000元",
    "附件：身份证明{number}复印件一份",
    "申请人证件号码为{number}，联系地址略。",
    "本人{number}自愿放弃陈述申辩权利",
    "序号1姓名{name}证件号{number}金额2600元",
    "依据《行政处罚法》，对{number}持有人作出罚款二百元的决定。",
    "{number}",
    "证号{number}。",
    "办理结果：已核验（{number}）",
    "户主及身份证号：{name}{number}",
    "该户共三人，其中{number}为低保对象",
    "（证件类型：居民身份证；证件号码：{number}；有效期至2035年）",
)
_PHONE_FRAMES = (
    "申请人{name}，手机{number}，通过邮寄方式提交申请。",
    "举报人电话：{number}，要求回复。",
    "{name}（联系电话{number}）反映小区漏水问题，已转办。",
    "村民{name}，手机号码：{number}",
    "业主来电{number}投诉噪声扰民，已现场核查。",
    "当事人{number}多次致电询问办理进度",
    "姓名：{name} 手机：{number}",
    "原告{name}手机{number}。",
    "信访人的手机号是{number}，请注意保密。",
)
_CARD_FRAMES = (
    "补助资金汇入{name}银行卡{number}，请核对。",
    "收款账号：{number} 开户行：某农村商业银行",
    "一卡通卡号{number}，本月发放1200元",
    "请将罚没退款转至卡号{number}（户名{name}）。",
    "农户{name}的惠农账户为{number}。",
)


def _plain(number: str, dice: random.Random) -> str:
    return number


def _lower(number: str, dice: random.Random) -> str:
    return number.lower()


def _full_width(number: str, dice: random.Random) -> str:
    return invented.full_width(number)


def _cut(number: str, at: tuple[int, ...], sign: str) -> str:
    parts, last = [], 0
    for place in (*at, len(number)):
        parts.append(number[last:place])
        last = place
    return sign.join(parts)


def _id_spaces(number: str, dice: random.Random) -> str:
    return _cut(number, dice.choice(((6, 14), (6, 10, 14), (3, 6, 10, 14), (4, 8, 12, 16))), " ")


def _id_hyphens(number: str, dice: random.Random) -> str:
    return _cut(number, (6, 14), dice.choice(("-", "—", "－", " - ")))


def _newline(number: str, dice: random.Random) -> str:
    return _cut(number, (dice.randrange(3, len(number) - 3),), "\n")


def _apart(number: str, dice: random.Random) -> str:
    return " ".join(number)


def _unseen(number: str, dice: random.Random) -> str:
    return _cut(number, (dice.randrange(2, len(number) - 2),), "\u200b")


def _phone_spaces(number: str, dice: random.Random) -> str:
    return _cut(number, (3, 7), " ")


def _phone_hyphens(number: str, dice: random.Random) -> str:
    return _cut(number, (3, 7), "-")


def _card_spaces(number: str, dice: random.Random) -> str:
    return _cut(number, tuple(range(4, len(number), 4)), " ")


_ID_SHAPES = (_plain, _plain, _lower, _full_width, _id_spaces, _id_hyphens, _newline, _apart, _unseen)
_PHONE_SHAPES = (_plain, _plain, _full_width, _phone_spaces, _phone_hyphens, _newline, _unseen)
_CARD_SHAPES = (_plain, _full_width, _card_spaces, _newline)
Shape = Callable[[str, random.Random], str]


def positives(seed: int = 20_260_101) -> Iterator[Labelled]:
    """Some 1,000 texts, each with one labelled number."""
    dice = random.Random(seed)
    makers = (
        ("PII.ID18", invented.resident, _ID_FRAMES, _ID_SHAPES, 400),
        ("PII.MOB", invented.mobile, _PHONE_FRAMES, _PHONE_SHAPES, 260),
        ("PII.BANK", invented.card, _CARD_FRAMES, _CARD_SHAPES, 150),
    )
    for kind, number, frames, shapes, count in makers:
        for _ in range(count):
            shape: Shape = dice.choice(shapes)
            yield _text(kind, shape(number(dice), dice), dice.choice(frames), shape.__name__, dice)
    for _ in range(60):
        yield _text("PII.ID15", invented.old_resident(dice), "身份证号码：{number}（旧证）。", "_plain", dice)
    for _ in range(60):
        frame = dice.choice(
            (
                "申请人{name}住宅电话{number}",
                "投诉人电话{number}，请勿公开。",
                "{name}女士来信反映，家庭电话{number}。",
            )
        )
        yield _text("PII.TEL", invented.landline(dice), frame, "_plain", dice)
    for _ in range(40):
        prefix = dice.choice(("+86", "+86 ", "+86-", "86-", "0086-"))
        number = invented.mobile(dice)
        text = f"村民{_name(dice)}手机{prefix}{number}。"
        yield Labelled(text, (("PII.MOB", number),), "_country")


def mistyped(seed: int = 20_260_102) -> Iterator[Labelled]:
    """Identity numbers with one wrong digit: found, and lower, where the words say what they are."""
    dice = random.Random(seed)
    for _ in range(100):
        frame = dice.choice(
            ("身份证号：{number}", "{name}，公民身份号码{number}，已登记。", "证件号码{number}。")
        )
        yield _text("PII.ID18", invented.mistyped_resident(dice), frame, "mistyped", dice)


def _name(dice: random.Random) -> str:
    return dice.choice(_SURNAMES) + dice.choice(_GIVEN)


def _text(kind: str, number: str, frame: str, shape: str, dice: random.Random) -> Labelled:
    return Labelled(frame.format(name=_name(dice), number=number), ((kind, number),), shape)
