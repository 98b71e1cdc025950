"""Servers that a channel leads to and that mean harm: addresses of inner networks in disguise, lines that are
kept open byte by byte, answers without end."""

from __future__ import annotations

import ipaddress
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from gongkai.web.channels.outgoing import Answer, Lost, NotSent, ask, is_allowed
from gongkai.web.disclosure.outside_links import dead_links

INNER = (
    "127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
    "224.0.0.1",
    "255.255.255.255", "::1", "::", "fe80::1", "fc00::1", "fd00::1", "ff02::1", "::ffff:10.0.0.1",
    "::ffff:127.0.0.1", "::10.0.0.1", "::127.0.0.1", "64:ff9b::10.0.0.1", "64:ff9b:1::10.0.0.1",
    "2002:a00:1::1",
    "2002:7f00:1::", "2001:0:a00:1::1", "fec0::1", "100::1", "2001:db8::1", "198.18.0.1", "192.0.2.1",
)  # fmt: skip


@pytest.mark.parametrize("address", INNER)
def test_no_inner_address_is_asked_in_whatever_disguise(address: str, settings: Any) -> None:
    settings.CHANNEL_NETWORKS = []
    assert not is_allowed(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "2002:808:808::1", "64:ff9b::8.8.8.8"])
def test_a_public_address_is_asked(address: str, settings: Any) -> None:
    settings.CHANNEL_NETWORKS = []
    assert is_allowed(ipaddress.ip_address(address))


def test_a_network_that_is_allowed_is_so_in_its_own_spelling_alone(settings: Any) -> None:
    settings.CHANNEL_NETWORKS = ["10.1.0.0/16"]
    assert is_allowed(ipaddress.ip_address("10.1.2.3"))
    assert not is_allowed(ipaddress.ip_address("10.2.0.1"))


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:1/", "http://2130706433/", "http://0x7f000001/", "http://0177.0.0.1/",
        "http://127.1/",
        "http://localhost/", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://①②⑦.⓪.⓪.①/", "http://0/",
        "file:///etc/passwd", "ftp://example.cn/", "gopher://127.0.0.1/", "http://user@127.0.0.1/",
        "http:///x",
        "http://127.0.0.1\r\nHost: x/", "http://[fe80::1%25eth0]/", "http://example.cn@127.0.0.1/",
    ],
)  # fmt: skip
def test_nothing_is_sent_to_the_machine_itself(address: str, settings: Any) -> None:
    settings.CHANNEL_NETWORKS = []
    with pytest.raises(NotSent):
        ask("POST", address, body=b"x", seconds=0.5)


Play = Callable[[socket.socket], None]


