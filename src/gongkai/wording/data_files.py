"""The lists beside the code: lines of a text file without its comments."""

from __future__ import annotations

from importlib import resources


def text_of(name: str) -> str:
    """The text of a file in wording/data. FileNotFoundError if there is none."""
    return resources.files("gongkai.wording").joinpath("data", *name.split("/")).read_text("utf-8")


def lines_of(name: str) -> list[str]:
    """Its lines, without empty ones and those that begin with #."""
    return [line for line in text_of(name).splitlines() if line and not line.startswith("#")]
