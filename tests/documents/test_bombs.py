"""Bombs: each is read or refused in clear words within five seconds and 500 MB, checks included.

The seconds are those of the processor: how busy the machine is besides is not the file's fault.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from tests.documents.bomb_list import BOMBS, SCANS
from tests.documents.samples import zipped

from gongkai.documents import Line, read_document

SECONDS = 5.0
MEGABYTES = 500
# Where text recognition is installed a page that holds but a picture is looked at, by both cores.
SECONDS_OF_SCANS = 25.0
# What a bomb may be called: it is never read in part without a word.
CODES = {
    "damaged",
    "empty",
    "image_only",
    "not_a_report",
    "too_complex",
    "too_large",
    "too_slow",
    "two_reports",
}
# Run in a process of its own, so that its memory can be told: what came of the file, and the most it took.
CHILD = """
import json, sys, time
from gongkai.annual.checked import check_files
results = check_files([(sys.argv[1], sys.stdin.buffer.read())])
errors = [[item.error.code, item.error.zh] for item in results if item.error]
peak = 0
if sys.platform == "linux":
    with open("/proc/self/status") as status:
        peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
print(json.dumps([errors, peak // 1024, time.process_time()]))
"""


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_read_or_refused_in_time_and_within_memory(name: str) -> None:
    content = BOMBS[name]()
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    child = subprocess.run(
        [sys.executable, "-c", CHILD, name],
        input=content,
        capture_output=True,
        env=environment,
        timeout=120,
        check=True,
    )
    errors, megabytes, seconds = json.loads(child.stdout)
    assert seconds < (SECONDS_OF_SCANS if name in SCANS else SECONDS)
    assert megabytes < MEGABYTES
    for code, words in errors:
        assert code in CODES
        assert "程序出错" not in words


def test_no_entity_brings_in_a_file_of_the_machine() -> None:
    outside = f'<!DOCTYPE d [<!ENTITY a SYSTEM "file://{__file__}">]>'
    body = "<document><body><p><r><t>甲&a;乙</t></r></p></body></document>"
    found = read_document(zipped({"word/document.xml": outside + body}), "report.docx")
    assert [block.text for block in found.blocks if isinstance(block, Line)] == ["甲"]
