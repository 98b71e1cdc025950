"""How long the property tests search: `ci` always the same examples, `long` new ones for `make fuzz`."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

_UNHURRIED = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]

# The same examples every time: a change is not blamed for what chance alone has found.
settings.register_profile(
    "ci", deadline=None, max_examples=200, derandomize=True, suppress_health_check=_UNHURRIED
)
settings.register_profile(
    "long", deadline=None, max_examples=5_000, suppress_health_check=_UNHURRIED, print_blob=True
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))
