"""What the scan says of files and lists repeats no personal data of their names and headings."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from gongkai.wording.lists import ListError, load_list, read_list


def gongkai(*arguments: str) -> tuple[int, str]:
    """Exit status, and all that is said."""
    called = subprocess.run(
        [sys.executable, "-m", "gongkai.cli", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        input="文",
    )
    return called.returncode, called.stdout + called.stderr


SECRET = "王建国11010519491231002X"


@pytest.mark.parametrize("more", [[], ["--json"], ["--lang", "en"]])
@pytest.mark.parametrize(("ending", "content"), [("txt", "按装".encode()), ("json", b"{}"), ("pdf", b"")])
def test_a_person_in_a_files_name_is_masked(
    tmp_path: Path, more: list[str], ending: str, content: bytes
) -> None:
    path = tmp_path / f"{SECRET}.{ending}"
    path.write_bytes(content)
    _, said = gongkai("scan", str(path), *more)
    assert "建国" not in said
    assert "19491231" not in said
    assert "王某11*************02X" in said


def test_a_missing_file_or_list_is_named_in_masked_form(tmp_path: Path) -> None:
    for call in (
        ["scan", str(tmp_path / f"{SECRET}.txt")],
        ["scan", "--list", str(tmp_path / f"{SECRET}.csv"), "-"],
    ):
        status, said = gongkai(*call)
        assert status > 0
        assert "王某" in said
        assert "建国" not in said
        assert "19491231" not in said


@pytest.mark.parametrize(
    "text",
    [
        f"{SECRET},手机\n",
        "王建国,11010519491231002X\n",
        f"姓名{'很长' * 100}\n",
        "错误表述,等级,类别,出处\n甲,王建国13800138000,错字,本单位\n",
        "错误表述,等级,类别,出处\n甲,一般错误,王建国,本单位\n",
    ],
)
def test_a_faulty_list_does_not_repeat_what_stands_in_it(text: str) -> None:
    with pytest.raises(ListError) as error:
        read_list(text, SECRET)
    for said in (error.value.zh, error.value.en, str(error.value)):
        assert "建国" not in said
        assert "19491231" not in said
        assert "13800138000" not in said
        assert len(said) < 200


def test_a_file_of_people_given_as_a_list_is_refused_without_its_words(tmp_path: Path) -> None:
    path = tmp_path / "名单.csv"
    path.write_text("王建国,13800138000\n", "utf-8")
    with pytest.raises(ListError) as error:
        load_list(path)
    assert "王某" in error.value.zh
