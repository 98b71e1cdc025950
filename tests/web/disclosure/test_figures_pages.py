"""The pages of figures and of table 2: reported, corrected, brought in, and where each number comes from."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.web.conftest import page, words
from tests.web.disclosure.sheets import workbook
from tests.web.platform import District, House, published
from tests.web.working import browser, fill, shown

from gongkai.web.disclosure.actions.ending import repeal
from gongkai.web.disclosure.actions.figures import enter_figure
from gongkai.web.disclosure.models import Figure, Record
from gongkai.web.organs.models import Role

pytestmark = pytest.mark.django_db
MOST_QUERIES = 10
YEAR = dt.date.today().year


def figure(house: House, **facts: Any) -> Figure:
    given = {"kind": "penalties", "year": YEAR, "value": 12, "source": "执法台账", **facts}
    return enter_figure(by=house[Role.CLERK], organ=house.organ, unit=house.affairs, **given)


def cells(response: Any) -> list[str]:
    """What stands in the cells of table 2, without what each is made of."""
    found = page(response).css("table.table2 td")
    return [(one.css_first(".blank-cell") or one).text(deep=False).strip() for one in found]


def test_the_page_shows_table_2_and_what_each_cell_is_made_of(
    town: House, django_assert_max_num_queries: Any
) -> None:
    day = dt.date.today()
    record = published(
        town,
        kind="normative_document",
        category="20.01",
        document_number=f"虚政规〔{YEAR}〕1号",
        made_on=day,
        effective_on=day,
    )
    figure(town)
    figure(town, kind="administrative_fees", value="930.50")
    client = browser(town[Role.LEADER])
    with django_assert_max_num_queries(MOST_QUERIES):
        response = client.get("/work/figures/")
    assert cells(response) == ["0", "0", "0", "1", "0", "1", "未填", "12", "未填", "0.09305"]
    assert "社会事务办公室填报" in words(response)
    link = next(
        one.attributes["href"]
        for one in page(response).css(".cell-facts a")
        if "part=issued" in str(one.attributes["href"]) and "normative" in str(one.attributes["href"])
    )
    with django_assert_max_num_queries(MOST_QUERIES):
        assert record.title in words(client.get(str(link)))
    repeal(by=town[Role.UNIT_HEAD], record=record, on=day, basis="虚政发〔2026〕9号")
    assert cells(client.get("/work/figures/"))[3:6] == ["1", "1", "0"]


def test_a_clerk_reports_corrects_and_withdraws(town: House) -> None:
    client = browser(town[Role.CLERK])
    unit = str(town.affairs.pk)
    response = fill(client, "/work/figures/new/", kind="penalties", value="一些", source="台账", unit=unit)
    assert "请填写数字" in words(response)
    response = fill(
        client, "/work/figures/new/", kind="penalties", value="１,２０３ 件", source="台账", unit=unit
    )
    assert response.status_code == 302
    made = Figure.objects.get()
    assert made.value == 1203
    response = fill(client, "/work/figures/new/", kind="penalties", value="5", source="台账", unit=unit)
    assert "已有数据" in words(response)
    response = fill(client, f"/work/figures/{made.pk}/replace/", value="1204", reason="补计一件")
    assert response.status_code == 302
    assert "1204" in words(client.get("/work/figures/"))
    new = Figure.objects.get(replaced_by__isnull=True)
    assert fill(client, f"/work/figures/{new.pk}/withdraw/", reason="重复").status_code == 302
    assert cells(client.get("/work/figures/"))[7] == "未填"


@pytest.mark.parametrize("year", [YEAR, YEAR - 1, YEAR - 4])
def test_a_blank_cell_of_any_year_leads_to_the_form_that_fills_it_in(town: House, year: int) -> None:
    client = browser(town[Role.CLERK])
    response = client.get(f"/work/figures/?year={year}")
    assert cells(response)[6:] == ["未填"] * 4
    link = page(response).css("table.table2 a")[1]
    assert link.text().startswith("填写")
    address = str(link.attributes["href"])
    opened = client.get(address)
    assert f"填报 {year} 年统计数据" in words(opened)
    data = shown(opened)
    assert (data["year"], data["kind"]) == (str(year), "penalties")
    unit = str(town.affairs.pk)
    assert client.post(address, {**data, "value": "0", "source": "台账", "unit": unit}).status_code == 302
    assert cells(client.get(f"/work/figures/?year={year}"))[6:] == ["未填", "0", "未填", "未填"]


@pytest.mark.parametrize("year", [YEAR, YEAR - 1, YEAR - 19, 1995])
def test_a_past_year_is_reported_and_brought_in_with_its_year_before_the_eyes(town: House, year: int) -> None:
    client = browser(town[Role.CLERK])
    response = client.get(f"/work/figures/?year={year}")
    buttons = {
        one.text().strip(): str(one.attributes["href"]) for one in page(response).css(".page-actions a")
    }
    opened = client.get(buttons["填报"])
    assert f"填报 {year} 年统计数据" in words(opened)
    assert shown(opened)["year"] == str(year)
    address = buttons["导入"]
    opened = client.get(address)
    assert f"导入 {year} 年统计数据" in words(opened)
    content = workbook(("项目", "数值", "来源"), ("行政许可", 7, "台账"))
    tried = client.post(address, {**shown(opened), "file": SimpleUploadedFile("数据.xlsx", content)})
    assert f"没有写明年度，按 {year} 年登记" in words(tried)
    client.post(address, shown(tried, ".import-send form"))
    assert Figure.objects.get().year == year
    assert shown(response, ".filter-bar")["year"] == str(year)


def test_who_only_reads_sees_the_blank_cell_and_no_way_to_fill_it_in(town: House) -> None:
    response = browser(town[Role.LEADER]).get("/work/figures/")
    assert cells(response)[6:] == ["未填"] * 4
    assert page(response).css("table.table2 a[href*='figures/new']") == []


def test_a_double_click_reports_once(town: House) -> None:
    client = browser(town[Role.CLERK])
    data = shown(client.get("/work/figures/new/")) | {"kind": "licences", "value": "5", "source": "台账"}
    data["unit"] = str(town.affairs.pk)
    assert [client.post("/work/figures/new/", data).status_code for _ in range(2)] == [302, 302]
    assert Figure.objects.count() == 1


def test_others_organs_figures_are_not_there_and_readers_do_not_report(district: District) -> None:
    theirs = figure(district.bureau)
    client = browser(district.town[Role.CLERK])
    for address in (
        f"/work/figures/{theirs.pk}/replace/",
        f"/work/figures/{theirs.pk}/withdraw/",
        "/work/figures/?organ=minzheng",
        "/work/figures/export/?organ=minzheng",
        "/work/figures/new/?organ=minzheng",
        "/work/figures/documents/?organ=minzheng&block=rules&part=issued",
        "/work/figures/documents/?block=x&part=issued",
    ):
        assert client.get(address).status_code == 404, address
    own = figure(district.town)
    leader = browser(district.town[Role.LEADER])
    for address in (f"/work/figures/{own.pk}/replace/", "/work/figures/new/", "/work/figures/import/"):
        assert leader.get(address).status_code == 403, address


def test_an_authority_sees_the_sums_of_its_area(
    district: District, django_assert_max_num_queries: Any
) -> None:
    figure(district.town)
    figure(district.bureau)
    client = browser(district.government[Role.SUPERVISING_AUTHORITY])
    with django_assert_max_num_queries(MOST_QUERIES):
        response = client.get("/work/figures/area/")
    sums = page(response).css("tbody tr")[0]
    assert "合计" in sums.text()
    assert "24" in [cell.text().strip() for cell in sums.css("td")]
    assert [cell.text().strip() for cell in sums.css("td")].count("未填") == 3
    assert "未填的 10 格没有计入合计" in sums.text()


def test_a_table_is_tried_then_brought_in_and_taken_out_again(town: House) -> None:
    client = browser(town[Role.DISCLOSURE_OFFICE])
    content = workbook(("年度", "项目", "数值", "来源"), (YEAR, "行政许可", 7, "台账"))
    address = "/work/figures/import/"
    tried = client.post(
        address, {**shown(client.get(address)), "file": SimpleUploadedFile("数据.xlsx", content)}
    )
    assert "将新增" in words(tried)
    response = client.post(address, shown(tried, ".import-send form"), follow=True)
    assert "已导入 1 条" in words(response)
    assert b"".join(client.get(f"/work/figures/export/?year={YEAR}&format=csv").streaming_content).decode(
        "utf-8-sig"
    )
    assert client.get("/work/figures/export/?format=exe").status_code == 404
    assert client.get("/work/figures/template/").status_code == 200


@pytest.mark.parametrize(
    "query", ["?year=abc", "?year=2999", "?year=%00", "?year=１９９９", "?year=99999999999"]
)
def test_a_year_that_cannot_be_is_this_year(town: House, query: str) -> None:
    response = browser(town[Role.CLERK]).get(f"/work/figures/{query}")
    assert response.status_code == 200
    assert f"{YEAR} 年" in words(response)


def test_a_fee_is_told_in_the_cells_own_unit_and_every_row_can_be_corrected(town: House) -> None:
    figure(town, kind="administrative_fees", value="12345.67")
    made = figure(town, value="3.00")
    client = browser(town[Role.CLERK])
    response = client.get("/work/figures/")
    facts = [" ".join(one.text().split()) for one in page(response).css(".cell-facts li")]
    assert "社会事务办公室填报 1.234567 万元" in facts
    assert "社会事务办公室填报 3" in facts
    ways = [one for one in page(response).css("#results td a") if one.text().startswith("更正")]
    assert len(ways) == 2
    assert f"/work/figures/{made.pk}/" in " ".join(str(one.attributes["href"]) for one in ways)
    assert "更正" not in words(browser(town[Role.LEADER]).get("/work/figures/"))


def test_the_list_of_what_is_in_force_has_what_table_2_counts(town: House) -> None:
    facts = {"kind": "normative_document", "category": "20.01", "made_on": dt.date.today()}
    titles = ["关于虚构停车的规定", "关于虚构噪声的规定", "关于虚构绿化的规定"]
    plain, amended, repealed = (
        published(
            town, title=title, document_number=f"虚政规〔{YEAR}〕{n}号", effective_on=dt.date.today(), **facts
        )
        for n, title in enumerate(titles, 1)
    )
    Record.objects.filter(pk=amended.pk).update(validity="amended", amended_on=dt.date.today())
    repeal(by=town[Role.UNIT_HEAD], record=repealed, on=dt.date.today(), basis="虚政发〔2026〕9号")
    client = browser(town[Role.LEADER])
    assert cells(client.get("/work/figures/"))[5] == "2"
    response = client.get("/work/records/?kind=normative_document&validity=in_force")
    listed = [one.text() for one in page(response).css("a.row-link")]
    assert sorted(listed) == sorted([plain.title, amended.title])
    assert "有效（含已修改）" in words(response)
    only = page(client.get("/work/records/?validity=amended")).css("a.row-link")
    assert [one.text() for one in only] == [amended.title]
