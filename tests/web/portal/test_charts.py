"""The charts of an annual report: what is written in them stays within them."""

from __future__ import annotations

import re

import pytest

from gongkai.web.annual_reports.archive import charts

ENGLISH = ("Administrative reconsideration", "Administrative litigation")


@pytest.mark.parametrize("names", [("行政复议", "行政诉讼"), ENGLISH, ("甲" * 11, "乙" * 11)])
def test_the_names_of_two_kinds_of_bars_stand_within_the_picture(names: tuple[str, str]) -> None:
    named = charts.Named("chart-pair", "标题", "说明")
    picture = str(charts.paired_bars(named, [("结果维持", 5, 1), ("尚未审结", 0, 0)], names))
    for name in names:
        found = re.search(rf'<text x="([\d.]+)"[^>]*>{name}</text>', picture)
        assert found is not None
        assert float(found[1]) + charts._width(name) <= charts.WIDTH
    height = float(re.search(r'viewBox="0 0 \d+ ([\d.]+)"', picture)[1])  # type: ignore[index]
    assert all(float(one) <= height for one in re.findall(r'<text x="[\d.]+" y="([\d.]+)"', picture))
