"""Parts of office files: what no office program writes is refused."""

from __future__ import annotations

import pytest

from gongkai.documents.errors import DocumentError
from gongkai.documents.limits import Budget
from gongkai.documents.xml_part import parse_part


def test_a_part_with_entities_of_its_own_is_refused() -> None:
    hidden = b'<!DOCTYPE w [<!ENTITY phone "13800138000">]><w>&phone;</w>'
    with pytest.raises(DocumentError) as refused:
        parse_part(hidden, "docx", Budget(seconds=5))
    assert refused.value.code == "damaged"


def test_a_plain_part_is_read() -> None:
    assert parse_part("<w>正文</w>".encode(), "docx", Budget(seconds=5)).text == "正文"
