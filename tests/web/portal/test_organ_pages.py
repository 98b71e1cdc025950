"""The platform page of an organ (PLT) and the directory: columns, categories, filters, the guide."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from tests.web.conftest import page, words
from tests.web.platform import District, House, published

from gongkai.web.disclosure.models import Record
from gongkai.web.organs.models import Organ

pytestmark = pytest.mark.django_db
COLUMNS = ["政府信息公开指南", "政府信息公开制度", "法定主动公开内容", "政府信息公开年报"]


def titles(client: Client, query: str, code: str = "beishan") -> list[str]:
    found = page(client.get(f"/o/{code}/{query}")).css(".entries tbody th a")
    return [one.text(strip=True) for one in found]


def test_the_four_columns_stand_in_their_order(client: Client, town: House) -> None:
    tree = page(client.get("/o/beishan/"))
    assert [one.text(strip=True) for one in tree.css("li.column > a")] == COLUMNS
    current = tree.css_first("li.column > a[aria-current=page]")
    assert current is not None
    assert current.text(strip=True) == COLUMNS[2]


def test_the_categories_are_those_that_bind_the_organ(client: Client, district: District) -> None:
    def categories(code: str) -> list[str]:
        links = page(client.get(f"/o/{code}/")).css("li.column ul a")
        return [(one.attributes["href"] or "").rpartition("=")[2] for one in links]

    assert "21.11" in categories("beishan")
    assert "21.01" not in categories("beishan")
    assert "21.01" in categories("xugou")
    assert categories("xugou")[:15] == [f"20.{n:02}" for n in range(1, 16)]


def test_each_column_holds_its_own_kinds(client: Client, town: House) -> None:
    published(town, title="一般信息")
    published(town, kind="own_rules", title="保密审查制度", category="")
    published(town, kind="annual_report", title="2024年年度报告", category="", for_year=2024)
    published(town, kind="annual_report", title="2025年年度报告", category="", for_year=2025)
    assert titles(client, "") == ["一般信息"]
    assert titles(client, "?column=rules") == ["保密审查制度"]
    assert titles(client, "?column=annual_reports") == ["2025年年度报告", "2024年年度报告"]


def test_the_guide_is_the_newest_one(client: Client, town: House) -> None:
    assert "还没有公布政府信息公开指南" in words(client.get("/o/beishan/?column=guide"))
    published(town, kind="guide", title="2025年指南", category="", body="<p>旧的受理地点</p>")
    published(town, kind="guide", title="2026年指南", category="", body="<p>新的受理地点</p>")
    said = words(client.get("/o/beishan/?column=guide"))
    assert "新的受理地点" in said
    assert "旧的受理地点" not in said


def test_each_filter_narrows_the_list(client: Client, town: House) -> None:
    published(town, title="防汛", category="20.12", theme="06", genre="circular")
    published(town, title="规划", kind="plan", category="20.03", theme="02", genre="opinion")
    published(
        town,
        title="处罚",
        kind="penalty",
        category="20.06",
        theme="02",
        genre="decision",
        decided_on="2026-03-02",
    )
    published(town, title="过期", category="20.12", theme="06", genre="opinion", expires_on="2026-03-05")
    year = dt.datetime.now(tz=dt.UTC).year
    assert titles(client, "?category=20.12") == ["过期", "防汛"]
    assert titles(client, "?theme=02") == ["处罚", "规划"]
    assert titles(client, "?genre=opinion") == ["过期", "规划"]
    assert titles(client, "?kind=plan") == ["规划"]
    assert titles(client, "?validity=expired") == ["过期"]
    assert titles(client, "?theme=06&genre=opinion&validity=expired") == ["过期"]
    assert titles(client, "?category=20.03&theme=06") == []
    assert len(titles(client, f"?year={year}")) == 4
    assert len(titles(client, f"?year={year - 30}")) == 4  # no such year among the choices: not heard
    assert titles(client, "?q=处罚") == ["处罚"]
    assert titles(client, "?q=处 罚") == ["处罚"]
    assert titles(client, "?q=%25") == []


def test_a_year_ends_at_midnight_here(client: Client, town: House) -> None:
    for title, at in (("去年", "2025-12-31T15:59:59Z"), ("今年", "2025-12-31T16:00:00Z")):
        record = published(town, title=title)
        Record.objects.filter(pk=record.pk).update(published_at=dt.datetime.fromisoformat(at))
    assert titles(client, "?year=2025") == ["去年"]
    assert titles(client, "?year=2026") == ["今年"]


def test_what_no_longer_holds_is_marked(client: Client, town: House) -> None:
    published(town, title="有效的")
    published(town, title="失效的", expires_on="2026-03-05")
    published(town, title="未生效的", effective_on="2075-01-01")
    repealed = published(town, title="废止的")
    Record.objects.filter(pk=repealed.pk).update(
        repealed_on=dt.date(2026, 4, 1), repeal_basis="北政发〔2026〕9号"
    )
    rows = {
        one.css_first("a").text(strip=True): one.text(separator=" ")  # type: ignore[union-attr]
        for one in page(client.get("/o/beishan/")).css(".entries tbody th")
    }
    assert "失效" in rows["失效的"]
    assert "尚未生效" in rows["未生效的"]
    assert "废止" in rows["废止的"]
    assert "被北政发〔2026〕9号废止" in rows["废止的"]
    assert rows["有效的"].strip() == "有效的"


def test_filters_and_words_stay_in_their_category(client: Client, town: House) -> None:
    tree = page(client.get("/o/beishan/?category=20.12&validity=in_force"))
    kept = tree.css_first("#filters input[name=category]")
    assert kept is not None
    assert kept.attributes["value"] == "20.12"
    clear = tree.css_first(".filter-send a")
    assert clear is not None
    assert clear.attributes["href"] == "/o/beishan/?category=20.12"


def test_a_list_names_nothing_of_another_organ(client: Client, district: District) -> None:
    published(district.town, title="镇里的")
    published(district.bureau, title="局里的", category="20.03")
    assert titles(client, "") == ["镇里的"]
    assert titles(client, "", "minzheng") == ["局里的"]


def test_a_closed_organs_information_stays_public(client: Client, town: House) -> None:
    published(town, title="仍然公开")
    Organ.objects.filter(pk=town.organ.pk).update(is_active=False)
    assert titles(client, "") == ["仍然公开"]
    assert "北山镇" not in words(client.get("/o/"))


def test_the_directory_goes_by_level(client: Client, district: District) -> None:
    tree = page(client.get("/o/"))
    heads = [one.text(strip=True) for one in tree.css(".directory h2")]
    assert [one.rstrip("0123456789 ") for one in heads] == ["县级人民政府", "县级部门", "乡镇、街道"]
    assert "虚构区民政局" in words(client.get("/o/?q=民政局"))
    assert "北山镇" not in words(client.get("/o/?q=民政局"))


def _names(client: Client, query: str) -> list[str]:
    return [one.text(strip=True) for one in page(client.get(f"/o/?q={query}")).css(".directory a")]


def test_organs_are_found_by_words_and_not_by_pieces_of_words(client: Client, district: District) -> None:
    assert _names(client, "民政") == ["虚构区民政局"]  # 人“民政”府 is another word
    assert _names(client, "北山") == ["虚构区北山镇人民政府"]
    assert _names(client, "虚构 民政局") == ["虚构区民政局"]
    assert _names(client, "民政府") == ["虚构区人民政府", "虚构区北山镇人民政府"]  # nothing fits better
    assert _names(client, "不存在的机关") == []


def test_the_organ_called_just_that_comes_first(client: Client, district: District) -> None:
    Organ.objects.filter(pk=district.town.organ.pk).update(short_name="民政")
    assert _names(client, "民政") == ["虚构区北山镇人民政府", "虚构区民政局"]


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/o/", 5),
        ("/o/beishan/", 6),
        ("/o/beishan/?category=20.12&theme=06&genre=circular&validity=in_force&year=2026", 4),
        ("/o/beishan/?column=guide", 4),
        ("/o/beishan/?column=annual_reports", 5),
        ("/o/beishan/?q=防汛", 5),
        ("/o/nowhere/", 1),
    ],
)
def test_a_page_asks_the_database_no_more_than_it_says(
    client: Client, town: House, django_assert_num_queries: Any, address: str, most: int
) -> None:
    for number in range(5):
        published(town, title=f"第{number}次通报")
    published(town, kind="guide", title="指南", category="")
    with django_assert_num_queries(most):
        client.get(address)
    with django_assert_num_queries(min(most, 2)):
        client.get(address)


def test_no_list_loads_a_body(client: Client, town: House, django_assert_max_num_queries: Any) -> None:
    published(town)
    with django_assert_max_num_queries(6) as asked:
        client.get("/o/beishan/")
    assert not [
        one["sql"] for one in asked.captured_queries if "body" in one["sql"] or "COUNT(" in one["sql"]
    ]


def test_the_page_is_complete_in_english(client: Client, town: House) -> None:
    published(town)
    answer = client.get("/o/beishan/", headers={"cookie": "language=en"})
    assert '<html lang="en"' in answer.content.decode()


def test_the_foot_says_where_to_complain_and_what_the_site_is_filed_under(
    client: Client, district: District
) -> None:
    above = {"site_code": "9999990001", "icp_number": "虚ICP备2026000001号"}
    told = {"complaint_telephone": "0000-8800012", "complaint_address": "虚构区示例大道1号"}
    Organ.objects.filter(code="xugou").update(**above, **told, is_fictional=False)
    foot = page(client.get("/o/xugou/")).css_first("footer")
    assert foot is not None
    assert all(one in foot.text() for one in (*above.values(), "监督投诉", "0000-8800012，虚构区示例大道1号"))
    assert [one.attributes["href"] for one in foot.css(".foot-facts a")] == ["https://beian.miit.gov.cn/"]
    # An organ below stands on the same site; what it tells of itself goes first.
    Organ.objects.filter(code="beishan").update(complaint_telephone="0000-8810099")
    below = page(client.get("/o/beishan/")).css_first("footer")
    assert below is not None
    assert "0000-8810099" in below.text()
    assert "0000-8800012" not in below.text()
    assert "虚ICP备2026000001号" in below.text()


def test_an_invented_filing_number_leads_to_no_register(client: Client, town: House) -> None:
    Organ.objects.filter(code="beishan").update(icp_number="虚ICP备2026000001号", is_fictional=True)
    foot = page(client.get("/o/beishan/")).css_first("footer")
    assert foot is not None
    assert "虚ICP备2026000001号" in foot.text()
    assert foot.css(".foot-facts a") == []


def test_a_changed_number_of_the_organ_above_is_seen_at_once_below(
    client: Client, district: District
) -> None:
    record = published(district.town)
    for address in ("/o/beishan/", f"/o/beishan/records/{record.pk}/"):
        assert "0000-8800012" not in words(client.get(address))
    Organ.objects.filter(code="xugou").update(complaint_telephone="0000-8800012")
    for address in ("/o/beishan/", f"/o/beishan/records/{record.pk}/"):
        assert "0000-8800012" in words(client.get(address))


def test_where_there_is_no_guide_an_applicant_learns_where_to_go(client: Client, town: House) -> None:
    Organ.objects.filter(code="beishan").update(address="北山镇街1号", telephone="0000-8810000")
    found = page(client.get("/o/beishan/?column=guide")).css_first(".platform-main .metadata")
    assert found is not None
    assert "北山镇街1号" in found.text()
    assert "0000-8810000" in found.text()


def test_the_foot_calls_each_filing_number_by_its_register(client: Client, town: House) -> None:
    told = {"icp_number": "虚ICP备2026000001号", "police_number": "虚公网安备99999902000001号"}
    Organ.objects.filter(code="beishan").update(**told)
    foot = page(client.get("/o/beishan/")).css_first("footer")
    assert foot is not None
    called = [one.text() for one in foot.css(".foot-facts dt")]
    assert called.count("ICP备案号") == called.count("公安联网备案号") == 1
    assert "备案号" not in called
