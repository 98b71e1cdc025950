"""`gongkai search` and the follower in `gongkai work`, on an installation of their own."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.cli.test_platform_commands import environment, gongkai


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("data")
    made = gongkai(data, "sample", "--scale", "30")
    assert made.returncode == 0, made.stderr
    return data


def test_an_index_is_built_and_its_state_told(installation: Path) -> None:
    missing = gongkai(installation, "search", "status")
    assert missing.returncode == 1
    assert "还没有建立" in missing.stderr
    built = gongkai(installation, "search", "rebuild")
    assert built.returncode == 0, built.stderr
    assert "检索索引已重建" in built.stdout
    told = gongkai(installation, "search", "status", "--lang", "en")
    assert told.returncode == 0, told.stderr
    assert "of 2" in told.stdout or "of 3" in told.stdout  # nearly all of thirty are public


def test_work_builds_a_missing_index_by_itself(installation: Path, tmp_path: Path) -> None:
    subprocess.run(["cp", "-r", f"{installation}/.", str(tmp_path)], check=True)
    subprocess.run(["rm", "-rf", str(tmp_path / "search")], check=True)
    work = subprocess.Popen([sys.executable, "-m", "gongkai.cli", "work"], env=environment(tmp_path))
    try:
        deadline = time.monotonic() + 60
        while gongkai(tmp_path, "search", "status").returncode and time.monotonic() < deadline:
            time.sleep(0.2)
        assert gongkai(tmp_path, "search", "status").returncode == 0
    finally:
        work.send_signal(signal.SIGTERM)
        assert work.wait(30) == 0
