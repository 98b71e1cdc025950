"""Ways in which a good file goes wrong: in its bytes, its parts, the elements of its xml, the words of a pdf.

Every mutation is a pure function of the file and a random source, so that hypothesis can shrink to a seed.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from random import Random

from lxml import etree

Mutation = Callable[[bytes, Random], bytes]

_HOSTILE_NUMBERS = (b"0", b"-1", b"65536", b"2147483648", b"99999999999999999999", b"1e999", b"4294967295")
_HOSTILE_WORDS = (b"\x00", b"\xff\xff", b"<", b"&#0;", b"]]>", b"\xe4\xb8", b"\r", b"\x0c", b"|", b"\t")
_NUMBER = re.compile(rb"\d+")
_PDF_WORD = re.compile(rb"[^\s/<>\[\]()]+|/[^\s/<>\[\]()]+|<<|>>|\[|\]")
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)


def flipped(content: bytes, rng: Random) -> bytes:
    """Some bytes changed."""
    changed = bytearray(content)
    for _ in range(rng.randint(1, 12)):
        if changed:
            changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def cut(content: bytes, rng: Random) -> bytes:
    """The end gone, as a download breaks off; or the beginning."""
    at = rng.randrange(len(content) + 1)
    return content[:at] if rng.random() < 0.8 else content[at:]


def repeated(content: bytes, rng: Random) -> bytes:
    """A stretch of the file again, where it stands or elsewhere."""
    start, end = _stretch(content, rng)
    at = end if rng.random() < 0.5 else rng.randrange(len(content) + 1)
    return content[:at] + content[start:end] * rng.choice((1, 1, 2, 30)) + content[at:]


def removed(content: bytes, rng: Random) -> bytes:
    start, end = _stretch(content, rng)
    return content[:start] + content[end:]


def inserted(content: bytes, rng: Random) -> bytes:
    at = rng.randrange(len(content) + 1)
    word = rng.choice((*_HOSTILE_NUMBERS, *_HOSTILE_WORDS)) * rng.choice((1, 1, 1, 100))
    return content[:at] + word + content[at:]


def renumbered(content: bytes, rng: Random) -> bytes:
    """A number of the file replaced by one that no program expects."""
    found = list(_NUMBER.finditer(content))
    if not found:
        return content
    number = rng.choice(found)
    return content[: number.start()] + rng.choice(_HOSTILE_NUMBERS) + content[number.end() :]


def lines_moved(content: bytes, rng: Random) -> bytes:
    """Lines dropped, doubled and exchanged."""
    lines = content.split(b"\n")
    for _ in range(rng.randint(1, 6)):
        a, b = rng.randrange(len(lines)), rng.randrange(len(lines))
        if (how := rng.random()) < 0.4 and len(lines) > 1:
            del lines[a]
        elif how < 0.7:
            lines.insert(b, lines[a])
        else:
            lines[a], lines[b] = lines[b], lines[a]
    return b"\n".join(lines)


def parts_mutated(content: bytes, rng: Random) -> bytes:
    """An Office file packed again without fault, with its parts exchanged, dropped or damaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError, NotImplementedError):
        return content  # an earlier mutation has broken the archive itself
    names = [name for name in parts if name.endswith((".xml", ".rels"))]
    if not names:
        return content
    one, other = rng.choice(names), rng.choice(names)
    if (how := rng.random()) < 0.1:
        parts[one], parts[other] = parts[other], parts[one]
    elif how < 0.2:
        del parts[one]
    elif how < 0.8:
        parts[one] = elements_mutated(parts[one], rng)
    else:
        parts[one] = rng.choice((flipped, cut, repeated, renumbered, inserted))(parts[one], rng)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", rng.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def elements_mutated(xml: bytes, rng: Random) -> bytes:
    """Elements of well-formed xml dropped, doubled, moved, emptied or given other attributes."""
    try:
        root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))
    except (etree.LxmlError, ValueError):
        return xml
    for _ in range(rng.randint(1, 8)):
        elements = [element for element in root.iter() if isinstance(element.tag, str)]
        _change(rng.choice(elements), rng.choice(elements), rng)
    return etree.tostring(root)


def _change(element: etree._Element, other: etree._Element, rng: Random) -> None:
    parent = element.getparent()
    how = rng.randrange(6)
    if how == 0 and parent is not None:
        parent.remove(element)
    elif how == 1 and parent is not None:
        parent.insert(parent.index(element), _copy(element))
    elif how == 2 and other not in element.iter():
        other.insert(0, _copy(element))
    elif how == 3:
        element.text = rng.choice(("", "0", "99999999999999999999", "-1", "一二三", "\t\n"))
    elif how == 4 and element.attrib:
        key = rng.choice(list(element.attrib))
        element.attrib[key] = rng.choice(("", "0", "-1", "1", "65536", "99999999999", "restart", "A0"))
    elif parent is not None:
        element.tag = other.tag


def _copy(element: etree._Element) -> etree._Element:
    return etree.fromstring(etree.tostring(element, with_tail=False))


def pdf_words_mutated(content: bytes, rng: Random) -> bytes:
    """Words of a pdf's dictionaries or of the content of a page exchanged."""
    streams = list(_STREAM.finditer(content))
    if streams and rng.random() < 0.6:
        stream = rng.choice(streams)
        try:
            inner = zlib.decompress(stream[1])
        except zlib.error:
            inner = stream[1]
        changed = zlib.compress(_words_changed(inner, rng))
        return content[: stream.start(1)] + changed + content[stream.end(1) :]
    return _words_changed(content, rng)


def _words_changed(content: bytes, rng: Random) -> bytes:
    words = list(_PDF_WORD.finditer(content[: 2**20]))
    if not words:
        return content
    for _ in range(rng.randint(1, 4)):
        one, other = rng.choice(words), rng.choice(words)
        new = rng.choice((other[0], b"", *_HOSTILE_NUMBERS, one[0] + b" " + one[0], b"Do", b"q", b"<<", b"["))
        content = content[: one.start()] + new + content[one.end() :]
    return content


def _stretch(content: bytes, rng: Random) -> tuple[int, int]:
    start = rng.randrange(len(content) + 1)
    return start, min(len(content), start + rng.choice((1, 4, 30, 300, 3000)))


ANY: tuple[Mutation, ...] = (flipped, cut, repeated, removed, inserted, renumbered, lines_moved)
_OFFICE = (parts_mutated,) * 12
_PDF = (pdf_words_mutated,) * 8


def mutated(name: str, content: bytes, rng: Random) -> bytes:
    """The file with one to three things gone wrong, of those that befall files of its kind."""
    known = ANY
    if name.endswith((".docx", ".xlsx")):
        known += _OFFICE
    elif name.endswith(".pdf"):
        known += _PDF
    for _ in range(rng.choice((1, 1, 2, 3))):
        content = rng.choice(known)(content, rng)
    return content
