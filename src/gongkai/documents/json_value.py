"""json: a report in the contract's own shape, parsed with exact decimals."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from gongkai.documents.errors import DocumentError
from gongkai.documents.intermediate import Document
from gongkai.documents.limits import MAX_JSON_BYTES, Budget, too_complex, too_large
from gongkai.documents.text import decode


def read_json(content: bytes, source: str, budget: Budget) -> Document:
    """A json file: `data` holds its value, no blocks. Json Lines (what `gongkai read` prints) give a list."""
    if len(content) > MAX_JSON_BYTES:
        raise too_large(MAX_JSON_BYTES)
    text, notes = decode(content)
    budget.check_time()
    values = parse(text, budget)
    budget.check_time()
    return Document(source, "json", data=values[0] if len(values) == 1 else values, notes=notes)


def parse(text: str, budget: Budget) -> list[Any]:
    """The json values of a text, one after the other; raises damaged with the line where one breaks."""
    decoder = json.JSONDecoder(parse_float=Decimal, parse_constant=_no_number)
    values: list[Any] = []
    at = _skip_blank(text, 0)
    try:
        while at < len(text):
            value, at = decoder.raw_decode(text, at)
            values.append(value)
            budget.take_lines(1)
            at = _skip_blank(text, at)
    except json.JSONDecodeError as error:
        raise _broken(error.lineno, error.colno) from error
    except ValueError as error:  # NaN, or an integer of thousands of digits
        raise _broken(text.count("\n", 0, at) + 1, 1) from error
    except RecursionError as error:
        raise too_complex("json 嵌套层次过深", "json nested too deeply") from error
    if not values:
        raise _broken(1, 1)
    return values


def _skip_blank(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t\r\n":
        at += 1
    return at


def _no_number(name: str) -> Any:
    raise ValueError(name)


def _broken(line: int, column: int) -> DocumentError:
    return DocumentError(
        "damaged",
        f"json 文件在第 {line} 行第 {column} 个字符处有误，无法读取。请改正或重新导出后再试。",
        f"The json is not valid at line {line}, column {column}. Correct it or export it again.",
    )
