"""What a browser calls itself, short enough for a list."""

from __future__ import annotations

from django.utils.translation import gettext as _

# The first that is found tells: most browsers also name those they descend from.
_BROWSERS = (
    ("MicroMessenger", "微信"),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("QQBrowser", "QQ 浏览器"),
    ("360SE", "360 浏览器"),
    ("360EE", "360 浏览器"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("HarmonyOS", "HarmonyOS"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def browser_in_words(told: str) -> str:
    """`Edge · Windows`; that it is not known, when it is not."""
    names = [next((words for sign, words in known if sign in told), "") for known in (_BROWSERS, _SYSTEMS)]
    return " · ".join(name for name in names if name) or _("未知浏览器")
