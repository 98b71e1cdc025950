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
        # It is thrown away with the tests: no commit waits for the disk to have it.
        settings["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"


# Rows that `migrate` makes of the models themselves: the same for all tests, and no test changes them.
_MADE_BY_MIGRATE = {"django_content_type", "auth_permission"}


@pytest.fixture(scope="session", autouse=True)
def _emptied_after_tests_that_commit() -> None:
    """A test that commits empties the database afterwards: the guards that forbid that are lifted for it.

    Then they are put back. Django itself would tell each app of a migration, and with each of them all guards
    are put in place anew: ten times the work for the same.
    """
    from django.core.management.color import no_style
    from django.db import connections
    from django.test import TransactionTestCase

    from gongkai.web.audit import guards

    def emptied(self: Any) -> None:
        for name in self._databases_names(include_mirrors=False):
            connection = connections[name]
            tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
            guards.lift(name)
            flush = connection.ops.sql_flush(no_style(), sorted(set(tables) - _MADE_BY_MIGRATE))
            connection.ops.execute_sql_flush(flush)
            guards.put_in_place(name)

    TransactionTestCase._fixture_teardown = emptied  # type: ignore[method-assign]
