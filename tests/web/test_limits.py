"""Upload limits, told in words; and nothing reaches the disk."""

from __future__ import annotations

import io
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.web.conftest import page, words

from gongkai.web.annual_reports import uploads

Upload = Callable[..., SimpleUploadedFile]


def test_a_file_over_the_limit_is_put_aside_and_the_others_are_done(
    client: Client, sample: Upload, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "MOST_BYTES_PER_FILE", uploads.MIB)
    large = SimpleUploadedFile("大文件.txt", b"x" * (uploads.MIB + 1))
    response = client.post("/check", {"files": [large, sample("yunxi-water-2022.txt")]})
    assert response.status_code == 200
    assert "未能读取：大文件.txt 文件超过 1 MB，没有读取" in words(response)
    assert len(page(response).css("article.report:not(.unreadable)")) == 1


def test_the_twenty_first_file_is_named_and_not_read(client: Client) -> None:
    files = [SimpleUploadedFile(f"{n}.txt", "不是报告".encode()) for n in range(1, 25)]
    response = client.post("/check", {"files": files})
    said = words(response)
    assert len(page(response).css("article.report")) == 24
    assert said.count("一次最多核对 20 个文件，这个文件没有读取") == 4
    assert "未能读取：24.txt" in said


def test_files_that_are_too_large_together_are_put_aside_one_by_one(
    client: Client, sample: Upload, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "MOST_BYTES", uploads.MIB)
    files = [sample("yunxi-water-2022.txt"), SimpleUploadedFile("b.txt", b"x" * uploads.MIB)]
    response = client.post("/check", {"files": files})
    assert "未能读取：b.txt 本次上传合计超过 1 MB" in words(response)
    assert len(page(response).css("article.report:not(.unreadable)")) == 1


class Counting(io.RawIOBase):
    """A body of zeros that counts how much of it was taken."""

    def __init__(self, size: int) -> None:
        self.left = size
        self.most_at_once = 0

    def read(self, size: int = -1) -> bytes:
        self.most_at_once = max(self.most_at_once, self.left if size < 0 else size)
        given = self.left if size < 0 else min(size, self.left)
        self.left -= given
        return b"0" * given


def test_a_body_past_all_limits_gets_a_page_in_words_and_is_dropped_in_small_pieces(client: Client) -> None:
    size = uploads.MOST_BODY_BYTES + 1
    body = Counting(size)
    request = client._base_environ(PATH_INFO="/check", REQUEST_METHOD="POST")
    request.update(
        {"CONTENT_LENGTH": str(size), "CONTENT_TYPE": "multipart/form-data; boundary=x", "wsgi.input": body}
    )
    response = client.request(**request)
    assert response.status_code == 413
    # It may be one file as well as many: the words are true for both.
    assert "上传的内容超过 50 MB，没有读取。每个文件不超过 20 MB，合计不超过 50 MB" in words(response)
    assert body.left == 0
    assert body.most_at_once <= uploads.DROPPED_AT_ONCE


def test_results_sent_back_that_are_too_large_are_refused_in_words(client: Client) -> None:
    response = client.post("/check/reports.json", {"results": "x" * (17 * uploads.MIB)})
    assert response.status_code == 413
    assert "随表单送回的核对结果太大" in words(response)


@pytest.fixture
def written(tmp_path: Path) -> Iterator[list[str]]:
    """Names of files opened for writing while the test watches."""
    names: list[str] = []
    watching = True

    def watch(event: str, args: tuple[Any, ...]) -> None:
        if watching and event == "open" and isinstance(args[1], str) and set(args[1]) & set("wax+"):
            names.append(str(args[0]))

    sys.addaudithook(watch)
    yield names
    watching = False


def test_nothing_is_written_to_disk(
    client: Client, sample: Upload, written: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    names = ["liuwan-2023.html", "liuwan-2024.pdf", "qingshi-2024.docx", "yunxi-water-2022.txt"]
    padding = SimpleUploadedFile("large.txt", b"x" * (5 * uploads.MIB))
    written.clear()
    response = client.post("/check", {"files": [*map(sample, names), padding]})
    assert response.status_code == 200
    assert written == []
    assert list(tmp_path.iterdir()) == []
