"""The head of an official document (版头, title) as its page does not need it twice."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

_NUMBER = re.compile(r"^[一-龥]{1,20}[〔\[（(]\d{4}[〕\])）]第?\d{1,5}号(签发人[：:].{1,20})?$")
_HEAD = re.compile(r"^(.{2,40}文件|\d{6}|(特急|加急|平急|急件|普通件).{0,6}|签发人[：:].{1,20})$")
_MOST_BEFORE = 8  # lines of a head: organs of a joint document, number, signer


def without_head(html: str, title: str) -> str:
    """A page without the lines that repeat what stands above it: red head, number, and the title itself.

    The html as it is where what stands first is not just that: nothing is dropped that says more.

    >>> without_head('<p class="centre">虚构镇文件</p><p class="title">通知</p><p>各村：</p>', "通知")
    '<p>各村：</p>'
    """
    wanted = "".join(title.split())
    body = LexborHTMLParser(html).body
    if not wanted or body is None:
        return html
    blocks = list(body.iter(include_text=False))
    said = ""
    for count, block in enumerate(blocks[: _MOST_BEFORE + 6], 1):
        text = "".join(block.text().split())
        if _is_title(block):
            said += text
            if said == wanted:
                return "".join(one.html or "" for one in blocks[count:]).strip() or html
            if not wanted.startswith(said):
                return html
        elif said or (text and not _HEAD.match(text) and not _NUMBER.match(text)):
            return html
    return html


def _is_title(block: LexborNode) -> bool:
    return block.tag == "p" and "title" in (block.attributes.get("class") or "").split()
