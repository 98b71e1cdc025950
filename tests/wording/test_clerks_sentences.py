"""Personal data in sentences as clerks write them (clerks_sentences.toml): all is found, and nothing else."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from gongkai.wording.personal import find_personal

SENTENCES = tomllib.loads(Path(__file__).with_name("clerks_sentences.toml").read_text("utf-8"))


@pytest.mark.parametrize("sentence", SENTENCES["public"])
def test_what_is_public_is_left_alone(sentence: str) -> None:
    assert [(data.kind, data.text) for data in find_personal(sentence)] == []


@pytest.mark.parametrize(("sentence", "kinds"), SENTENCES["personal"])
def test_personal_data_is_found(sentence: str, kinds: list[str]) -> None:
    found = find_personal(sentence)
    assert {data.kind for data in found} == set(kinds)
    assert all(data.text not in data.masked for data in found)
