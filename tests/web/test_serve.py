"""Starting the platform: one line in Chinese when it cannot be, and nothing that a clerk need not read."""

from __future__ import annotations

import contextlib
import os
import socket
import sqlite3
import stat
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from gongkai.web import serve


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[tuple[str, int]]:
    """Where a server would have been started."""
    places: list[tuple[str, int]] = []
    monkeypatch.setattr(serve, "_serve", lambda host, port, *_: places.append((host, port)))
    monkeypatch.setattr(serve, "_prepare", lambda **_: 0)
    monkeypatch.setattr(serve, "_worker", contextlib.nullcontext)
    monkeypatch.setenv("GONGKAI_SECRET_KEY", "")
    monkeypatch.setenv("GONGKAI_ADDRESS", "")
    monkeypatch.setenv("GONGKAI_DATA", str(tmp_path))
    return places


@pytest.mark.parametrize("port", ["80000", "0", "-1", "abc", "８０００", "8000.5", ""])
def test_a_port_that_is_none_is_refused_in_one_chinese_line(
    port: str, started: list[tuple[str, int]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert serve.main([f"--port={port}"]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "应为 1 到 65535 之间的整数" in said
    assert started == []


def test_a_wrong_option_is_refused_in_one_chinese_line(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        serve.main(["--workers=many"])
    assert stopped.value.code == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert said.startswith("启动参数有误")


def test_a_port_that_is_taken_is_said_with_another_to_try(
    started: list[tuple[str, int]], capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert serve.main([f"--port={port}"]) == 1
    said = capsys.readouterr().err
    assert f"127.0.0.1:{port} 不能使用（端口已被占用），换一个端口：make run PORT=" in said
    assert "Traceback" not in said
    assert started == []


def test_a_start_on_this_machine_gets_a_key_without_a_word(
    started: list[tuple[str, int]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert serve.main(["--port=18431"]) == 0
    assert started == [("127.0.0.1", 18431)]
    assert len(os.environ["GONGKAI_SECRET_KEY"]) > 40
    assert capsys.readouterr().err == ""


def test_the_next_start_has_the_same_key_so_that_people_stay_signed_in(
    started: list[tuple[str, int]], tmp_path: Path
) -> None:
    serve.main(["--port=18431"])
    first = os.environ.pop("GONGKAI_SECRET_KEY")
    serve.main(["--port=18431"])
    assert os.environ["GONGKAI_SECRET_KEY"] == first
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600


def test_a_key_that_was_set_is_used_and_not_written_down(
    started: list[tuple[str, int]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GONGKAI_SECRET_KEY", "of-the-site")
    serve.main(["--port=18431"])
    assert os.environ["GONGKAI_SECRET_KEY"] == "of-the-site"
    assert not (tmp_path / "secret-key").exists()


def test_what_is_sent_names_the_port_that_was_asked_for(
    started: list[tuple[str, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    serve.main(["--port=8765"])
    assert os.environ["GONGKAI_ADDRESS"] == "http://127.0.0.1:8765"
    monkeypatch.setenv("GONGKAI_ADDRESS", "https://www.example.cn")
    serve.main(["--port=8766"])
    assert os.environ["GONGKAI_ADDRESS"] == "https://www.example.cn"


def test_a_start_for_others_says_that_a_key_should_be_set(
    started: list[tuple[str, int]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert serve.main(["--host=0.0.0.0", "--port=18432"]) == 0
    assert "GONGKAI_SECRET_KEY" in capsys.readouterr().err


def test_a_database_that_cannot_be_used_keeps_the_server_from_starting(
    started: list[tuple[str, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serve, "_prepare", lambda **_: 1)
    assert serve.main(["--port=18433"]) == 1
    assert started == []


def test_a_first_start_loads_the_sample_and_says_who_signs_in(tmp_path: Path) -> None:
    with running(tmp_path) as (address, server):
        with urllib.request.urlopen(address, timeout=20) as page:
            assert page.status == 200
        # Words inside an attachment are found at once: nobody waits for the first round of `gongkai work`.
        with urllib.request.urlopen(f"{address}search/?q={quote('井道勘验')}", timeout=20) as page:
            assert "加装电梯补助办法" in page.read().decode()
        worker = children(server.pid)
        assert any("gongkai.cli work" in command for command in worker.values())
        lines = stopped(server)
    told = "\n".join(lines)
    assert "示例已装入：15 个机关" in told
    assert "Shili-2026-Gongkai" in told
    assert "xugou.secrecy" in told
    assert address in told
    assert f"{address}o/xugou/" in told
    assert f"{address}search/" in told
    assert "WARNING" not in told
    assert "Traceback" not in told
    time.sleep(1)
    assert not any(Path(f"/proc/{number}").exists() for number in worker)


def test_a_second_start_keeps_the_data_and_an_empty_one_says_how_to_begin(tmp_path: Path) -> None:
    with running(tmp_path, "--no-samples") as (address, server):
        with urllib.request.urlopen(address, timeout=20) as page:
            assert page.status == 200
        lines = stopped(server)
    assert any("gongkai setup" in line for line in lines)
    assert not any("Shili" in line for line in lines)
    with sqlite3.connect(tmp_path / "gongkai.sqlite3") as database:
        assert database.execute("SELECT count(*) FROM organs_organ").fetchone() == (0,)
        database.execute("CREATE TABLE kept (note TEXT)")
    with running(tmp_path, "--no-samples") as (_, server):
        stopped(server)
    with sqlite3.connect(tmp_path / "gongkai.sqlite3") as database:
        assert database.execute("SELECT count(*) FROM kept").fetchone() == (0,)


def test_a_damaged_database_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "gongkai.sqlite3").write_bytes(b"no database " * 400)
    found = subprocess.run(command(free_port()), env=environment(tmp_path), capture_output=True, text=True)
    assert found.returncode == 1
    assert "数据库不能使用" in found.stderr
    assert "Traceback" not in found.stderr


# ---- a server of its own ----


def environment(data: Path) -> dict[str, str]:
    left_out = {"GONGKAI_SECRET_KEY", "GONGKAI_DATABASE"}
    kept = {name: value for name, value in os.environ.items() if name not in left_out}
    return {**kept, "GONGKAI_DATA": str(data)}


def command(port: int, *options: str) -> list[str]:
    return [sys.executable, "-m", "gongkai.web.serve", f"--port={port}", *options]


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextlib.contextmanager
def running(data: Path, *options: str) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    port = free_port()
    address = f"http://127.0.0.1:{port}/"
    with subprocess.Popen(
        command(port, *options), env=environment(data), stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as server:
        try:
            for _ in range(1800):  # the sample takes its time on a machine that does other things too
                try:
                    urllib.request.urlopen(address, timeout=5).close()
                    break
                except OSError:
                    assert server.poll() is None
                    time.sleep(0.1)
            else:
                pytest.fail("the server did not answer")
            yield address, server
        finally:
            server.terminate()


def stopped(server: subprocess.Popen[bytes]) -> list[str]:
    """What it has said, once it has ended."""
    server.terminate()
    assert server.stdout is not None
    said = server.stdout.read().decode().splitlines()
    server.wait(timeout=20)
    return said


def children(parent: int) -> dict[int, str]:
    """The processes that it has started, with their commands."""
    found = {}
    for place in Path("/proc").glob("[0-9]*"):
        try:
            told = (place / "stat").read_text().rpartition(")")[2].split()
            if int(told[1]) == parent:
                found[int(place.name)] = (place / "cmdline").read_text().replace("\0", " ")
        except OSError:
            continue  # ended meanwhile
    return found
