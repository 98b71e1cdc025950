"""The English catalogue is complete and its compiled file is of today."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest

import gongkai.web

WEB = Path(gongkai.web.__file__).parent
CATALOGUE = WEB / "locale" / "en" / "LC_MESSAGES" / "django.po"
IN_TEMPLATES = re.compile(r"""\{%\s*translate\s+(?:"([^"]+)"|'([^']+)')""")
IN_CONTEXT = re.compile(r"""\{%\s*translate\s+"([^"]+)"\s+context\s+"([^"]+)\"""")
IN_BLOCKS = re.compile(r"\{%\s*blocktranslate[^%]*%\}(.*?)\{%\s*(?:plural|endblocktranslate)", re.S)


def messages_in_sources() -> set[str]:
    found: set[str] = set()
    for template in WEB.rglob("*.html"):
        text = template.read_text("utf-8")
        found |= {one or two for one, two in IN_TEMPLATES.findall(text)}
        found |= {re.sub(r"\{\{\s*(\w+)\s*\}\}", r"%(\1)s", block) for block in IN_BLOCKS.findall(text)}
    for module in WEB.rglob("*.py"):
        found |= set(in_python(module.read_text("utf-8")))
    return found


def in_python(source: str) -> Iterator[str]:
    """What stands in `_(…)`, texts over several lines put together."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_":
            first = node.args[0] if node.args else None
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value


@pytest.fixture(scope="module")
def catalogue() -> polib.POFile:
    return polib.pofile(str(CATALOGUE))


def test_every_message_of_the_sources_is_in_the_catalogue(catalogue: polib.POFile) -> None:
    sources = messages_in_sources()
    assert len(sources) > 50
    assert sources - {entry.msgid for entry in catalogue} == set()


def test_every_message_with_a_context_is_in_the_catalogue_with_it(catalogue: polib.POFile) -> None:
    sources = {
        (context, message)
        for template in WEB.rglob("*.html")
        for message, context in IN_CONTEXT.findall(template.read_text("utf-8"))
    }
    assert sources - {(entry.msgctxt, entry.msgid) for entry in catalogue} == set()


def test_every_message_has_english(catalogue: polib.POFile) -> None:
    missing = [e.msgid for e in catalogue if not (e.msgstr or all(e.msgstr_plural.values() or [""]))]
    assert missing == []
    assert [e.msgid for e in catalogue if e.fuzzy or e.obsolete] == []


def test_placeholders_are_the_same_in_both_languages(catalogue: polib.POFile) -> None:
    for entry in catalogue:
        wanted = set(re.findall(r"%\(\w+\)s", entry.msgid))
        for text in [entry.msgstr] if entry.msgstr else entry.msgstr_plural.values():
            assert set(re.findall(r"%\(\w+\)s", text)) == wanted, entry.msgid


def test_the_compiled_catalogue_is_that_of_the_text(catalogue: polib.POFile) -> None:
    """To compile: python -c "import polib; polib.pofile('django.po').save_as_mofile('django.mo')"."""
    compiled = polib.mofile(str(CATALOGUE.with_suffix(".mo")))
    assert _texts(compiled) == _texts(catalogue)


def _texts(file: polib.POFile | polib.MOFile) -> dict[tuple[str, str], tuple[str, tuple[str, ...]]]:
    """By context and message: a word with two meanings stands there twice."""
    return {(e.msgctxt or "", e.msgid): (e.msgstr, tuple(e.msgstr_plural.values())) for e in file}
