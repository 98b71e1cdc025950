"""Starting the platform: one line in Chinese when it cannot be, and nothing that a clerk need not read."""

from __future__ import annotations

import os
import socket

import pytest

from gongkai.web import serve


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """Where a server would have been started."""
    places: list[tuple[str, int]] = []
    monkeypatch.setattr(serve, "_serve", lambda host, port, workers: places.append((host, port)))
    monkeypatch.setenv("GONGKAI_SECRET_KEY", "")
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


def test_a_start_for_others_says_that_a_key_should_be_kept(
    started: list[tuple[str, int]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert serve.main(["--host=0.0.0.0", "--port=18432"]) == 0
    assert "GONGKAI_SECRET_KEY" in capsys.readouterr().err


def test_the_server_starts_without_a_warning() -> None:
    import subprocess
    import sys
    import time
    import urllib.request

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    clean = {name: value for name, value in os.environ.items() if name != "GONGKAI_SECRET_KEY"}
    command = [sys.executable, "-m", "gongkai.web.serve", f"--port={port}"]
    with subprocess.Popen(command, env=clean, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as server:
        try:
            for _ in range(100):
                try:
                    with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as page:
                        assert page.status == 200
                    break
                except OSError:
                    time.sleep(0.1)
            else:
                pytest.fail("the server did not answer")
        finally:
            server.terminate()
        assert server.stdout is not None
        lines = server.stdout.read().decode().splitlines()
    assert len(lines) == 2
    assert "WARNING" not in "".join(lines)
