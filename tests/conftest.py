"""How long the property tests search: `ci` always the same examples, `long` new ones for `make fuzz`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
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


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """SQLite's test database is a file, as in use: threads and processes meet in it as they would there."""
    from django.db import connections

    settings: dict[str, Any] = connections["default"].settings_dict
    if settings["ENGINE"].endswith("sqlite3"):
        name = Path(tmp_path_factory.mktemp("database")) / "gongkai.sqlite3"
        settings["TEST"]["NAME"] = str(name)


@pytest.fixture(scope="session", autouse=True)
def _emptied_after_tests_that_commit() -> None:
    """A test that commits empties the database afterwards: the guards that forbid that are lifted for it.

    `migrate`'s signal, sent at the end of the emptying, puts them back.
    """
    from django.test import TransactionTestCase

    from gongkai.web.audit import guards

    emptying = TransactionTestCase._fixture_teardown

    def lifted(self: Any) -> None:
        guards.lift()
        emptying(self)

    TransactionTestCase._fixture_teardown = lifted  # type: ignore[method-assign]
