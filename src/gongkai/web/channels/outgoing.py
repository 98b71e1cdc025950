"""One question to another server, and its answer: to public addresses alone, within a time and a size.

What matters to whoever asks is told apart: nothing was sent (it may be tried again), or something was sent
and no whole answer came (it may have been taken: ask before sending again).
"""

from __future__ import annotations

import http.client
import ipaddress
import json
import secrets
import socket
import ssl
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit

from django.conf import settings

from gongkai.web.channels.kinds import patience
from gongkai.web.disclosure.outside_links import NotAllowed, is_public, place_of

_AGENT = "Gongkai channels"
_CHUNK = 64 * 1024


class NotSent(Exception):
    """Nothing of the question has left: the server is down, or may not be asked. `is_final`: asking again
    is of no use."""

    def __init__(self, code: str, zh: str, en: str, *, is_final: bool = False) -> None:
        super().__init__(en)
        self.code, self.zh, self.en, self.is_final = code, zh, en, is_final


class Lost(Exception):
    """The question was sent, or a part of it, and no whole answer came back."""

    def __init__(self, zh: str = "发送后没有收到完整应答", en: str = "no whole answer came back") -> None:
        super().__init__(en)
        self.code, self.zh, self.en = "answer_lost", zh, en


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server said."""

    status: int
    body: bytes
    retry_after: str = ""

    def facts(self) -> dict[str, Any] | None:
        """The JSON object of the body; None where it is none."""
        try:
            found = json.loads(self.body)
        except (ValueError, RecursionError):
            return None
        return found if isinstance(found, dict) else None


class Upload(NamedTuple):
    """A file of a multipart form."""

    field: str
    name: str
    media_type: str
    content: bytes


def ask(
    method: str,
    address: str,
    *,
    body: bytes = b"",
    headers: Mapping[str, str] | None = None,
    seconds: float | None = None,
) -> Answer:
    """Ask once; redirects are not followed. NotSent, Lost."""
    end = time.monotonic() + (seconds or patience().request_seconds)
    parts = urlsplit(address)
    connection, sock = _connected(address, end)
    # Time holds for the whole question: a server that drips byte by byte is cut off as well.
    cut = threading.Event()
    watch = threading.Timer(max(end - time.monotonic(), 0.01), _cut, (sock, cut))
    watch.start()
    try:
        path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
        if parts.query:
            path += "?" + quote(parts.query, safe="%&=+/:,;~-._")
        told = {"User-Agent": _AGENT, "Accept": "application/json", "Connection": "close", **(headers or {})}
        connection.request(method, path, body=body or None, headers=told)
        response = connection.getresponse()
        content = _read(response)
        if cut.is_set():  # an answer that was cut off looks like one that has ended
            raise TimeoutError
    except (OSError, http.client.HTTPException, ValueError) as problem:
        raise Lost from problem
    finally:
        watch.cancel()
        connection.close()
        sock.close()
    return Answer(response.status, content, response.getheader("Retry-After") or "")


def form(address: str, fields: Mapping[str, str], **options: Any) -> Answer:
    """POST of a form."""
    body = "&".join(f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in fields.items())
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    return ask("POST", address, body=body.encode("ascii"), headers=headers, **options)


def send_json(address: str, facts: Mapping[str, Any], **options: Any) -> Answer:
    """POST of a JSON object, its characters as they are (not escaped)."""
    body = json.dumps(facts, ensure_ascii=False).encode("utf-8", "replace")
    return ask("POST", address, body=body, headers={"Content-Type": "application/json"}, **options)


def send_files(address: str, files: Sequence[Upload], **options: Any) -> Answer:
    """POST of files as a multipart form."""
    mark = secrets.token_hex(16)
    parts: list[bytes] = []
    for one in files:
        name = one.name.replace('"', "").replace("\r", "").replace("\n", "")
        head = (
            f'--{mark}\r\nContent-Disposition: form-data; name="{one.field}"; filename="{name}"\r\n'
            f"Content-Type: {one.media_type}\r\n\r\n"
        )
        parts += [head.encode(), one.content, b"\r\n"]
    body = b"".join(parts) + f"--{mark}--\r\n".encode()
    headers = {"Content-Type": f"multipart/form-data; boundary={mark}"}
    return ask("POST", address, body=body, headers=headers, **options)


def is_allowed(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Public addresses, and the networks that GONGKAI_CHANNEL_NETWORKS names."""
    if is_public(address):
        return True
    networks = [ipaddress.ip_network(one, strict=False) for one in settings.CHANNEL_NETWORKS]
    return any(address in network for network in networks if network.version == address.version)


def is_inner(address: str, seconds: float = 3.0) -> bool:
    """Whether an address leads into a network that nothing may be sent to. What cannot be told now (the name
    is not known yet, the name server is slow) is no such: each sending judges anew."""
    parts = urlsplit(address)
    try:
        host = (parts.hostname or "").encode("idna").decode("ascii")
        place_of(host, parts.port or 443, is_allowed, seconds)
    except NotAllowed:
        return True
    except (OSError, ValueError):
        return False
    return False


def _connected(address: str, end: float) -> tuple[http.client.HTTPConnection, socket.socket]:
    """A connection to the very address that was judged. Until here nothing was sent."""
    parts = urlsplit(address)
    try:
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise NotAllowed
        host = parts.hostname.encode("idna").decode("ascii")
        port = parts.port or (443 if parts.scheme == "https" else 80)
        place = place_of(host, port, is_allowed, max(end - time.monotonic(), 0.01))
        sock = socket.create_connection((place, port), timeout=max(end - time.monotonic(), 0.01))
        if parts.scheme == "https":
            sock = _secured(sock, host)
    except NotAllowed:
        zh = "地址不是公网地址，系统不向内部网络发送。确需发送的，请系统管理员放行。"
        raise NotSent("not_public", zh, "Not a public address.", is_final=True) from None
    except (ValueError, UnicodeError) as wrong:
        zh = "地址不对，请核对渠道设置。"
        raise NotSent("address_wrong", zh, "Not an address.", is_final=True) from wrong
    except socket.gaierror as unknown:
        raise NotSent("name_unknown", "找不到对方服务器（域名无法解析）。", "Name unknown.") from unknown
    except ssl.SSLError as fault:
        raise NotSent(
            "certificate", "对方服务器的证书有误。", "The server's certificate is faulty."
        ) from fault
    except OSError as down:
        raise NotSent("no_connection", "连接不上对方服务器。", "The server cannot be reached.") from down
    connection = http.client.HTTPConnection(host, port)
    connection.sock = sock
    return connection, sock


def _secured(sock: socket.socket, host: str) -> ssl.SSLSocket:
    try:
        return ssl.create_default_context().wrap_socket(sock, server_hostname=host)
    except OSError:
        sock.close()
        raise


def _read(response: http.client.HTTPResponse) -> bytes:
    """The whole answer; ValueError if it is too large, or ends too soon."""
    most = patience().most_answer_bytes
    parts: list[bytes] = []
    size = 0
    while chunk := response.read(_CHUNK):
        parts.append(chunk)
        size += len(chunk)
        if size > most:
            raise ValueError("the answer is too large")
    if response.length:
        raise ValueError("the answer ends before it should")
    return b"".join(parts)


def _cut(sock: socket.socket, cut: threading.Event) -> None:
    """From the watch's thread: whoever waits on the socket wakes."""
    cut.set()
    try:
        sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # it has ended by itself
