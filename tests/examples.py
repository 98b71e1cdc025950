"""How many examples a slow property test looks at: few in `make test`, many when a fault is searched for."""

from __future__ import annotations

import os

_LONGER = 25


def examples(few: int) -> int:
    """`few` in `make test`, many times as many in `make fuzz` (HYPOTHESIS_PROFILE=long)."""
    return few * _LONGER if os.environ.get("HYPOTHESIS_PROFILE") == "long" else few
