"""Servers that speak the protocols of the channels, and can be slow, down, silly, or cut the line."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from gongkai.web.channels.adapters.webhook import REPLAY_SECONDS, signature


@dataclass
class Wire:
    """A server's state. `moods`: how the next questions fare, by the path's end ("" for any), first to last.

    `ok` · `slow` (no answer in time) · `cut` (taken, then the line is cut) · `cut_before` (cut, not taken) ·
    `nonsense` (taken, the answer is none) · `drip` (an answer byte by byte) · `huge` · a status as number.
    """

    port: int = 0
    secret: str = ""
    moods: list[tuple[str, Any]] = field(default_factory=list)
    asked: list[tuple[str, str]] = field(default_factory=list)
    taken: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    drafts: dict[str, dict[str, Any]] = field(default_factory=dict)
    published: dict[str, dict[str, Any]] = field(default_factory=dict)
    under_way: int = 0
    tokens: list[str] = field(default_factory=list)
    posts: dict[str, str] = field(default_factory=dict)
    pictures: list[bytes] = field(default_factory=list)
    can_be_asked: bool = True
    seconds: float = 3.0
    fails_with: int = 0
    lock: Any = field(default_factory=threading.Lock)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def mood(self, path: str) -> Any:
        for index, (end, mood) in enumerate(self.moods):
            if path.endswith(end):
                del self.moods[index]
                return mood
        return "ok"


class _Handler(BaseHTTPRequestHandler):
    wire: Wire

    def do_GET(self) -> None:
        self._do(b"")

    def do_POST(self) -> None:
        self._do(self.rfile.read(int(self.headers.get("Content-Length") or 0)))

    def _do(self, body: bytes) -> None:
        parts = urlsplit(self.path)
        with self.wire.lock:
            self.wire.asked.append((self.command, parts.path))
            mood = self.wire.mood(parts.path)
        if isinstance(mood, int):
            self._say(mood, b"{}")
            return
        if mood == "cut_before":
            self._cut()
            return
        with self.wire.lock:
            status, facts = self.answer(parts.path, parse_qs(parts.query), body)
        if mood == "cut":
            self._cut()
        elif mood == "slow":
            time.sleep(self.wire.seconds)
            self._cut()
        elif mood == "drip":
            self._drip(json.dumps(facts).encode())
        elif mood == "huge":
            self._say(200, b"x" * 3_000_000)
        elif mood == "nonsense":
            self._say(200, "<html>登录</html>".encode())
        else:
            self._say(status, json.dumps(facts, ensure_ascii=False).encode())

    def answer(self, path: str, query: dict[str, list[str]], body: bytes) -> tuple[int, dict[str, Any]]:
        raise NotImplementedError

    def _say(self, status: int, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        if status == 503:
            self.send_header("Retry-After", "7200")
        self.end_headers()
        try:
            self.wfile.write(content)
        except OSError:
            self.close_connection = True

    def _drip(self, content: bytes) -> None:
        end = time.monotonic() + self.wire.seconds
        try:
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(content))
            for byte in content:
                self.wfile.write(bytes([byte]))
                self.wfile.flush()
                time.sleep(0.2)
                if time.monotonic() > end:
                    break
        except OSError:
            pass
        self.close_connection = True

    def _cut(self) -> None:
        self.close_connection = True
        with suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)

    def log_message(self, format: str, *args: object) -> None:
        """Silent."""


class Receiver(_Handler):
    """The other side of the webhook, as docs/channels.md tells receivers to be."""

    def answer(self, path: str, query: dict[str, list[str]], body: bytes) -> tuple[int, dict[str, Any]]:
        at, signed = self.headers["Gongkai-Timestamp"], self.headers["Gongkai-Signature"]
        if signed != signature(self.wire.secret, at, body) or abs(time.time() - int(at)) > REPLAY_SECONDS:
            return 401, {"error": "签名不对"}
        if self.command == "GET":
            key = query["delivery"][0]
            if not self.wire.can_be_asked:
                return 405, {}
            found = self.wire.taken.get(key)
            return (200, self._known(key)) if found else (404, {"known": False})
        facts = json.loads(body)
        if self.wire.fails_with:
            return self.wire.fails_with, {"error": "栏目不存在"}
        self.wire.taken.setdefault(facts["delivery"], []).append(facts)
        return 200, self._known(facts["delivery"])

    def _known(self, key: str) -> dict[str, Any]:
        return {"known": True, "id": f"r-{key[:8]}", "address": f"https://sheng.example.cn/{key[:8]}"}


class WeChatServer(_Handler):
    """The interfaces of an official account that are used, as the public documentation tells them."""

    def answer(self, path: str, query: dict[str, list[str]], body: bytes) -> tuple[int, dict[str, Any]]:
        wire = self.wire
        if path.endswith("/stable_token"):
            said = json.loads(body)
            if said["secret"] != wire.secret:
                return 200, {"errcode": 40125, "errmsg": "invalid appsecret"}
            wire.tokens.append(f"token-{len(wire.tokens)}")
            return 200, {"access_token": wire.tokens[-1], "expires_in": 7200}
        if query["access_token"][0] != wire.tokens[-1]:
            return 200, {"errcode": 42001, "errmsg": "access_token expired"}
        if path.endswith("/media/uploadimg"):
            wire.pictures.append(body)
            return 200, {"url": f"http://mmbiz.qpic.cn/{len(wire.pictures)}", "errcode": 0, "errmsg": "ok"}
        return 200, self._about(path.rpartition("/cgi-bin/")[2], json.loads(body))

    def _about(self, what: str, said: dict[str, Any]) -> dict[str, Any]:
        wire = self.wire
        if wire.fails_with:
            return {"errcode": wire.fails_with, "errmsg": "told by the test"}
        if what == "qrcode/create":
            assert said["action_name"] == "QR_STR_SCENE"
            scene = said["action_info"]["scene"]["scene_str"]
            address = f"http://weixin.qq.com/q/{scene}"
            return {"ticket": "ticket", "expire_seconds": said["expire_seconds"], "url": address}
        if what == "message/template/send":
            wire.taken.setdefault(said["touser"], []).append(said)
            return {"errcode": 0, "errmsg": "ok", "msgid": 200228332}
        if what == "draft/add":
            name = f"media-{len(wire.drafts) + len(wire.published)}"
            wire.drafts[name] = said["articles"][0]
            return {"media_id": name}
        if what == "draft/batchget":
            rows = [{"media_id": name, "content": {"news_item": [one]}} for name, one in wire.drafts.items()]
            return {"total_count": len(rows), "item_count": len(rows), "item": rows}
        if what == "freepublish/submit":
            article = wire.drafts.pop(said["media_id"], None)
            if article is None:
                return {"errcode": 40007, "errmsg": "invalid media_id"}
            name = f"article-{len(wire.published)}"
            wire.published[name] = {**article, "url": f"https://mp.weixin.qq.com/s/{name}"}
            return {"errcode": 0, "errmsg": "ok", "publish_id": f"1{len(wire.published)}"}
        if what == "freepublish/get":
            if wire.under_way:
                wire.under_way -= 1
                return {"publish_id": said["publish_id"], "publish_status": 1}
            name = f"article-{int(said['publish_id'][1:]) - 1}"
            item = [{"idx": 1, "article_url": wire.published[name]["url"]}]
            detail = {"count": 1, "item": item}
            return {"publish_status": 0, "article_id": name, "article_detail": detail}
        if what == "freepublish/batchget":
            rows = [{"article_id": n, "content": {"news_item": [one]}} for n, one in wire.published.items()]
            return {"total_count": len(rows), "item_count": len(rows), "item": rows}
        assert what == "freepublish/delete", what
        wire.published.pop(said["article_id"])
        return {"errcode": 0, "errmsg": "ok"}


class WeiboServer(_Handler):
    """statuses/share, user_timeline, destroy."""

    def answer(self, path: str, query: dict[str, list[str]], body: bytes) -> tuple[int, dict[str, Any]]:
        wire = self.wire
        said = {**query, **parse_qs(body.decode())}
        if said["access_token"][0] != wire.secret:
            return 403, {"error": "expired_token", "error_code": 21327, "request": path}
        if wire.fails_with:
            return 400, {"error": "told by the test", "error_code": str(wire.fails_with), "request": path}
        if path.endswith("/statuses/share.json"):
            name = str(3504803600500000 + len(wire.asked))
            wire.posts[name] = said["status"][0]
            return 200, {"id": int(name), "idstr": name, "text": said["status"][0]}
        if path.endswith("/statuses/user_timeline.json"):
            rows = [{"id": int(n), "idstr": n, "text": text} for n, text in wire.posts.items()]
            return 200, {"statuses": rows, "total_number": len(rows)}
        assert path.endswith("/statuses/destroy.json"), path
        if wire.posts.pop(said["id"][0], None) is None:
            return 400, {"error": "target weibo does not exist!", "error_code": 20101}
        return 200, {"idstr": said["id"][0]}


@contextmanager
def serving(kind: type[_Handler], secret: str) -> Iterator[Wire]:
    """The server, on a port of this machine; its state to look at and to set moods in."""
    wire = Wire(secret=secret)
    handler = type(kind.__name__, (kind,), {"wire": wire})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        wire.port = server.server_port
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield wire
        finally:
            server.shutdown()