@contextmanager
def _server(play: Play) -> Iterator[int]:
    """A server that does to each line what it is told; its port."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                line, _ = listening.accept()
            except OSError:
                return
            threading.Thread(target=_played, args=(play, line), daemon=True).start()

    threading.Thread(target=serve, daemon=True).start()
    try:
        yield listening.getsockname()[1]
    finally:
        listening.close()


def _played(play: Play, line: socket.socket) -> None:
    with line:
        try:
            play(line)
        except OSError:
            return


def _dripping(first: bytes, drop: bytes) -> Play:
    def play(line: socket.socket) -> None:
        line.recv(65_536)
        line.sendall(first)
        end = time.monotonic() + 8
        while time.monotonic() < end:
            line.sendall(drop)
            time.sleep(0.1)

    return play


def _pouring(first: bytes, piece: bytes) -> Play:
    def play(line: socket.socket) -> None:
        line.recv(65_536)
        line.sendall(first)
        end = time.monotonic() + 8
        while time.monotonic() < end:
            line.sendall(piece)

    return play


OK = b"HTTP/1.1 200 OK\r\n"
LINES = {
    "head-drips": _dripping(OK, b"X"),
    "heads-without-end": _pouring(OK, b"X: y\r\n" * 1000),
    "a-head-without-end": _pouring(OK + b"X: ", b"y" * 65_536),
    "status-without-end": _pouring(b"HTTP/1.1 200 ", b"y" * 65_536),
    "goes-on-for-ever": _pouring(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 100),
    "body-drips": _dripping(OK + b"Content-Length: 1000000\r\n\r\n", b"x"),
    "body-without-end": _pouring(OK + b"\r\n", b"x" * 65_536),
    "pieces-without-end": _pouring(OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n" * 1000),
    "a-piece-of-any-size": _pouring(
        OK + b"Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n", b"x" * 65_536
    ),
    "trailers-without-end": _pouring(OK + b"Transfer-Encoding: chunked\r\n\r\n0\r\n", b"X: y\r\n" * 1000),
    "length-is-less-than-none": _pouring(OK + b"Content-Length: -1\r\n\r\n", b"x" * 65_536),
    "says-nothing": _dripping(b"", b""),
}


@pytest.mark.parametrize("play", LINES.values(), ids=LINES)
def test_a_hostile_answer_ends_in_time(play: Play, settings: Any) -> None:
    settings.CHANNEL_NETWORKS = ["127.0.0.0/8"]
    with _server(play) as port:
        begun = time.monotonic()
        with pytest.raises(Lost):
            ask("POST", f"http://127.0.0.1:{port}/", body=b"{}", seconds=0.8)
        assert time.monotonic() - begun < 3


def test_a_greeting_that_drips_ends_in_time_and_nothing_was_sent(settings: Any) -> None:
    """A TLS handshake byte by byte: each byte comes in time, the whole never does."""
    settings.CHANNEL_NETWORKS = ["127.0.0.0/8"]
    with _server(_dripping(b"\x16\x03\x03\x3f\xff\x02\x00\x3f\xfb", b"\x03")) as port:
        begun = time.monotonic()
        with pytest.raises(NotSent):
            ask("POST", f"https://127.0.0.1:{port}/", body=b"{}", seconds=0.8)
        assert time.monotonic() - begun < 3


def test_a_redirect_into_an_inner_network_is_not_followed(settings: Any) -> None:
    settings.CHANNEL_NETWORKS = ["127.0.0.0/8"]
    asked: list[bytes] = []

    def inner(line: socket.socket) -> None:
        asked.append(line.recv(100))

    def outer(line: socket.socket) -> None:
        line.recv(65_536)
        line.sendall(b"HTTP/1.1 307 X\r\nLocation: http://127.0.0.1:%d/\r\nContent-Length: 0\r\n\r\n" % port)

    with _server(inner) as port, _server(outer) as first:
        answer = ask("POST", f"http://127.0.0.1:{first}/", body=b"{}", seconds=2)
        assert isinstance(answer, Answer)
        assert answer.status == 307
    assert asked == []


def test_a_name_that_leads_somewhere_else_the_second_time_is_asked_once(
    monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    """What is judged is what is connected to: a name is looked up a single time."""
    settings.CHANNEL_NETWORKS = []
    looked_up: list[str] = []
    connected: list[Any] = []
    answers = iter(["8.8.8.8", "127.0.0.1", "127.0.0.1"])

    def lookup(host: str, port: int, **_: Any) -> Any:
        looked_up.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), port))]

    def connect(address: Any, **_: Any) -> Any:
        connected.append(address[0])
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(NotSent):
        ask("POST", "http://rebinding.example.cn/", seconds=0.5)
    assert looked_up == ["rebinding.example.cn"]
    assert connected == ["8.8.8.8"]


def test_a_name_with_one_inner_address_among_others_is_not_asked(
    monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.CHANNEL_NETWORKS = []
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, 80)) for one in ("8.8.8.8", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    with pytest.raises(NotSent) as refused:
        ask("POST", "http://mixed.example.cn/", seconds=0.5)
    assert refused.value.code == "not_public"


def test_a_slow_name_server_holds_nobody_up(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    def slow(*_: Any, **__: Any) -> Any:
        time.sleep(5)

    monkeypatch.setattr("socket.getaddrinfo", slow)
    monkeypatch.setattr("gongkai.web.disclosure.outside_links.SECONDS", 0.5)
    begun = time.monotonic()
    with pytest.raises(NotSent):
        ask("GET", "https://slow.example.cn/", seconds=0.5)
    (dead,) = dead_links(["https://slow.example.cn/"])
    assert not dead.is_certain
    assert time.monotonic() - begun < 4
