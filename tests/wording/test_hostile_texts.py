"""Texts made to be slow: reading takes time in proportion to the length, whatever stands there."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from gongkai.wording.near_copies import near_copies
from gongkai.wording.normal import compact_with_positions
from gongkai.wording.numerals import find_numbers
from gongkai.wording.personal import find_personal
from gongkai.wording.scanning import masked, scan
from gongkai.wording.segmentation import index_terms
from gongkai.wording.similarity import sentences

UNITS = [
    "郑小满申请公开手机13800138000，", "a@b.c@d.", "一二三", "1", " ", "（", "申", "与", "家住路",
    "、", "郑小满、", "残疾", "第1至", "〔", "郑小满患病；", "某", "《", "1 ", "1\n", "1-", "0571 ", "62",
    "X", "\u200b", "身份证", "原告", "13800138000 ", "国土资源部", "《国土资源部", "按装", "一三八",
    "6222 ", "郑小满13800138000",
]  # fmt: skip


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("read", [find_personal, find_numbers, sentences, compact_with_positions])
def test_one_thing_over_and_over_is_read_in_time(read: Callable[[str], object], unit: str) -> None:
    begun = time.perf_counter()
    read(unit * (60_000 // len(unit)))
    # Some tenths of a second where this was written; a reader that goes back over and over needs minutes.
    assert time.perf_counter() - begun < 5


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("read", [scan, masked, index_terms])
def test_a_scan_of_one_thing_over_and_over_ends_in_time(read: Callable[[str], object], unit: str) -> None:
    begun = time.process_time()
    read(unit * (60_000 // len(unit)))
    assert time.process_time() - begun < 5


@pytest.mark.parametrize("unit", ["1", "某", "（", "1 ", "身份证", "13800138000 ", "国土资源部", "郑小满、"])
def test_four_times_the_text_takes_about_four_times_as_long(unit: str) -> None:
    def seconds(length: int) -> float:
        text = unit * (length // len(unit))
        begun = time.process_time()
        scan(text)
        return time.process_time() - begun

    seconds(1000)
    assert seconds(200_000) < 10 * max(seconds(50_000), 0.02)


def test_one_paragraph_over_and_over_is_compared_in_time() -> None:
    begun = time.process_time()
    near_copies([(str(number), "本机关依法办理政府信息公开申请，按期答复。") for number in range(3000)])
    assert time.process_time() - begun < 10
