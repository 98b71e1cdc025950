"""Whether links to other sites lead anywhere: asked of the sites themselves, where the installation may.

Off unless GONGKAI_CHECK_LINKS=1: many an office's server has no way out. Only public addresses are asked,
each by the very address that was looked up and judged, redirects included: a link must not make the server
knock at doors inside its own network.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from queue import Empty, Queue
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

SECONDS = 4.0  # for one link, redirects included
TOGETHER = 12.0  # for all links of a page
MOST_LINKS = 60
MOST_REDIRECTS = 5
AT_ONCE = 8
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
# A site that answers so is there: it only does not talk to programs.
_IS_THERE = frozenset({401, 403, 405, 406, 429, 451, 501, 503})
_HEADERS = {"User-Agent": "Gongkai link check", "Accept": "*/*", "Connection": "close"}

IsAllowed = Callable[[ipaddress.IPv4Address | ipaddress.IPv6Address], bool]


@dataclass(frozen=True, slots=True)
class Dead:
    """Why a link leads nowhere, in words. `is_certain`: False where it may be a passing trouble."""

    href: str
    zh: str
    en: str
    is_certain: bool = True


def dead_links(hrefs: Iterable[str], *, is_allowed: IsAllowed | None = None) -> list[Dead]:
    """The links among `hrefs` (http, https) that lead nowhere, in their order. Never takes longer than 12 s.

    What could not be asked in time is left out: no answer is no proof.
    """
    asked = list(dict.fromkeys(hrefs))[:MOST_LINKS]
    allowed = is_allowed or is_public
    found: dict[str, Dead] = {}
    pool = ThreadPoolExecutor(AT_ONCE)
    try:
        waiting = {pool.submit(_problem, href, allowed): href for href in asked}
        for done in as_completed(waiting, timeout=TOGETHER):
            if problem := done.result():
                found[waiting[done]] = problem
    except TimeoutError:
        pass  # the rest is not known, and not told
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
    return [found[href] for href in asked if href in found]


def _problem(href: str, allowed: IsAllowed) -> Dead | None:
    end = time.monotonic() + SECONDS
    at = href
    try:
        for _ in range(MOST_REDIRECTS + 1):
            status, location = _status(at, allowed, end)
            if status in _REDIRECTS and location:
                at = urljoin(at, location)
                continue
            return _judged(href, status)
    except NotAllowed:
        return Dead(href, "链接指向内部网络，公众打不开。", "The link leads into an internal network.")
    except socket.gaierror:
        return Dead(href, "找不到这个网站（域名无法解析）。", "The site's name is not known.")
    except ssl.SSLError:
        return Dead(
            href, "网站证书有误，浏览器会拦截。", "The site's certificate is faulty.", is_certain=False
        )
    except (OSError, http.client.HTTPException, ValueError):
        return Dead(href, "网站没有应答，请在浏览器中核对。", "The site does not answer.", is_certain=False)
    return Dead(href, "链接反复跳转，打不开。", "The link redirects without end.")


def _judged(href: str, status: int) -> Dead | None:
    if status < 400 or status in _IS_THERE:
        return None
    if status in (404, 410):
        return Dead(href, f"网页不存在（{status}）。", f"The page does not exist ({status}).")
    return Dead(
        href, f"网站返回错误（{status}）。", f"The site answers with an error ({status}).", status < 500
    )


def _status(address: str, allowed: IsAllowed, end: float) -> tuple[int, str]:
    """The status of a page: asked by HEAD, by GET of servers that do not know HEAD."""
    for method in ("HEAD", "GET"):
        status, location = _asked(method, address, allowed, end)
        if method == "GET" or status not in (400, 404, 405, 501):
            break
    return status, location


def _asked(method: str, address: str, allowed: IsAllowed, end: float) -> tuple[int, str]:
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise NotAllowed
    host = parts.hostname.encode("idna").decode("ascii")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    left = end - time.monotonic()
    if left <= 0:
        raise TimeoutError
    place = place_of(host, port, allowed, left)
    sock = socket.create_connection((place, port), timeout=max(end - time.monotonic(), 0.01))
    try:
        if parts.scheme == "https":
            sock = ssl.create_default_context().wrap_socket(sock, server_hostname=host)
        connection = http.client.HTTPConnection(host, port, timeout=left)
        connection.sock = sock
        path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
        if parts.query:
            path += "?" + quote(parts.query, safe="%&=+/:,;~-._")
        connection.request(method, path, headers={**_HEADERS, "Host": parts.netloc.rpartition("@")[2]})
        response = connection.getresponse()
        return response.status, response.getheader("Location") or ""
    finally:
        sock.close()


def place_of(host: str, port: int, allowed: IsAllowed, seconds: float = SECONDS) -> str:
    """The numeric address to connect to; it is the one that was judged. NotAllowed, socket.gaierror,
    TimeoutError where the name server takes longer than `seconds`."""
    found = _looked_up(host, port, seconds)
    addresses = [str(entry[4][0]) for entry in found]
    if not addresses or not all(allowed(ipaddress.ip_address(one.partition("%")[0])) for one in addresses):
        raise NotAllowed
    return addresses[0]


def _looked_up(host: str, port: int, seconds: float) -> list[Any]:
    """`socket.getaddrinfo`, which has no time limit of its own: one that takes too long is left behind."""
    told: Queue[list[Any] | OSError] = Queue(1)

    def ask() -> None:
        try:
            told.put(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except OSError as unknown:
            told.put(unknown)
        except UnicodeError:  # no name at all
            told.put(socket.gaierror(socket.EAI_NONAME, "not a name"))

    threading.Thread(target=ask, name="name-lookup", daemon=True).start()
    try:
        found = told.get(timeout=seconds)
    except Empty:
        raise TimeoutError("the name server does not answer") from None
    if isinstance(found, OSError):
        raise found
    return found


def is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    judged = _led_to(address)
    inner = getattr(judged, "is_site_local", False) or (judged.version == 6 and judged in _LOCAL_TRANSLATION)
    return bool(judged.is_global and not judged.is_multicast and not inner)


# RFC 6052 and 8215: addresses of version 4 inside those of version 6, for translators between them.
_TRANSLATION, _LOCAL_TRANSLATION = (ipaddress.ip_network(one) for one in ("64:ff9b::/96", "64:ff9b:1::/48"))


def _led_to(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """The address of version 4 that one of version 6 may lead to, in whatever way it is written into it."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    inside = address.ipv4_mapped or address.sixtofour
    if inside is None and (int(address) < 2**32 or address in _TRANSLATION):
        inside = ipaddress.IPv4Address(int(address) % 2**32)
    return inside or address


class NotAllowed(Exception):
    """Not a public address."""
