"""Headings by the habits of official documents: 一、 （一） 1. （1） (GB/T 9704-2012, 7.3.3)."""

from __future__ import annotations

import re
from dataclasses import replace

from gongkai.documents.publishing.page_blocks import Block, Paragraph, tidy
from gongkai.documents.publishing.page_suggestions import date_in

_COUNT = "一二三四五六七八九十百〇零"
# One form a level. A figure with a dot is none where a figure follows: 1.5 is a number.
_FORMS = (
    ("h2", re.compile(rf"[{_COUNT}]{{1,4}}、")),
    ("h3", re.compile(rf"[（(][{_COUNT}]{{1,4}}[）)]")),
    ("h4", re.compile(r"\d{1,2}[.．、](?!\d)")),
    ("h5", re.compile(r"[（(]\d{1,2}[）)]")),
)
_LONGEST = 50  # characters; a heading is one line, at most two
# What ends or divides a sentence: such a paragraph is text, or a heading that runs on into its text.
_SENTENCE = re.compile(r"[。；;！!？?]|[，,：:、]\Z")


def with_headings(blocks: list[Block]) -> list[Block]:
    """The paragraphs that are headings by their form made so; others as they are."""
    return [
        _heading(block, tag) if isinstance(block, Paragraph) and (tag := _tag(blocks, at)) else block
        for at, block in enumerate(blocks)
    ]


def _heading(block: Paragraph, tag: str) -> Paragraph:
    """A heading is bold by being one: bold throughout says nothing more."""
    runs = block.runs
    if all("strong" in run.marks for run in runs):
        runs = [run._replace(marks=run.marks - {"strong"}) for run in runs]
    return replace(block, runs=tidy(runs), tag=tag, cls="")


def level_of(text: str) -> str:
    """The level that a line begins with the number of; "" where it begins with none."""
    return next((tag for tag, form in _FORMS if form.match(text)), "")


def _tag(blocks: list[Block], at: int) -> str:
    block = blocks[at]
    if not isinstance(block, Paragraph) or block.tag != "p" or block.cls in ("right", "footnote", "title"):
        return ""
    tag = level_of(block.text)
    if not tag or len(block.text) > _LONGEST or _SENTENCE.search(block.text) or "\n" in block.text:
        return ""
    if tag in ("h2", "h3"):
        return tag
    # A line of a list begins with a figure as well; over a heading's own text or a table stands no such line.
    before = blocks[at - 1] if at else None
    if isinstance(before, Paragraph) and (level_of(before.text) == tag or before.text.startswith("附件")):
        return ""
    following = blocks[at + 1] if at + 1 < len(blocks) else None
    if following is None or (isinstance(following, Paragraph) and _goes_on(following, tag)):
        return ""
    return tag


def _goes_on(following: Paragraph, tag: str) -> bool:
    """Whether what follows is the next line of a list, another heading, or the document's end."""
    return (
        level_of(following.text) in (tag, "h2", "h3", "h4")
        or following.tag != "p"
        or bool(following.cls or date_in(following.text))
    )
