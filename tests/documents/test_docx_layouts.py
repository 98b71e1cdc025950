"""A report's tables as Word files really hold them: split into several, nested, in frames and text boxes."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest
from lxml import etree
from tests.annual.printing import print_report, random_report
from tests.annual.printing.comparing import differences
from tests.documents.samples import docx_of

from gongkai.annual import read_reports
from gongkai.documents import read_document
from gongkai.documents.docx import read_docx  # noqa: F401 -- what is under test

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
Body = etree._Element
Change = Callable[[Body, Random], None]


def body_of(content: bytes) -> Body:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    body = root.find(f"{W}body")
    assert body is not None
    return body


def as_docx(body: Body) -> bytes:
    inner = "".join(etree.tostring(child, encoding="unicode") for child in body)
    return docx_of(inner)


def new(name: str, *inner: Body) -> Body:
    element = etree.Element(f"{W}{name}")
    element.extend(inner)
    return element


def tables(body: Body) -> list[Body]:
    return list(body.iter(f"{W}tbl"))


def split_where_nothing_is_merged(body: Body, rng: Random) -> None:
    """A page break put in by hand: the rows behind it are a table of their own."""
    split(body, rng, between=[])


def split_with_blank_paragraphs(body: Body, rng: Random) -> None:
    split(body, rng, between=[new("p")])


def split_with_a_paragraph_of_words(body: Body, rng: Random) -> None:
    words = etree.Element(f"{W}t")
    words.text = "续表"
    split(body, rng, between=[new("p", new("r", words))])


def split(body: Body, rng: Random, between: list[Body]) -> None:
    for table in tables(body):
        rows = table.findall(f"{W}tr")
        free = [n for n in range(1, len(rows)) if not goes_on(rows[n])]
        if not free:
            continue
        rest = new("tbl", *rows[rng.choice(free) :])
        for element in (*between, rest):
            after = table if element is (between or [rest])[0] else table.getnext()
            after.addnext(element) if after is not None else body.append(element)


def goes_on(row: Body) -> bool:
    merges = row.iter(f"{W}vMerge")
    return any(merge.get(f"{W}val") != "restart" for merge in merges)


def each_in_a_frame_of_one_cell(body: Body, rng: Random) -> None:
    for table in tables(body):
        frame = new("tbl", new("tr", cell := new("tc")))
        table.addprevious(frame)
        cell.extend([table, new("p")])


def all_in_one_frame(body: Body, rng: Random) -> None:
    inner = list(body)
    body.append(new("tbl", new("tr", new("tc", *inner))))


def all_in_a_frame_with_a_margin(body: Body, rng: Random) -> None:
    inner = list(body)
    body.append(new("tbl", new("tr", new("tc", new("p")), new("tc", *inner), new("tc", new("p")))))


def figures_in_tables_of_their_own(body: Body, rng: Random) -> None:
    """Each figure in a table of one cell within the cell, as some content systems write."""
    for cell in list(body.iter(f"{W}tc")):
        text = "".join(cell.itertext()).strip()
        if text.isascii() and text.isdigit() and rng.random() < 0.3:
            paragraphs = cell.findall(f"{W}p")
            inner = new("tbl", new("tr", new("tc", *paragraphs)))
            cell.extend([inner, new("p")])


def each_in_a_text_box(body: Body, rng: Random) -> None:
    for table in tables(body):
        box = new("txbxContent")
        table.addprevious(new("p", new("r", new("pict", box))))
        box.append(table)


CHANGES: list[Change] = [
    split_where_nothing_is_merged,
    split_with_blank_paragraphs,
    split_with_a_paragraph_of_words,
    each_in_a_frame_of_one_cell,
    all_in_one_frame,
    all_in_a_frame_with_a_margin,
    figures_in_tables_of_their_own,
    each_in_a_text_box,
]


@pytest.mark.parametrize("form", ["2014", "2019", "2021"])
@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_report_is_read_whole_however_its_tables_are_put(change: Change, form: str) -> None:
    for seed in range(4):
        rng = Random(f"{change.__name__}/{form}/{seed}")
        content, name, truth = print_report(random_report(rng, form), "docx", rng)
        body = body_of(content)
        change(body, rng)
        [report] = read_reports(read_document(as_docx(body), name))
        assert differences(truth, report) == []
