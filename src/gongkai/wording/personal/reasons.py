"""Why each kind of personal data may not stand, and how grave that is. From data/personal_data.toml."""

from __future__ import annotations

import tomllib
from functools import cache

from gongkai.wording.data_files import text_of


@cache
def _reasons() -> dict[str, dict[str, str]]:
    return tomllib.loads(text_of("personal_data.toml"))


def reason(kind: str, role: str, variant: str = "") -> tuple[str, str, str]:
    """(severity, Chinese, English) for a kind of data in a role; KeyError for an unknown kind."""
    table = _reasons()
    entry = table.get(f"{kind}:{variant}") or table.get(f"{kind}:{role}") or table[kind]
    return entry["severity"], entry["zh"], entry["en"]
