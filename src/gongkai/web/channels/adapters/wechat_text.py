"""A record as the html of an article: its metadata, its body, where the original is."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.utils.html import escape

from gongkai.web.channels.adapters.base import Item

_PICTURE = re.compile(r'<img\b[^>]*?\bsrc="(image:\d{1,4})"[^>]*>')
_BLOCK_END = re.compile(r"</(?:p|table|ul|ol|h[1-6]|blockquote)>")


def article_html(item: Item, pictures: Mapping[str, str], most: int) -> str:
    """At most `most` characters: a body that is longer is cut between two blocks, and says so."""
    rows = [("发布机构", item.organ_name), ("发文字号", item.document_number), ("索引号", item.index_number)]
    head = "".join(f"<p>{label}：{escape(value)}</p>" for label, value in rows if value)
    head = f"<h2>{escape(item.title)}</h2>{head}"
    foot = f"<p>原文：{escape(item.address)}</p>"
    if item.files:
        foot = f"<p>附件 {len(item.files)} 个，见原文。</p>{foot}"

    def placed(found: re.Match[str]) -> str:
        address = pictures.get(found[1])
        return f'<img src="{escape(address)}">' if address else "<em>（图片见原文）</em>"

    body = _PICTURE.sub(placed, item.html)
    room = most - len(head) - len(foot) - 40
    if len(body) > room:
        body = _cut(body, room) + "<p>（篇幅所限，全文见原文。）</p>"
    return head + body + foot


def _cut(html: str, most: int) -> str:
    """The first whole blocks; nothing where even the first is too long."""
    ends = [found.end() for found in _BLOCK_END.finditer(html, 0, max(most, 0))]
    for end in reversed(ends):
        if html.count("<table", 0, end) == html.count("</table", 0, end):
            return html[:end]
    return ""
