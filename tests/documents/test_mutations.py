"""Good files, damaged at random: whatever comes of it, no other error than `DocumentError` gets out."""

from __future__ import annotations

import io
import time
import zipfile

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.documents.samples import (
    TITLE,
    a_docx,
    a_pdf,
    an_xlsx,
    applicants_table,
    docx_of,
    paragraph,
    text,
)

from gongkai.documents import Document, DocumentError, read_document

MERGED = "<w:tcPr><w:gridSpan w:val='2'/><w:vMerge w:val='restart'/></w:tcPr>"
GOOD: dict[str, bytes] = {
    "report.docx": a_docx(lambda d: (d.add_paragraph(TITLE), d.add_table(3, 3))),
    "merged.docx": docx_of(
        f"<w:tbl><w:tr><w:tc>{MERGED}{paragraph('规章')}</w:tc><w:tc>{paragraph('12')}</w:tc></w:tr></w:tbl>"
    ),
    "report.xlsx": an_xlsx(lambda w: w.add_worksheet().merge_range(3, 1, 4, 3, TITLE)),
    "report.pdf": a_pdf(text(TITLE), applicants_table()),
    "report.html": f"<html><p>{TITLE}<table><tr><td rowspan=2 colspan=3>规章<td>1<tr><td>2</table>".encode(),
    "report.json": b'{"schema": "a", "rows": [1, 2.50, null, {"b": "\\u7ae0"}]}',
    "report.csv": '信息内容,"件数"\n规章,0\n'.encode("gb18030"),
    "report.txt": f"{TITLE}\n规章\t0\n".encode() * 3,
}
FIGURES = [b"0", b"-1", b"65536", b"2147483648", b"99999999999999999999", b"1e999", b"\x00", b"<", b"&#0;"]
Change = tuple[float, str, int, bytes]
CHANGES = st.lists(
    st.tuples(
        st.floats(0, 1, exclude_max=True),
        st.sampled_from(["replace", "delete", "repeat", "insert", "cut"]),
        st.integers(1, 200),
        st.one_of(st.sampled_from(FIGURES), st.binary(min_size=1, max_size=8)),
    ),
    min_size=1,
    max_size=8,
)
QUICK = settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def changed(content: bytes, changes: list[Change]) -> bytes:
    for where, how, length, new in changes:
        at = int(where * len(content))
        if how == "replace":
            content = content[:at] + new + content[at + len(new) :]
        elif how == "delete":
            content = content[:at] + content[at + length :]
        elif how == "repeat":
            content = content[:at] + content[at : at + length] * 3 + content[at + length :]
        elif how == "insert":
            content = content[:at] + new + content[at:]
        else:
            content = content[: at + 1]
    return content


def parts_changed(content: bytes, changes: list[Change]) -> bytes:
    """An Office file packed again without fault, but with changed xml in it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        names = [name for name in old.namelist() if name.endswith((".xml", ".rels"))]
        for index, name in enumerate(names):
            mine = [change for number, change in enumerate(changes) if number % len(names) == index]
            new.writestr(name, changed(old.read(name), mine) if mine else old.read(name))
    return stream.getvalue()


def outcome(content: bytes, name: str) -> Document | DocumentError:
    began = time.monotonic()
    try:
        found: Document | DocumentError = read_document(content, name)
    except DocumentError as error:
        found = error
    assert time.monotonic() - began < 5
    return found


@QUICK
@given(name=st.sampled_from(sorted(GOOD)), changes=CHANGES)
def test_a_damaged_file_is_read_or_refused_with_a_clear_error(name: str, changes: list[Change]) -> None:
    found = outcome(changed(GOOD[name], changes), name)
    assert (
        found.blocks or found.data is not None or found.kind == "json"
        if isinstance(found, Document)
        else found.zh
    )


@QUICK
@given(
    name=st.sampled_from([name for name in sorted(GOOD) if name.endswith(("docx", "xlsx"))]),
    changes=CHANGES,
)
def test_an_office_file_with_damaged_parts_is_read_or_refused(name: str, changes: list[Change]) -> None:
    found = outcome(parts_changed(GOOD[name], changes), name)
    assert found.blocks if isinstance(found, Document) else found.zh


@QUICK
@given(content=st.binary(max_size=300), name=st.sampled_from([*sorted(GOOD), "report", "report.md"]))
def test_any_bytes_are_read_or_refused(content: bytes, name: str) -> None:
    found = outcome(content, name)
    assert found.source == name if isinstance(found, Document) else found.code


def test_the_files_the_mutations_begin_with_are_good() -> None:
    assert [name for name, content in GOOD.items() if isinstance(outcome(content, name), DocumentError)] == []
