"""The gallery of the look as a small site, under the security policy of the real one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from tests.web.look_gallery import PAGES, WEB, rendered

from gongkai.web.config.headers import CONTENT_SECURITY_POLICY

STATIC = {
    "/static/look": WEB / "look" / "static" / "look",
    "/static/workspace": WEB / "workspace" / "static" / "workspace",
    "/static/portal": WEB / "portal" / "static" / "portal",
    "/static/vendor": WEB / "annual_reports" / "static" / "vendor",
    "/static/gongkai/": WEB / "annual_reports" / "static" / "gongkai",
    "/static/gongkai": WEB.parent / "annual" / "style",
}


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """WSGI: `/<page>` of the gallery, `?lang=en` in English, and the static files."""
    address = str(environ["PATH_INFO"])
    headers = [("Content-Security-Policy", CONTENT_SECURITY_POLICY)]
    if address.endswith("style.css"):
        start_response("200 OK", [*headers, ("Content-Type", "text/css")])
        return [b":root { --band-colour: #0b4f6c; }"]
    for start, folder in STATIC.items():
        file = folder / address.removeprefix(start).lstrip("/")
        if address.startswith(start) and file.is_file():
            kind = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}[file.suffix]
            start_response("200 OK", [*headers, ("Content-Type", f"{kind}; charset=utf-8")])
            return [file.read_bytes()]
    name = address.strip("/")
    if name not in PAGES:
        start_response("404 Not Found", headers)
        return [b""]
    language = "en" if "lang=en" in str(environ["QUERY_STRING"]) else "zh-hans"
    start_response("200 OK", [*headers, ("Content-Type", "text/html; charset=utf-8")])
    return [rendered(name, language).encode()]
