"""`gongkai write` and `gongkai read --format` as people and programs call them."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.annual.writing.random_texts import report_with_text

from gongkai.annual.json_lines import dumps
from gongkai.annual.writing import FORMATS, write_report
from gongkai.annual.writing.to_cells import cells_head, cells_of
from gongkai.cli import READ_FORMATS, WRITE_FORMATS


def gongkai(*arguments: str, cwd: Path, stdin: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3] / "src"), "GONGKAI_LANG": "zh"}
    return subprocess.run(
        [sys.executable, "-m", "gongkai.cli", *arguments],
        input=stdin,
        capture_output=True,
        cwd=cwd,
        env=environment,
        timeout=60,
        check=False,
    )


def printed_json(result: subprocess.CompletedProcess[bytes]) -> list[dict[str, object]]:
    return [json.loads(line) for line in result.stdout.decode().splitlines()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    reports = [report_with_text("2021", seed).to_json() for seed in (1, 2)]
    (tmp_path / "one.json").write_text(dumps(reports[0], indent=1), "utf-8")
    (tmp_path / "two.jsonl.json").write_text("\n".join(map(dumps, reports)) + "\n", "utf-8")
    (tmp_path / "noise.docx").write_bytes(b"\x00\x01noise" * 100)
    return tmp_path


@pytest.mark.parametrize("to", FORMATS)
def test_write_makes_a_file_that_read_gives_back(folder: Path, to: str) -> None:
    assert gongkai("write", "one.json", "--to", to, "-o", f"out/one.{to}", cwd=folder).returncode == 0
    [found] = printed_json(gongkai("read", f"out/one.{to}", cwd=folder))
    truth = json.loads((folder / "one.json").read_text("utf-8"))
    assert found["requests"] == truth["requests"]
    assert found["organ"] == truth["organ"]


def test_the_file_gets_the_name_of_its_source(folder: Path) -> None:
    result = gongkai("write", "one.json", "--to", "html", cwd=folder)
    assert (result.returncode, result.stdout.decode().strip()) == (0, "one.html")
    assert (folder / "one.html").is_file()


def test_the_ending_of_the_output_tells_the_format(folder: Path) -> None:
    assert gongkai("write", "one.json", "-o", "report.xlsx", cwd=folder).returncode == 0
    assert (folder / "report.xlsx").read_bytes().startswith(b"PK")


def test_without_any_format_the_call_is_wrong(folder: Path) -> None:
    result = gongkai("write", "one.json", cwd=folder)
    assert result.returncode == 2
    assert result.stderr.decode().count("\n") == 1
    assert "--to" in result.stderr.decode()


def test_a_file_that_exists_is_kept_unless_force_is_given(folder: Path) -> None:
    (folder / "one.csv").write_text("mine", "utf-8")
    refused = gongkai("write", "one.json", "--to", "csv", cwd=folder)
    assert refused.returncode == 2
    assert refused.stderr.decode().count("\n") == 1
    assert (folder / "one.csv").read_text("utf-8") == "mine"
    assert gongkai("write", "one.json", "--to", "csv", "--force", cwd=folder).returncode == 0
    assert (folder / "one.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_a_file_that_is_named_is_replaced_but_no_report_by_what_is_made_from_it(folder: Path) -> None:
    (folder / "mine.csv").write_text("mine", "utf-8")
    assert gongkai("write", "one.json", "-o", "mine.csv", cwd=folder).returncode == 0
    assert (folder / "mine.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    before = (folder / "one.json").read_bytes()
    assert gongkai("write", "one.json", "-o", "one.json", cwd=folder).returncode == 2
    assert (folder / "one.json").read_bytes() == before


def test_standard_input_and_output(folder: Path) -> None:
    content = (folder / "one.json").read_bytes()
    result = gongkai("write", "-", "--to", "docx", "-o", "-", cwd=folder, stdin=content)
    assert result.returncode == 0
    assert result.stdout.startswith(b"PK")


def test_several_reports_become_one_file_each_in_a_folder(folder: Path) -> None:
    result = gongkai("write", "two.jsonl.json", "--to", "html", "-o", "pages/", cwd=folder)
    assert result.returncode == 0
    assert sorted(path.name for path in (folder / "pages").iterdir()) == [
        "two.jsonl-2.html",
        "two.jsonl.html",
    ]


def test_several_reports_do_not_go_to_standard_output(folder: Path) -> None:
    result = gongkai("write", "two.jsonl.json", "--to", "html", "-o", "-", cwd=folder)
    assert (result.returncode, result.stdout) == (2, b"")


def test_a_report_in_any_readable_format_is_taken(folder: Path) -> None:
    content = write_report(report_with_text("2014", 3), "html").content
    (folder / "old.html").write_bytes(content)
    assert gongkai("write", "old.html", "--to", "docx", cwd=folder).returncode == 0
    [found] = printed_json(gongkai("read", "old.docx", cwd=folder))
    assert found["form"] == "2014"


def test_a_file_that_cannot_be_read_costs_one_line_and_stops_no_other(folder: Path) -> None:
    result = gongkai("write", "noise.docx", "one.json", "--to", "csv", cwd=folder)
    assert result.returncode == 2
    assert result.stderr.decode().startswith("noise.docx：")
    assert result.stderr.decode().count("\n") == 1
    assert (folder / "one.csv").is_file()


def test_a_place_that_cannot_be_written_is_one_line(folder: Path) -> None:
    (folder / "file").write_text("", "utf-8")
    result = gongkai("write", "one.json", "-o", "file/one.csv", cwd=folder)
    assert result.returncode == 2
    assert result.stderr.decode().count("\n") == 1


def test_a_character_without_a_font_is_said_on_standard_error(folder: Path) -> None:
    data = json.loads((folder / "one.json").read_text("utf-8"))
    data["sections"]["overview"] = "全年开放日活动3场😀。"
    (folder / "face.json").write_text(json.dumps(data), "utf-8")
    result = gongkai("write", "face.json", "--to", "pdf", cwd=folder)
    assert result.returncode == 0
    assert "U+1F600" in result.stderr.decode()


def test_read_prints_csv_and_a_workbook(folder: Path) -> None:
    csv = gongkai("read", "one.json", "--format", "csv", cwd=folder)
    assert csv.stdout.startswith(b"\xef\xbb\xbf")
    (folder / "again.csv").write_bytes(csv.stdout)
    assert (
        gongkai("read", "two.jsonl.json", "--format", "xlsx", "-o", "both.xlsx", cwd=folder).returncode == 0
    )
    truth = printed_json(gongkai("read", "two.jsonl.json", cwd=folder))
    again = printed_json(gongkai("read", "again.csv", "both.xlsx", cwd=folder))
    assert [r["organ"] for r in again] == [truth[0]["organ"], truth[0]["organ"], truth[1]["organ"]]
    assert again[0]["remedies"] == truth[0]["remedies"]


def test_the_formats_of_the_command_line_are_those_of_the_library() -> None:
    assert WRITE_FORMATS == FORMATS
    assert set(READ_FORMATS) <= {*FORMATS, "cells"}


@pytest.mark.parametrize(("to", "name"), [("pdf", "same.docx"), ("docx", "x.doc"), ("html", "x.PDF")])
def test_a_name_that_promises_another_format_is_refused(folder: Path, to: str, name: str) -> None:
    result = gongkai("write", "one.json", "--to", to, "-o", name, cwd=folder)
    assert result.returncode == 2
    assert result.stderr.decode().count("\n") == 1
    assert name in result.stderr.decode()
    assert not (folder / name).exists()


def test_a_folder_or_a_usual_second_ending_is_no_other_format(folder: Path) -> None:
    (folder / "out.pdf").mkdir()
    assert gongkai("write", "one.json", "--to", "docx", "-o", "out.pdf", cwd=folder).returncode == 0
    assert (folder / "out.pdf" / "one.docx").is_file()
    assert gongkai("write", "one.json", "--to", "html", "-o", "one.htm", cwd=folder).returncode == 0
    assert gongkai("read", "one.json", "--format", "csv", "-o", "x.xlsx", cwd=folder).returncode == 2


def cells(content: bytes) -> list[dict[str, str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_cells_of_several_reports_are_rows_of_one_csv_file(folder: Path) -> None:
    (folder / "old.json").write_text(dumps(report_with_text("2014", 4).to_json()), "utf-8")
    result = gongkai("read", "two.jsonl.json", "noise.docx", "old.json", "--format", "cells", cwd=folder)
    assert result.returncode == 2
    assert result.stderr.decode().startswith("noise.docx：")
    rows = cells(result.stdout)
    reports = [report_with_text("2021", 1), report_with_text("2021", 2), report_with_text("2014", 4)]
    assert len(rows) == sum(len(list(report.cells())) for report in reports)
    first = next(row for row in rows if row["cell"] == "requests.refused.state_secret.total")
    assert first["source"] == "two.jsonl.json"
    assert (first["organ"], first["year"], first["form"]) == (reports[0].organ, str(reports[0].year), "2021")
    assert (first["table"], first["row"], first["column"]) == ("requests", "refused.state_secret", "total")
    assert (first["row_label"], first["column_label"]) == ("1.属于国家秘密", "总计")
    assert first["value"] == str(reports[0].value(first["cell"]))
    assert {row["source"] for row in rows} == {"two.jsonl.json", "two.jsonl.json#2", "old.json"}


def test_cells_of_a_report_of_2014_tell_label_and_unit_and_blanks_are_empty() -> None:
    old, new = report_with_text("2014", 4), report_with_text("2021", 4)
    assert old.statistics is not None
    assert new.requests is not None
    new.requests["granted"]["research"] = None
    rows = cells(cells_head() + cells_of(old) + cells_of(new))
    given = next(row for row in old.statistics if row["unit"] == "万元")
    found = next(row for row in rows if row["row_label"] == given["label"])
    assert (found["unit"], found["value"], found["table"]) == ("万元", str(given["value"]), "statistics")
    assert found["row"]
    assert next(row for row in rows if row["cell"] == "requests.granted.research")["value"] == ""


def test_a_file_of_cells_that_is_named_is_replaced_as_a_whole(folder: Path) -> None:
    (folder / "cells.csv").write_text("mine", "utf-8")
    assert gongkai("read", "one.json", "--format", "cells", "-o", "cells.csv", cwd=folder).returncode == 0
    assert len(cells((folder / "cells.csv").read_bytes())) == len(list(report_with_text("2021", 1).cells()))
    assert [path.name for path in folder.iterdir() if path.name.endswith(".part")] == []
