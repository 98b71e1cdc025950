"""Names of attachments as people read and save them: no paths, no tricks, Chinese kept."""

from __future__ import annotations

import re
import unicodedata

LONGEST_STEM = 100  # characters
LONGEST_STEM_BYTES = 200  # file systems allow 255 bytes of utf-8 for the whole name
OTHERWISE = "附件"
# An ending that looks like one of a format; `.2024` and `.二` are words of the name.
_SUFFIX = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,9}\Z")
_FORBIDDEN = re.compile(r'[<>:"|?*]')
_BLANKS = re.compile(r"\s+")
# Names that Windows keeps for devices, whatever follows their first dot.
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|\Z)", re.IGNORECASE)
# Cc control, Cf format (bidi marks, zero width), Cs halves of characters, Co private use, Cn no characters,
# Zl and Zp line ends.
_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))


def split_name(name: str) -> tuple[str, str]:
    """The cleaned stem of a name and its suffix in lower case (".pdf"; "" where it has none).

    >>> split_name("..\\\\文件/2024年 通知\\u202efdp.exe ")
    ('2024年 通知fdp', '.exe')
    """
    # Unseen characters go first: a NUL or a mark before the dot must not hide what the ending is.
    seen = "".join(
        " " if character in "\t\r\n" else character
        for character in unicodedata.normalize("NFC", name.encode("utf-8", "ignore").decode("utf-8"))
        if character in "\t\r\n" or unicodedata.category(character) not in _UNSEEN
    )
    last = re.split(r"[/\\]", seen)[-1].rstrip(" .\u3000\u00a0").lstrip(" \u3000\u00a0")
    found = _SUFFIX.search(last)
    suffix = found.group().lower() if found else ""
    return _stem(last[: len(last) - len(suffix)]), suffix


def _stem(written: str) -> str:
    stem = _FORBIDDEN.sub("_", _BLANKS.sub(" ", written)).strip(" .")
    stem = stem[:LONGEST_STEM].encode()[:LONGEST_STEM_BYTES].decode("utf-8", "ignore").strip(" .")
    if not stem or not stem.strip("._- "):
        return OTHERWISE
    return f"_{stem}" if _DEVICES.match(stem) else stem
