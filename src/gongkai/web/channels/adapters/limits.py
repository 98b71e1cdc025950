"""The platforms' limits, from limits.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def limits(platform: str) -> dict[str, Any]:
    text = resources.files("gongkai.web.channels.adapters").joinpath("limits.toml").read_text("utf-8")
    found: dict[str, Any] = tomllib.loads(text)[platform]
    return found
