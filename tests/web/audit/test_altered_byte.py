"""One byte altered in the database's file, as with a hex editor, is found by `gongkai audit verify`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from tests.web import platform
from tests.web.platform import published
from tests.web.raw_files import bytes_in_use

from gongkai.web.audit.models import Entry
from gongkai.web.disclosure.actions.ending import repeal
from gongkai.web.organs.models import Role

pytestmark = pytest.mark.django_db(transaction=True)

# What stands in the file as text; the last byte of it is exchanged for its neighbour.
PLACES = {
    "a title": "《北山镇防汛抗旱工作方案》",
    "a body": "请认真贯彻执行",
    "an index number": "/2026-00001",
    "a name": "虚构区北山镇人民政府",
    "the reason of a repeal": "虚政发〔2026〕9号",
    "an entry of the log": "disclosure.publish",
}


@pytest.fixture
def database(transactional_db: None, tmp_path: Path) -> Path:
    """A copy of the database after a record was published and repealed."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL's files are its own; altered rows are tested in test_tampering.py")
    district = platform.district()
    record = published(district.town)
    repeal(
        by=district.town[Role.LEADER],
        record=record,
        on=record.made_on or record.created_at.date(),
        basis="虚政发〔2026〕9号",
    )
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    copy = tmp_path / "copy.sqlite3"
    copy.write_bytes(bytes_in_use(Path(connection.settings_dict["NAME"])))
    return copy


def _verify(database: Path, tmp_path: Path) -> tuple[int, dict[str, Any]]:
    environment = {
        **os.environ,
        "GONGKAI_DATABASE": f"sqlite:///{database}",
        "GONGKAI_DATA": str(tmp_path),
        "GONGKAI_SECRET_KEY": "of a test",
    }
    done = subprocess.run(
        [sys.executable, "-c", "from gongkai.cli import main; main()", "audit", "verify", "--json"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return done.returncode, json.loads(done.stdout)


def test_one_byte_is_found_wherever_it_stands(database: Path, tmp_path: Path) -> None:
    status, told = _verify(database, tmp_path)
    assert (status, told["faults"]) == (0, [])
    assert told["entries"] == Entry.objects.count()
    whole = database.read_bytes()
    for name, text in PLACES.items():
        words = text.encode()
        at = whole.index(words) + len(words) - 1
        altered = whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]
        spoiled = tmp_path / "spoiled.sqlite3"
        spoiled.write_bytes(altered)
        status, told = _verify(spoiled, tmp_path)
        assert status == 1, name
        assert told["faults"], name
