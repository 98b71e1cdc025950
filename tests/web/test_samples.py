"""The samples are what their script makes, and say what they are."""

from __future__ import annotations

import importlib.util
import io
import zipfile
from types import ModuleType

import pytest
from tests.web.conftest import SAMPLES, planted

from gongkai.annual.checked import check_files


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_samples", SAMPLES / "make_samples.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def parts(content: bytes) -> dict[str, bytes]:
    """What a file holds: the members of a docx (its packing differs with zlib), else the file itself."""
    if not content.startswith(b"PK"):
        return {"": content}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("name", ["qingshi-2024.docx", "liuwan-2023.html", "yunxi-water-2022.txt"])
def test_a_sample_is_what_its_script_makes(script: ModuleType, name: str) -> None:
    for write, printer in script.SAMPLES:
        report, text = write()
        if report.source == name:
            assert parts(printer(report, text)) == parts((SAMPLES / name).read_bytes())
            return
    pytest.fail(f"{name} is not made by the script")


@pytest.mark.parametrize("entry", planted(), ids=lambda e: e["file"])
def test_every_figure_of_a_sample_is_read_as_it_was_written(
    script: ModuleType, entry: dict[str, str]
) -> None:
    written = next(report for write, _ in script.SAMPLES if (report := write()[0]).source == entry["file"])
    (item,) = check_files([(entry["file"], (SAMPLES / entry["file"]).read_bytes())])
    assert item.report is not None
    assert (item.report.year, item.report.form) == (written.year, written.form)
    for table in ("proactive", "requests", "remedies"):
        assert getattr(item.report, table) == getattr(written, table), table


def test_every_sample_says_that_it_is_invented() -> None:
    for entry in planted():
        (item,) = check_files([(entry["file"], (SAMPLES / entry["file"]).read_bytes())])
        assert item.report is not None
        assert any("虚构样本" in text for _, text, _ in item.report.lines)


def test_the_readme_lists_every_planted_error() -> None:
    readme = (SAMPLES / "README.md").read_text("utf-8")
    for entry in planted():
        assert f"`{entry['file']}`" in readme
        for error in [*entry["planted"], *entry.get("across_years", [])]:
            assert f"| {error['what'].split('（表二')[0]}" in readme, error["what"]
            assert f"| {error['rule']} |" in readme
