"""The words of a stored body, for an index and for passages: not for a page."""

from __future__ import annotations

import re
from html import unescape

_BLOCK = re.compile(
    r"</?(?:p|h[1-6]|li|ul|ol|tr|table|thead|tbody|tfoot|caption|blockquote|div|hr|figure)\b[^>]*>|<br[^>]*>",
    re.I,
)
_CELL = re.compile(r"</t[dh]>", re.I)
_TAG = re.compile(r"<[^>]*>")
_BLANKS = re.compile(r"\s*\n\s*")


def words_of(html: str) -> str:
    """A line for a block, a blank between cells. The html has been cleaned when it was written: what is left
    of a tag that is none is text for a search, which escapes it.

    >>> words_of("<p>各<b>村</b>：</p><table><tr><td>甲</td><td>&lt;乙</td></tr></table>")
    '各村：\\n甲 <乙'
    """
    text = _TAG.sub("", _CELL.sub(" ", _BLOCK.sub("\n", html)))
    return _BLANKS.sub("\n", unescape(text)).strip()
