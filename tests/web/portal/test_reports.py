"""The archive of annual reports: read when published, shown as figures, charts, tables and text."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from tests.web.conftest import page, words
from tests.web.platform import District, House, draft
from tests.web.portal import releasing
from tests.web.portal.reporting import archived, let_out, published_report, report

from gongkai.annual.checked import read_files
from gongkai.web.annual_reports.archive.actions import read_published
from gongkai.web.annual_reports.models import AnnualReport
from gongkai.web.disclosure.models import Record
from gongkai.web.portal.addresses import own_organ

pytestmark = pytest.mark.django_db
NAME = "虚构区北山镇人民政府"


def test_a_published_report_is_read_once_and_only_once(town: House) -> None:
    published_report(town, 2024)
    assert read_published(isolated=False) == 1
    assert read_published(isolated=False) == 0
    row = AnnualReport.objects.get()
    assert (row.year, row.form, row.state) == (2024, "2021", "read")
    assert row.figures["received"] == 52
    assert row.figures["reconsideration.corrected"] == 1


@pytest.mark.parametrize("to", ["docx", "pdf", "xlsx"])
def test_every_kind_of_file_gives_the_same_figures(town: House, to: str) -> None:
    archived(town, 2024, to=to)
    row = AnnualReport.objects.get()
    assert row.state == "read", row.problem_zh
    assert row.figures["received"] == 52
    assert row.figures["granted"] == 50


def test_a_page_without_files_is_read_from_its_own_tables(client: Client, town: House) -> None:
    from gongkai.annual.writing import write_report

    html = write_report(report(NAME, 2023, 9), "html").content.decode()
    body = html.partition("<main>")[2].partition("</main>")[0]
    facts = {"title": f"{NAME}2023年政府信息公开工作年度报告", "category": "", "for_year": 2023, "body": body}
    let_out(town, draft(town, kind="annual_report", **facts))
    read_published(isolated=False)
    assert AnnualReport.objects.get().figures["received"] == 9
    assert "公布的网页" in words(client.get("/o/beishan/reports/2023/"))


def test_a_year_is_shown_as_figures_charts_tables_and_text(client: Client, town: House) -> None:
    for year, received in ((2022, 30), (2023, 41), (2024, 52)):
        archived(town, year, received)
    answer = client.get("/o/beishan/reports/2024/")
    tree, said = page(answer), words(answer)
    numbers = [one.text(strip=True) for one in tree.css(".key-number")]
    assert numbers == ["52", "52", "50", "4"]
    assert "比上年增加11件" in said
    charts = tree.css("svg.chart[role=img]")
    assert len(charts) == 3
    for chart in charts:
        named = (chart.attributes["aria-labelledby"] or "").split()
        assert all(tree.css_first(f"#{one}") is not None for one in named)
    assert "2022年收到申请30件，2024年收到52件。" in said
    assert "被申请行政复议3件、被提起行政诉讼1件，其中被纠正1件" in said
    rows = [one.text(separator=" ", strip=True) for one in tree.css(".chart-data tbody tr")]
    assert "2023 41" in rows
    assert "予以公开 50" in rows
    assert tree.css_first("table.sheet-requests") is not None
    assert tree.css_first("table.sheet-remedies") is not None
    assert "存在的问题：人手不足。" in said
    assert "<script" not in "".join(one.html or "" for one in charts)
    assert "style=" not in answer.content.decode()


def test_the_years_lead_to_each_other(client: Client, town: House) -> None:
    for year in (2022, 2024):
        archived(town, year)
    links = {one.attributes["href"] for one in page(client.get("/o/beishan/?column=annual_reports")).css("a")}
    assert {"/o/beishan/reports/2022/", "/o/beishan/reports/2024/"} <= links
    tabs = page(client.get("/o/beishan/reports/2024/")).css(".tab-line a")
    assert [one.text(strip=True) for one in tabs] == ["2024", "2022"]
    assert client.get("/o/beishan/reports/2023/").status_code == 404


@pytest.mark.parametrize("ending", ["docx", "pdf", "xlsx", "csv", "json"])
def test_a_download_says_what_the_report_says(client: Client, town: House, ending: str) -> None:
    archived(town, 2024)
    answer = client.get(f"/o/beishan/reports/2024/report.{ending}")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")
    read = read_files([(f"report.{ending}", answer.content)])[0]
    assert read.report is not None, read.error
    assert read.report.value("requests.received.new.total") == 52
    again = client.get(
        f"/o/beishan/reports/2024/report.{ending}", headers={"if-none-match": answer.headers["ETag"]}
    )
    assert again.status_code == 304


def test_the_record_leads_to_its_charts_and_back(client: Client, town: House) -> None:
    record = archived(town, 2024)
    own = f"/o/beishan/records/{record.pk}/"
    links = [one.attributes["href"] for one in page(client.get(own)).css("main a")]
    assert "/o/beishan/reports/2024/" in links
    assert own in [
        one.attributes["href"] for one in page(client.get("/o/beishan/reports/2024/")).css("main a")
    ]


def test_no_other_file_is_made(client: Client, town: House) -> None:
    archived(town, 2024)
    for ending in ("html", "exe", "DOCX"):
        assert client.get(f"/o/beishan/reports/2024/report.{ending}").status_code == 404


def test_two_years_stand_side_by_side(client: Client, town: House) -> None:
    archived(town, 2023, 41)
    archived(town, 2024, 52)
    tree = page(client.get("/o/beishan/reports/2024/compare/"))
    rows = [[cell.text(strip=True) for cell in one.css("td")] for one in tree.css(".figure-table tbody tr")]
    assert ["41", "52", "+11", "+26.8%"] in rows
    assert client.get("/o/beishan/reports/2023/compare/").status_code == 404


def test_a_file_that_cannot_be_read_leaves_the_original_in_sight(client: Client, town: House) -> None:
    archived(town, 2024, to="txt", content="这里没有报告的表格。".encode())
    answer = client.get("/o/beishan/reports/2024/")
    said = words(answer)
    assert answer.status_code == 200
    assert "看公布的原件" in said
    assert "没有能从公布的文件里读出统计数据" in said
    assert "2024年度报告.txt" in said
    assert AnnualReport.objects.get().state == "unread"


def test_a_report_of_another_year_is_not_taken_for_this_one(client: Client, town: House) -> None:
    from gongkai.annual.writing import write_report

    wrong = write_report(report(NAME, 2022), "json").content
    archived(town, 2024, content=wrong)
    assert AnnualReport.objects.get().problem == "another_report"
    assert "2022年度" in words(client.get("/o/beishan/reports/2024/"))


def test_before_it_is_read_the_page_says_so(client: Client, town: House) -> None:
    record = published_report(town, 2024)
    said = words(client.get("/o/beishan/reports/2024/"))
    assert "正在读取" in said
    assert record.title in said


def test_what_is_withdrawn_is_gone_at_once(client: Client, town: House) -> None:
    record = archived(town, 2024)
    addresses = [f"/o/beishan/reports/2024/{one}" for one in ("", "report.json", "report.docx")]
    etags = {one: client.get(one).headers["ETag"] for one in addresses}
    assert client.get("/reports/2024/").status_code == 200
    releasing.withdrawn(town, record)
    for one, etag in etags.items():
        assert client.get(one, headers={"if-none-match": etag}).status_code == 404, one
    assert client.get("/reports/2024/").status_code == 404


def test_a_newer_version_is_read_and_shown_instead(client: Client, town: House) -> None:
    from gongkai.annual.writing import write_report
    from gongkai.web.disclosure.actions.attaching import attach_file
    from gongkai.web.disclosure.actions.drafting import start_version
    from gongkai.web.disclosure.models import Attachment
    from gongkai.web.disclosure.models.versions import ChangeKind
    from gongkai.web.organs.models import Role

    record = archived(town, 2024)
    start_version(by=town[Role.CLERK], record=record, change=ChangeKind.CORRECTION, note="更正表三")
    record = Record.objects.get(pk=record.pk)
    Attachment.objects.filter(version=record.working).delete()
    new = write_report(report(NAME, 2024, 77), "json").content
    attach_file(by=town[Role.CLERK], record=record, content=new, name="更正.json")
    let_out(town, record)
    assert "52" not in [one.text() for one in page(client.get("/o/beishan/reports/2024/")).css(".key-number")]
    read_published(isolated=False)
    numbers = [one.text() for one in page(client.get("/o/beishan/reports/2024/")).css(".key-number")]
    assert numbers[0] == "77"


def test_all_organs_stand_in_one_table(client: Client, district: District) -> None:
    archived(district.town, 2024, 52)
    archived(district.bureau, 2024, 8)
    tree = page(client.get("/reports/2024/"))
    rows = {one.css_first("a").text(): one.css("td")[0].text() for one in tree.css(".figure-table tbody tr")}  # type: ignore[union-attr]
    assert rows == {NAME: "52", "虚构区民政局": "8"}
    assert tree.css_first("tfoot td").text() == "60"  # type: ignore[union-attr]
    assert "虚构区人民政府" in (tree.css_first(".directory").text() if tree.css_first(".directory") else "")
    assert client.get("/reports/1999/").status_code == 404


def test_at_its_own_host_the_year_is_the_organs(district: District, settings: Any) -> None:
    host = "xxgk.beishan.example.gov.cn"
    settings.ALLOWED_HOSTS = [host]
    district.town.organ.hostname = host
    district.town.organ.save()
    archived(district.town, 2024)
    answer = Client(headers={"host": host}).get("/reports/2024/")
    assert "收到申请" in words(answer)
    assert page(answer).css_first("svg.chart") is not None
    assert own_organ.get() == ""


def test_the_queries_of_a_year(client: Client, town: House, django_assert_max_num_queries: Any) -> None:
    for year in (2021, 2022, 2023, 2024):
        archived(town, year)
    for address in ("/o/beishan/reports/2024/", "/o/beishan/reports/2024/compare/", "/reports/2024/"):
        client.get(address)
        with django_assert_max_num_queries(6):
            assert client.get(address).status_code == 200


def test_hostile_words_in_a_report_stay_words(client: Client, town: House) -> None:
    from gongkai.annual.json_lines import dumps

    made = report(NAME, 2024).to_json()
    made["sections"]["overview"] = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    made["title"] = "</title><script>alert(2)</script>"
    archived(town, 2024, content=dumps(made).encode())
    answer = client.get("/o/beishan/reports/2024/").content.decode()
    assert "<script>alert" not in answer
    assert "<img src=x" not in answer


def test_a_report_of_the_years_up_to_2018_keeps_its_statistics(client: Client, town: House) -> None:
    rows = [
        {"label": "三、依申请公开情况", "unit": None, "value": None},
        {"label": "（一）收到申请数", "unit": "件", "value": 17},
        {"label": "（二）申请办结数", "unit": "件", "value": 17},
        {"label": "四、行政复议数量", "unit": "件", "value": 2},
        {"label": "（一）维持具体行政行为数", "unit": "件", "value": 2},
    ]
    made = {
        "schema": "gongkai.annual-report/1",
        "organ": NAME,
        "year": 2018,
        "form": "2014",
        "title": "2018年政府信息公开工作年度报告",
        "sections": {"overview": "概述。"},
        "statistics": rows,
    }
    archived(town, 2018, content=json.dumps(made).encode())
    tree = page(client.get("/o/beishan/reports/2018/"))
    assert [one.text() for one in tree.css(".key-number")][:2] == ["17", "17"]
    assert tree.css_first("table.sheet-statistics") is not None


def test_the_isolated_reader_gives_the_same(town: House) -> None:
    published_report(town, 2024, to="docx")
    assert read_published() == 1
    assert AnnualReport.objects.get().figures["received"] == 52
