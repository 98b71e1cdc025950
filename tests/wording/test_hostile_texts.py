"""Texts made to be slow: reading takes time in proportion to the length, whatever stands there."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from gongkai.wording.normal import compact_with_positions
from gongkai.wording.numerals import find_numbers
from gongkai.wording.personal import find_personal
from gongkai.wording.similarity import sentences

UNITS = [
    "郑小满申请公开手机13800138000，", "a@b.c@d.", "一二三", "1", " ", "（", "申", "与", "家住路",
    "、", "郑小满、", "残疾", "第1至", "〔", "郑小满患病；",
]  # fmt: skip


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("read", [find_personal, find_numbers, sentences, compact_with_positions])
def test_one_thing_over_and_over_is_read_in_time(read: Callable[[str], object], unit: str) -> None:
    begun = time.perf_counter()
    read(unit * (60_000 // len(unit)))
    # Some tenths of a second where this was written; a reader that goes back over and over needs minutes.
    assert time.perf_counter() - begun < 5
