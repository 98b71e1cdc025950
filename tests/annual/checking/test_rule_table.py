"""The table of checks as data: complete, and an office's own severities and thresholds over it."""

from __future__ import annotations

import re
import tomllib
from importlib import resources
from pathlib import Path

import pytest
from tests.annual.checking.reports import TEXT, report_2021, set_cell, set_text

from gongkai.annual.checking import RULES, RulesError, check, check_together, load_rules, rule_table
from gongkai.annual.findings import SEVERITIES


def test_every_check_has_a_function_a_severity_and_words_in_both_languages() -> None:
    for rule in RULES:
        assert rule.function is not None, rule.name
        assert rule.severity in SEVERITIES
        assert all((rule.title_zh, rule.title_en, rule.article, rule.explanation_zh, rule.rule)), rule.name
        assert rule.explanation_zh.endswith("。")


def test_names_of_checks_are_unique() -> None:
    names = [rule.name for rule in RULES]
    assert len(names) == len(set(names))


def test_the_table_agrees_with_the_severities_of_the_wording_packages() -> None:
    table = {rule.name: rule for rule in RULES}
    copied = resources.files("gongkai.annual.checking").joinpath("thresholds_text.toml").read_text("utf-8")
    for name, entry in tomllib.loads(copied).items():
        if "rule" in entry:
            assert (entry["rule"], entry["severity"]) == (table[name].rule, table[name].severity)


def test_an_office_sets_its_own_severities_and_thresholds(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        '[[checks]]\nname = "many_others"\nseverity = "error"\n'
        '[[checks]]\nname = "implied_in_force"\nseverity = "off"\n'
        "[thresholds]\nother_share_percent = 3.5\nother_at_least = 1\n",
        "utf-8",
    )
    report = set_cell(report_2021(), "requests.other.other.total", 1)
    set_cell(report, "proactive.normative_documents.in_force", 9)
    shipped = {f.name: f.severity for f in check(report)}
    assert "many_others" not in shipped
    assert shipped["implied_in_force"] == "info"
    found = {f.name: f.severity for f in check(report, rules=load_rules(own))}
    assert found["many_others"] == "error"
    assert "implied_in_force" not in found


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ('[[checks]]\nname = "no_such"\nseverity = "error"', "no_such"),
        ('[[checks]]\nname = "row_sum"\nseverity = "fatal"', "fatal"),
        ("[thresholds]\nno_such = 1", "no_such"),
        ('[thresholds]\nother_at_least = "many"', "other_at_least"),
        ("[[checks]\n", "TOML"),
        ('[[checks]]\nname = "row_sums"\nseverity = "error"', "是不是“row_sum”"),
        ('[[checks]]\nseverity = "error"', "没有写name"),
        ('[checks]\nname = "row_sum"\nseverity = "error"', "两层方括号"),
        ('checks = ["row_sum"]', "没有写name"),
        ('[[checks]]\nname = "row_sum"', "row_sum"),
        ('[[checks]]\nname = "row_sum"\nseverity = "info"\nrule = "X"', "不能改"),
        ('[[checks]]\nname = "row_sum"\nseverity = "info"\n' * 2, "写了两次"),
        ("[[check]]\n", "没有“check”这一部分"),
        ("thresholds = 3", "阈值"),
        ("[thresholds]\nother_at_least = -1", "不能小于0"),
        ("[thresholds]\nother_at_least = nan", "应为数字"),
    ],
)
def test_a_rules_file_that_cannot_be_used_says_which_entry_is_wrong(
    tmp_path: Path, words: str, why: str
) -> None:
    own = tmp_path / "own.toml"
    own.write_text(words, "utf-8")
    with pytest.raises(RulesError, match=why):
        load_rules(own)


def test_a_rules_file_in_another_encoding_is_told_from_a_broken_one(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_bytes("# 本地规则\n".encode("gb18030"))
    with pytest.raises(RulesError, match="UTF-8"):
        load_rules(own)
    own.write_bytes('\ufeff[[checks]]\nname = "row_sum"\nseverity = "info"\n'.encode())
    assert load_rules(own).rules["row_sum"].severity == "info"


def test_the_example_of_the_guide_to_own_rules_can_be_loaded(tmp_path: Path) -> None:
    guide = (Path(__file__).parents[3] / "docs" / "own-rules.md").read_text("utf-8")
    examples = re.findall(r"```toml\n(.*?)```", guide, re.DOTALL)
    assert examples
    for example in examples:
        own = tmp_path / "own.toml"
        own.write_text(example, "utf-8")
        assert load_rules(own).rules != load_rules_of_nothing(tmp_path)


def load_rules_of_nothing(folder: Path) -> object:
    (folder / "none.toml").write_text("", "utf-8")
    return load_rules(folder / "none.toml").rules


def test_a_function_whose_check_is_not_in_the_table_is_not_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(rule_table._FUNCTIONS, "no_such_check", lambda case: iter(()))
    with pytest.raises(RulesError, match="no_such_check"):
        rule_table.default_rules.__wrapped__()


def test_personal_data_in_the_text_carries_the_severity_of_the_table() -> None:
    report = set_text(report_2021(), {**TEXT, "front": ["联系人手机：13812345678，邮箱abc@126.com。"]})
    found = {f.rule: f.severity for f in check(report) if f.rule.startswith("PII")}
    assert found
    table = {rule.name: rule.severity for rule in RULES}
    assert all(f.severity == table[f.name] for f in check(report) if f.rule.startswith("PII"))


def test_text_taken_from_last_year_is_found_with_last_year_s_report() -> None:
    words = [
        "一是部分工作人员对政府信息公开条例的学习还不够深入系统；二是依申请公开答复、复议、诉讼的经验仍然不足；"
        "三是公开内容与群众的实际需求还存在一定的差距。",
        "下一步将加强对工作人员的业务培训和指导，完善信息公开工作的各项制度，进一步提高公开的质量和水平。",
    ]
    report = set_text(report_2021(), {**TEXT, "problems": words})
    previous = set_text(report_2021(year=2023), {**TEXT, "problems": words})
    found = [f for f in check(report, previous=previous) if f.rule == "FMT.S5"]
    assert [(f.name, f.severity) for f in found] == [("problems_copied_from_last_year", "warning")]


def test_text_shared_between_organs_is_found_among_them() -> None:
    words = [f"我们认真做好第{name}方面的政府信息公开工作并取得了明显的成效。" for name in "甲乙丙丁戊己庚辛"]
    one = set_text(report_2021(), {**TEXT, "overview": words})
    other = set_text(report_2021(organ="甲县丙镇人民政府"), {**TEXT, "overview": words})
    found = check_together([one, other])
    assert {report.organ for report, _ in found} == {one.organ, other.organ}
    assert {finding.severity for _, finding in found} == {"warning"}
