"""Names in letters, lists and replies: the private person is found in each, the official in none."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from gongkai.wording.scanning import ScanOptions, masked, scan

SENTENCES = tomllib.loads(Path(__file__).with_name("persons_in_letters.toml").read_text("utf-8"))
PERSONAL = ScanOptions(wording=False)


@pytest.mark.parametrize("frame", SENTENCES["personal"])
def test_whoever_writes_is_asked_for_or_is_told_is_found_and_masked_whole(frame: str) -> None:
    for name in SENTENCES["names"]:
        text = frame.replace("NAME", name)
        found = [one.text for one in scan(text, options=PERSONAL) if one.kind == "PII.NAME"]
        assert name in found, text
        assert not any(part in masked(text, options=PERSONAL) for part in (name[-2:], name[2:] or name)), text


@pytest.mark.parametrize("sentence", SENTENCES["public"])
def test_officials_in_their_posts_and_well_known_names_stay(sentence: str) -> None:
    assert masked(sentence, options=PERSONAL) == sentence


# (text, masked)
WHOLE = [
    ("古丽娜尔·买买提（申请人）", "某某（申请人）"),
    ("申请人古丽娜尔·买买提来信。", "申请人某某来信。"),
    ("史玉柱（申请人）", "史某（申请人）"),
    ("收到史玉柱提交的申请。", "收到史某提交的申请。"),
    ("申请人张玉柱提交材料。", "申请人张某提交材料。"),
    ("投诉人史玉柱要求退款。", "投诉人史某要求退款。"),
    ("陈志强同志来电咨询，联系电话13805971234。", "陈某同志来电咨询，联系电话138****1234。"),
    ("来电咨询，联系电话13805971234。", "来电咨询，联系电话138****1234。"),
]


@pytest.mark.parametrize(("text", "expected"), WHOLE)
def test_nothing_of_a_name_is_left_behind_its_mask(text: str, expected: str) -> None:
    assert masked(text, options=PERSONAL) == expected


def test_a_mobile_number_is_the_offices_only_beside_an_office_word() -> None:
    roles = {}
    for text in ("联系电话：13805971234", "办公室电话：13805971234", "监督举报电话13805971234"):
        (found,) = scan(text, options=PERSONAL)
        roles[text] = found.role
    assert list(roles.values()) == ["private", "contact", "contact"]
