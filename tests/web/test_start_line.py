"""The lines that the start-up tells: in the language asked for, and in no other."""

from __future__ import annotations

from typing import Any

import granian.server
import pytest

from gongkai.web import serve


class _NoServer:
    def __init__(self, *_args: Any, **_options: Any) -> None:
        pass

    def serve(self) -> None:
        pass


@pytest.mark.parametrize(
    ("options", "has", "has_not"), [([], "按 Ctrl+C 停止", "stops"), (["--lang=en"], "Ctrl+C stops", "停止")]
)
def test_the_address_is_told_in_one_language(
    options: list[str],
    has: str,
    has_not: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(granian.server, "Server", _NoServer)
    given = serve._arguments(options)
    serve._serve(given.host, 8123, given.workers, given.lang)
    told = capsys.readouterr().out
    assert "http://127.0.0.1:8123/" in told
    assert has in told
    assert has_not not in told
