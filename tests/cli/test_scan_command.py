"""`gongkai scan` as a clerk calls it before a text is published."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

# An invented person with the example number of the standard.
TEXT = "周某甲（身份证号11010519491231002X，手机13800138000）申请公开按装费用。\n咨询电话：0000-5550003\n"


def gongkai(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "gongkai.cli", *arguments], capture_output=True, text=True, encoding="utf-8"
    )


def test_personal_data_is_found_in_its_line_and_never_repeated(tmp_path: Path) -> None:
    file = tmp_path / "text.txt"
    file.write_text(TEXT, "utf-8")
    found = gongkai("scan", str(file))
    assert found.returncode == 1
    assert "第1行：“11*************02X”" in found.stdout
    assert "138****8000" in found.stdout
    assert "11010519491231002X" not in found.stdout
    assert "应为“安装”" in found.stdout
    assert "5550003" not in found.stdout  # an office's own telephone may stand


def test_the_json_has_place_kind_and_rule_of_each(tmp_path: Path) -> None:
    file = tmp_path / "text.txt"
    file.write_text(TEXT, "utf-8")
    told = json.loads(gongkai("scan", str(file), "--json").stdout)["findings"]
    assert [(one["rule"], one["place"]) for one in told if one["severity"] == "error"] == [
        ("PII.ID18", {"line": 1}),
        ("PII.MOB", {"line": 1}),
    ]


def test_an_office_adds_its_own_list(tmp_path: Path) -> None:
    file, words = tmp_path / "text.txt", tmp_path / "words.csv"
    file.write_text("请到珩霁镇便民大厅办理。\n", "utf-8")
    words.write_text(
        "错误表述,正确表述,等级,类别,出处\n便民大厅,便民服务中心,一般错误,错别字,本单位\n", "utf-8"
    )
    assert gongkai("scan", str(file)).stdout.strip().endswith("没有发现问题")
    found = gongkai("scan", str(file), "--list", str(words))
    assert "便民服务中心" in found.stdout


def test_what_cannot_be_read_is_told_and_the_others_are_scanned(tmp_path: Path) -> None:
    file, broken, words = tmp_path / "text.txt", tmp_path / "broken.pdf", tmp_path / "words.csv"
    file.write_text("一切如常。\n", "utf-8")
    broken.write_bytes(b"%PDF-1.7 no more")
    words.write_text("no,columns\n", "utf-8")
    found = gongkai("scan", str(broken), str(file))
    assert found.returncode == 2
    assert "broken.pdf" in found.stderr
    assert "没有发现问题" in found.stdout
    wrong = gongkai("scan", str(file), "--list", str(words))
    assert wrong.returncode == 2
    assert "Traceback" not in wrong.stderr
