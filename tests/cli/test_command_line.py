"""The command line as people and programs call it: what it prints where, and its exit status."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from gongkai.annual.forms import form

TITLE = "云岭县虚构镇人民政府2024年政府信息公开工作年度报告"  # an invented town
COUNTED = {"received.new": 5, "granted": 5, "concluded": 5}
OVERVIEW = (
    "（一）主动公开。按照要求公开政府信息。（二）依申请公开。新收申请5件，予以公开5件，均按期答复。"
    "（三）政府信息管理。完善制度。（四）平台建设。维护网站。（五）监督保障。工作考核结果为良好，"
    "开展社会评议，满意率较高，没有责任追究情形。"
)


def report_text(first: int = 5) -> str:
    """A whole report of form 2021 that adds up, or whose first row of table 3 does not."""
    shape = form("2021")
    lines = [TITLE, "一、总体情况", OVERVIEW, "二、主动公开政府信息情况"]
    for block in shape.proactive:
        lines += [block.item, "\t".join(["信息内容", *(column.label for column in block.columns)])]
        lines += ["\t".join([row.label, *"0" * len(block.columns)]) for row in block.rows]
    lines.append("三、收到和处理政府信息公开申请情况")
    for row in shape.rows:
        total = COUNTED.get(row.code, 0)
        person = first if row.code == "received.new" else total
        lines.append("\t".join([row.printed, str(person), *"00000", str(total)]))
    heads = [column.label for _ in shape.remedy_groups for column in shape.remedy_columns]
    lines += ["四、政府信息公开行政复议、行政诉讼情况", "\t".join(heads), "\t".join("0" * len(heads))]
    lines += ["五、存在的主要问题及改进情况", "存在政策解读形式单一的问题。下一步丰富解读形式，加强培训。"]
    return "\n".join(
        [*lines, "六、其他需要报告的事项", "本年度发出收费通知0件，总金额0元，实际收取总金额0元。"]
    )


def gongkai(
    *arguments: str, stdin: bytes | None = None, cwd: Path | None = None
) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2] / "src"), "GONGKAI_LANG": "zh"}
    return subprocess.run(
        [sys.executable, "-m", "gongkai.cli", *arguments],
        input=stdin,
        capture_output=True,
        cwd=cwd,
        env=environment,
        timeout=60,
        check=False,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "good.txt").write_text(report_text(), "utf-8")
    (tmp_path / "wrong.txt").write_text(report_text(first=4), "utf-8")
    (tmp_path / "noise.docx").write_bytes(b"\x00\x01noise" * 100)
    return tmp_path


def test_read_prints_a_line_of_json_for_each_report_in_the_order_of_the_files(folder: Path) -> None:
    done = gongkai("read", "wrong.txt", "good.txt", cwd=folder)
    reports = [json.loads(line) for line in done.stdout.splitlines()]
    assert [r["source"] for r in reports] == ["wrong.txt", "good.txt"]
    assert reports[1]["requests"]["received.new"]["total"] == 5
    assert (reports[1]["schema"], reports[1]["year"]) == ("gongkai.annual-report/1", 2024)
    assert done.returncode == 0


def test_read_pretty_indents(folder: Path) -> None:
    assert b'\n "organ"' in gongkai("read", "--pretty", "good.txt", cwd=folder).stdout


def test_read_takes_standard_input() -> None:
    done = gongkai("read", "-", stdin=report_text().encode("gb18030"))
    assert json.loads(done.stdout)["source"] == "-"


def test_what_read_prints_can_be_checked(folder: Path) -> None:
    (folder / "report.json").write_bytes(gongkai("read", "wrong.txt", cwd=folder).stdout)
    findings = json.loads(gongkai("check", "--json", "report.json", cwd=folder).stdout)["findings"]
    assert "FMT.T3.A" in [finding["rule"] for finding in findings]


def test_check_exits_with_0_without_errors_and_1_with_one(folder: Path) -> None:
    assert gongkai("check", "good.txt", cwd=folder).returncode == 0
    assert gongkai("check", "wrong.txt", cwd=folder).returncode == 1


def test_a_file_that_cannot_be_read_gives_one_line_and_2_and_the_others_are_done(folder: Path) -> None:
    done = gongkai("check", "--json", "noise.docx", "missing.txt", "wrong.txt", cwd=folder)
    lines = done.stderr.decode().splitlines()
    assert sorted(line.split("：")[0] for line in lines) == ["missing.txt", "noise.docx"]
    assert {f["source"] for f in json.loads(done.stdout)["findings"]} == {"wrong.txt"}
    assert done.returncode == 2


def test_json_names_the_files_that_could_not_be_read(folder: Path) -> None:
    done = gongkai("check", "--json", "noise.docx", "missing.txt", "wrong.txt", cwd=folder)
    found = json.loads(done.stdout)
    assert {one["source"] for one in found["unreadable"]} == {"noise.docx", "missing.txt"}
    assert {one["code"] for one in found["unreadable"]} == {"damaged", "not_found"}
    assert all(one["message"] for one in found["unreadable"])
    assert json.loads(gongkai("check", "--json", "good.txt", cwd=folder).stdout)["unreadable"] == []


def test_an_office_s_own_rules_change_severities_and_the_status(folder: Path) -> None:
    (folder / "rules.toml").write_text('[[checks]]\nname = "row_sum"\nseverity = "warning"\n', "utf-8")
    plain = json.loads(gongkai("check", "--json", "wrong.txt", cwd=folder).stdout)["findings"]
    own = gongkai("check", "--json", "--rules", "rules.toml", "wrong.txt", cwd=folder)
    found = json.loads(own.stdout)["findings"]
    assert [f["severity"] for f in plain if f["rule"] == "FMT.T3.A"] == ["error"]
    assert [f["severity"] for f in found if f["rule"] == "FMT.T3.A"] == ["warning"]


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        ('[[checks]]\nname = "row_sums"\nseverity = "off"', "是不是“row_sum”"),
        ('[[checks]]\nname = "row_sum"\nseverity = "fatal"', "应为error、warning、info或off"),
        ("not toml", "不是有效的TOML文件"),
    ],
)
def test_rules_that_cannot_be_used_are_told_in_one_line_and_nothing_is_checked(
    folder: Path, rules: str, words: str
) -> None:
    (folder / "rules.toml").write_text(rules, "utf-8")
    done = gongkai("check", "--rules", "rules.toml", "good.txt", cwd=folder)
    assert (done.returncode, done.stdout) == (2, b"")
    assert words in done.stderr.decode()
    assert len(done.stderr.decode().splitlines()) == 1


def test_a_rules_file_that_is_not_there_is_told_in_one_line() -> None:
    done = gongkai("check", "--rules", "nowhere.toml", "x.txt")
    assert done.returncode == 2
    assert "打不开规则文件 nowhere.toml（没有这个文件）" in done.stderr.decode()


def test_a_finding_has_the_shape_of_the_contract(folder: Path) -> None:
    done = gongkai("check", "--json", "wrong.txt", cwd=folder)
    found = next(f for f in json.loads(done.stdout)["findings"] if f["rule"] == "FMT.T3.A")
    assert set(found) >= {
        "source",
        "rule",
        "severity",
        "organ",
        "year",
        "cells",
        "expected",
        "found",
        "message",
    }
    assert found["severity"] == "error"
    assert "requests.received.new.total" in found["cells"]
    assert done.stderr == b""


def test_check_searches_a_folder(folder: Path) -> None:
    done = gongkai("check", str(folder))
    assert "good.txt" in done.stdout.decode()
    assert "wrong.txt" in done.stdout.decode()
    assert "noise.docx" in done.stderr.decode()


def test_check_writes_a_page_and_a_workbook(folder: Path) -> None:
    done = gongkai("check", "wrong.txt", "--html", "sheet.html", "--xlsx", "sheet.xlsx", cwd=folder)
    assert "FMT.T3.A" in (folder / "sheet.html").read_text("utf-8")
    assert (folder / "sheet.xlsx").read_bytes()[:2] == b"PK"
    assert done.returncode == 1


def test_a_sheet_that_cannot_be_written_says_so(folder: Path) -> None:
    done = gongkai("check", "good.txt", "--html", "no/such/folder/sheet.html", cwd=folder)
    assert done.returncode == 2
    assert "no/such/folder/sheet.html" in done.stderr.decode()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["chek"], "没有命令 chek"),
        (["check"], "缺少"),
        (["read", "--nonsense", "x"], "没有选项 --nonsense"),
        (["check", "x", "--html"], "--html"),
    ],
)
def test_a_wrong_call_is_one_line_and_2(arguments: list[str], words: str) -> None:
    done = gongkai(*arguments)
    assert done.returncode == 2
    assert words in done.stderr.decode()
    assert len(done.stderr.decode().splitlines()) == 1


def test_help_is_chinese_and_english_on_demand() -> None:
    assert "读取、核对" in gongkai("--help").stdout.decode()
    assert "Read and check" in gongkai("--lang", "en", "--help").stdout.decode()
    assert "退出状态" in gongkai("check", "--help").stdout.decode()


def test_findings_are_printed_in_english_on_demand(folder: Path) -> None:
    done = gongkai("check", "--lang", "en", "wrong.txt", cwd=folder)
    assert "[Error] FMT.T3.A" in done.stdout.decode()


def test_starting_imports_no_reader_and_no_django() -> None:
    libraries = {"django", "lxml", "pypdfium2", "selectolax", "python_calamine", "xlsxwriter"}
    code = "import gongkai.cli, sys; gongkai.cli.build('zh'); print(*(m.split('.')[0] for m in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, timeout=60)
    assert libraries.isdisjoint(done.stdout.decode().split())


def test_the_bare_command_shows_its_help() -> None:
    result = gongkai()
    assert result.returncode == 0
    assert "check" in result.stdout.decode()
    assert not result.stderr


def test_a_folder_without_reports_is_no_clean_bill(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# 说明", "utf-8")
    result = gongkai("check", str(tmp_path))
    assert result.returncode == 2
    assert "没有可以读取的报告文件" in result.stderr.decode()


def test_hidden_folders_and_readmes_are_not_searched(folder: Path) -> None:
    (folder / "noise.docx").unlink()
    (folder / ".venv").mkdir()
    (folder / ".venv" / "LICENSE.txt").write_text("no report", "utf-8")
    (folder / "README.md").write_text("# 说明", "utf-8")
    result = gongkai("read", str(folder))
    assert (result.returncode, len(result.stdout.splitlines())) == (0, 2)
    assert "LICENSE" not in result.stderr.decode()


def test_what_a_folder_holds_besides_reports_is_counted_and_named(folder: Path) -> None:
    (folder / "noise.docx").unlink()
    for name in ("README.md", "盖章页.png", "数据.dat", "~$good.docx", ".DS_Store"):
        (folder / name).write_bytes(b"\x89PNG\r\n")
    result = gongkai("check", str(folder))
    [line] = result.stderr.decode().splitlines()
    assert "另有 3 个文件不是年报格式，未读取：README.md、数据.dat、盖章页.png。" in line
    assert "图片" in line
    assert result.returncode == 0 + 1  # wrong.txt: what was passed over changes no status


def test_of_many_files_passed_over_the_first_are_named(folder: Path) -> None:
    for number in range(8):
        (folder / f"{number}.dat").write_bytes(b"x")
    said = gongkai("--lang", "en", "read", str(folder)).stderr.decode()
    assert "8 more files" in said
    assert "4.dat…" in said
    assert "5.dat" not in said


def test_files_without_an_ending_are_known_by_what_is_in_them(folder: Path) -> None:
    for path in folder.iterdir():
        path.unlink()
    (folder / "年报").write_text(report_text(), "utf-8")
    (folder / "2.云岭县年报").write_text(report_text(), "gb18030")
    (folder / "LICENSE").write_text("no report", "utf-8")
    written = gongkai("write", "年报", "--to", "docx", "-o", str(folder / "x.docx"), cwd=folder)
    assert written.returncode == 0
    (folder / "x.docx").rename(folder / "docx年报")
    result = gongkai("read", str(folder))
    assert [json.loads(line)["source"] for line in result.stdout.splitlines()] == [
        "2.云岭县年报",
        "docx年报",
        "年报",
    ]
    assert "另有 1 个文件不是年报格式，未读取：LICENSE" in result.stderr.decode()


def test_a_folder_s_files_of_kinds_that_are_not_read_are_refused_rather_than_passed_over(
    folder: Path,
) -> None:
    (folder / "noise.docx").rename(folder / "noise.odt")
    result = gongkai("read", str(folder))
    assert result.returncode == 2
    assert "另存为 docx" in result.stderr.decode()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_or_a_device_is_refused_at_once(folder: Path) -> None:
    os.mkfifo(folder / "pipe.docx")
    for path in (str(folder / "pipe.docx"), os.devnull):
        result = gongkai("read", path)
        assert result.returncode == 2
        assert "管道" in result.stderr.decode()
    assert "pipe.docx" in gongkai("read", str(folder)).stderr.decode()


def test_read_writes_over_a_file_that_is_named_but_never_over_a_report_it_reads(folder: Path) -> None:
    out = folder / "out.csv"
    out.write_text("mine", "utf-8")
    call = ("read", "good.txt", "--format", "csv", "-o", "out.csv")
    assert gongkai(*call, cwd=folder).returncode == 0
    assert "虚构镇" in out.read_text("utf-8-sig")
    before = out.read_bytes()
    assert gongkai("read", "out.csv", "--format", "csv", "-o", "out.csv", cwd=folder).returncode == 2
    assert out.read_bytes() == before


def test_a_report_is_corrected_by_its_json_and_written_anew(folder: Path) -> None:
    assert gongkai("read", "wrong.txt", "--pretty", "-o", "wrong.json", cwd=folder).returncode == 0
    text = (folder / "wrong.json").read_text("utf-8")
    assert text == gongkai("read", "wrong.txt", "--pretty", cwd=folder).stdout.decode()
    (folder / "wrong.json").write_text(text.replace('"natural_person": 4', '"natural_person": 5'), "utf-8")
    assert gongkai("check", "wrong.json", cwd=folder).returncode == 0
    assert gongkai("write", "wrong.json", "--to", "docx", "-o", "corrected.docx", cwd=folder).returncode == 0
    assert gongkai("check", "corrected.docx", cwd=folder).returncode == 0


def test_a_sheet_is_not_written_over_the_report_it_is_made_from(folder: Path) -> None:
    content = (folder / "good.txt").read_bytes()
    calls = (
        ("check", "good.txt", "--html", "./good.txt"),
        ("check", "wrong.txt", "--previous", "good.txt", "--xlsx", "good.txt"),
        ("compare", "wrong.txt", "good.txt", "--html", "good.txt"),
    )
    for call in calls:
        assert gongkai(*call, cwd=folder).returncode == 2, call
        assert (folder / "good.txt").read_bytes() == content


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_beside_a_report_in_a_folder_that_is_closed_nothing_is_written(folder: Path) -> None:
    folder.chmod(0o555)
    result = gongkai("write", "good.txt", "--to", "html", cwd=folder)
    folder.chmod(0o755)
    assert result.returncode == 2
    assert "请用 -o 指定别的文件或文件夹" in result.stderr.decode()


def test_a_place_that_cannot_be_written_says_how_to_name_another(folder: Path) -> None:
    (folder / "good.html").mkdir()
    result = gongkai("write", "good.txt", "--to", "html", "--force", cwd=folder)
    assert result.returncode == 2
    assert "请用 -o 指定别的文件或文件夹" in result.stderr.decode()
    assert [path.name for path in folder.glob(".*")] == []


def test_help_names_the_formats_and_where_files_go() -> None:
    for word in ("doc", "xls", "mht", "wps"):
        assert word in gongkai("--help").stdout.decode()
    assert "文件夹" in gongkai("read", "--help").stdout.decode()
    assert "原文件旁边" in "".join(gongkai("write", "--help").stdout.decode().split())


def columns(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in line)


@pytest.mark.parametrize(("given", "widest"), [("50", 50), ("80", 80), (None, 100)])
def test_compare_keeps_to_the_width_of_the_terminal(
    folder: Path, given: str | None, widest: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = (
        report_text()
        .replace("云岭县虚构镇", "云岭县虚构山间民族自治区域示范试验街道办事处及其派出")
        .replace("5", "7")
    )
    (folder / "other.txt").write_text(other, "utf-8")
    if given is None:
        monkeypatch.delenv("COLUMNS", raising=False)
    else:
        monkeypatch.setenv("COLUMNS", given)
    lines = gongkai("compare", "good.txt", "other.txt", cwd=folder).stdout.decode().splitlines()
    assert max(map(columns, lines)) <= widest
    assert any("总计" in line and "+2" in line for line in lines)


def test_a_previous_report_that_cannot_be_read_costs_the_status_but_not_the_check(folder: Path) -> None:
    for previous in ("nowhere.docx", str(folder / "noise.docx")):
        result = gongkai("check", str(folder / "good.txt"), "--previous", previous)
        assert result.returncode == 2, previous
        assert Path(previous).name in result.stderr.decode()
        assert "虚构镇人民政府" in result.stdout.decode()


def test_the_system_s_reasons_are_chinese(folder: Path) -> None:
    assert "没有这个文件" in gongkai("check", "nowhere.docx").stderr.decode()
    assert "这是文件夹" in gongkai("check", str(folder / "good.txt"), "--xlsx", "/").stderr.decode()


def test_a_given_report_that_is_not_the_year_before_is_said_not_to_be_used(folder: Path) -> None:
    other = folder / "other.txt"
    other.write_text(report_text().replace("2024", "2021"), "utf-8")
    (folder / "before.txt").write_text(report_text().replace("2024", "2023"), "utf-8")
    files = (str(folder / "good.txt"), str(folder / "before.txt"))
    text = gongkai("check", *files, "--previous", str(other)).stdout.decode()
    assert "已与“before.txt”作跨年核对" in text
    assert "“other.txt”不是本报告的上一年度报告" in text


def test_compare_shows_what_changed_between_two_years(folder: Path) -> None:
    before = folder / "before.txt"
    before.write_text(report_text().replace("2024", "2023").replace("\t5\n", "\t7\n"), "utf-8")
    page = folder / "compared.html"
    result = gongkai("compare", str(before), str(folder / "good.txt"), "--html", str(page))
    assert result.returncode == 0, result.stderr.decode()
    assert "个不同" in result.stdout.decode()
    assert "年度报告对比" in page.read_text("utf-8")
    data = json.loads(gongkai("compare", "--json", str(before), str(folder / "good.txt")).stdout)
    assert (data["before"]["year"], data["after"]["year"]) == (2023, 2024)


def test_compare_of_a_file_that_cannot_be_read_exits_with_2(folder: Path) -> None:
    result = gongkai("compare", str(folder / "noise.docx"), str(folder / "good.txt"))
    assert (result.returncode, result.stdout) == (2, b"")
    assert "noise.docx" in result.stderr.decode()
