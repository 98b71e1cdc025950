"""csv and tsv: one table, the delimiter taken from the rows themselves."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from gongkai.documents.intermediate import Cell, Document, Table
from gongkai.documents.limits import Budget, damaged
from gongkai.documents.text import decode

DELIMITERS = (",", "\t", ";", "|")  # in order of preference where two fit as well
_SAMPLE_ROWS, _SAMPLE_CHARACTERS = 60, 50_000
_LOOK_AT_CLOCK = 1_000  # rows between two looks


def read_separated_values(content: bytes, source: str, budget: Budget) -> Document:
    """A csv or tsv file as one `Table`; a row's number is its place among the records of the file."""
    text, notes = decode(content)
    budget.check_time()
    rows: list[list[Cell]] = []
    for record in _records(text, delimiter(text)):
        budget.take_cells(len(record) + 1)  # blank rows cost too
        rows.append([Cell(value.strip(), len(rows) + 1, column) for column, value in enumerate(record, 1)])
        if len(rows) % _LOOK_AT_CLOCK == 0:
            budget.check_time()
    return Document(source, "csv", [Table(1, rows)] if any(rows) else [], notes=notes)


def delimiter(text: str) -> str:
    """The delimiter that cuts most of the first rows into the same number of fields, more than one."""
    sample = "\n".join(text[:_SAMPLE_CHARACTERS].splitlines()[:_SAMPLE_ROWS])
    best, best_score = DELIMITERS[0], 0.0
    for candidate in DELIMITERS:
        counts = [len(record) for record in _records(sample, candidate) if record]
        usual = max(set(counts), key=counts.count, default=0)
        cut = sum(1 for count in counts if count > 1)
        # Rows cut at all matter most; regular rows decide between delimiters that both occur.
        score = cut + counts.count(usual) / max(1, len(counts)) * (usual > 1)
        if score > best_score:
            best, best_score = candidate, score
    return best


def _records(text: str, separator: str) -> Iterator[list[str]]:
    # One record may not hold a whole file: the csv module's own field limit (128 KiB) stands.
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    except csv.Error as error:
        raise damaged("csv", str(error)) from error
