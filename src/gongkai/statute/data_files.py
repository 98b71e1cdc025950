"""The law's data beside the code: statute/data, read once."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any


def text_of(file: str) -> str:
    """The text of a file in statute/data. FileNotFoundError if there is none."""
    return resources.files("gongkai.statute").joinpath("data", file).read_text("utf-8")


@cache
def data(file: str) -> dict[str, Any]:
    """A toml file in statute/data, read once. What it gives is not to be changed."""
    return tomllib.loads(text_of(file))
