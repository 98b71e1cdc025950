"""What is said of pictures where text recognition is not installed: these run with and without it."""

from __future__ import annotations

import pytest

import gongkai.documents.ocr as ocr
from gongkai.documents import DocumentError, read_document


def test_a_picture_is_refused_with_the_way_to_have_it_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "is_installed", lambda: False)
    with pytest.raises(DocumentError) as error:
        read_document(b"\x89PNG\r\n\x1a\n" + bytes(range(1, 200)), "page.png")
    assert error.value.code == "image_only"
    assert 'pip install "gongkai[ocr]"' in error.value.zh
    assert 'pip install "gongkai[ocr]"' in error.value.en
