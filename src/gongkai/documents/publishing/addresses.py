"""Addresses and paths that show the inside of an office: local files, shares, hosts none outside reaches."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import unquote, urlsplit

_PATH = re.compile(
    r"(?:\b[A-Za-z]:[\\/]|\\\\[^\s\\]+\\|file:|/(?:Users|home|mnt|Volumes)/[^\s/]+/)[^\s\"<>|]*",
    re.IGNORECASE,
)
_INNER_ENDINGS = (".local", ".lan", ".intranet", ".internal", ".corp", ".home", ".localdomain", ".test")
_WEB = ("http", "https", "ftp", "ws", "wss", "smb", "ldap")


def path_in(text: str) -> str:
    """The first path of a local file or share in a text; "" where there is none.

    >>> path_in(r"图片 C:\\Users\\someone\\a.png"), path_in("https://www.example.gov.cn/a")
    ('C:\\\\Users\\\\someone\\\\a.png', '')
    """
    found = _PATH.search(text)
    return found.group() if found else ""


def leads_inside(address: str) -> bool:
    """Whether a link leads to a file of somebody's computer or to a host that only the office reaches.

    >>> leads_inside("file:///D:/a.doc"), leads_inside("http://10.1.2.3/oa"), leads_inside("https://www.gov.cn/")
    (True, True, False)
    """
    written = unquote(address).strip()
    if path_in(written) and not written.lower().startswith(("http:", "https:")):
        return True
    try:
        parts = urlsplit(written)
        host = (parts.hostname or "").rstrip(".").lower()
    except ValueError:
        return False
    if parts.scheme.lower() not in _WEB or not host:
        return False
    try:
        found = ipaddress.ip_address(host)
    except ValueError:
        return "." not in host or host.endswith(_INNER_ENDINGS)
    return not found.is_global
