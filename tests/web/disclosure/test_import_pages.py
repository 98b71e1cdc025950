"""Bringing records in and taking them out, in the browser: tried first, then done, once."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.web.conftest import page, words
from tests.web.disclosure.sheets import workbook
from tests.web.disclosure.test_import_word import word
from tests.web.platform import District, House, draft, published
from tests.web.working import browser, shown

from gongkai.web.disclosure.models import ImportRun, Record, State
from gongkai.web.organs.models import Role

pytestmark = pytest.mark.django_db
MOST_QUERIES = 10
HEAD = ("标题", "成文日期", "责任科室")
ROWS = (("关于甲事的公告", "2026-03-01", ""), ("关于乙事的公告", "2026-03-02", ""))
ADDRESS = "/work/import/"


def tried(client: Any, content: bytes, name: str = "信息.xlsx", **more: Any) -> Any:
    data = {**shown(client.get(ADDRESS), ".plain-form"), "file": SimpleUploadedFile(name, content), **more}
    return client.post(ADDRESS, data)


def test_a_sheet_is_tried_then_imported_and_the_drafts_are_shown(
    town: House, django_assert_max_num_queries: Any
) -> None:
    client = browser(town[Role.CLERK])
    with django_assert_max_num_queries(MOST_QUERIES):
        assert client.get(ADDRESS).status_code == 200
    response = tried(client, workbook(HEAD, *ROWS), unit=str(town.affairs.pk))
    assert "关于甲事的公告" in words(response)
    assert "仍须经过审查" in words(response)
    assert not Record.objects.exists()
    response = client.post(ADDRESS, shown(response, ".import-send form"))
    run = ImportRun.objects.get()
    assert response.url == f"/work/import/{run.pk}/"
    with django_assert_max_num_queries(MOST_QUERIES):
        result = client.get(response.url)
    assert "关于乙事的公告" in words(result)
    assert {one.state for one in Record.objects.all()} == {State.DRAFT}
    assert {one.unit for one in Record.objects.all()} == {town.affairs}


def test_a_double_click_and_the_same_file_again_import_once(town: House) -> None:
    client = browser(town[Role.CLERK])
    content = workbook(HEAD, *ROWS)
    data = shown(tried(client, content), ".import-send form")
    assert [client.post(ADDRESS, data).status_code for _ in range(2)] == [302, 302]
    assert Record.objects.count() == 2
    # Without the page's own token, as from a second tab.
    data.pop("once")
    response = client.post(ADDRESS, data)
    assert response.status_code == 409
    assert "没有再次导入" in words(response)
    assert "仍要再次导入" in words(response)
    assert Record.objects.count() == 2


def test_the_same_file_chosen_again_offers_nothing_to_import(town: House) -> None:
    client = browser(town[Role.CLERK])
    content = workbook(HEAD, *ROWS)
    client.post(ADDRESS, shown(tried(client, content), ".import-send form"))
    again = tried(client, content)
    assert page(again).css_first(".import-send form") is None
    assert words(again).count("已导入过：") == 3
    assert "有错误" not in words(again)
    more = tried(client, workbook(HEAD, *ROWS, ("关于丙事的公告", "2026-03-03", "")))
    response = client.post(ADDRESS, shown(more, ".import-send form"), follow=True)
    assert "已导入 1 条" in words(response)
    assert "已有的 2 条没有改动" in words(response)
    assert Record.objects.count() == 3


def test_a_wrong_row_holds_everything_back_unless_it_is_left_out(town: House) -> None:
    client = browser(town[Role.CLERK])
    response = tried(client, workbook(HEAD, *ROWS, ("", "昨天", "没有的科室")))
    told = words(response)
    assert "有 1 行有错误" in told
    assert "“昨天”不是日期" in told
    assert [one.attributes["class"] for one in page(response).css(".import-send form")] == ["import-part"]
    part = shown(response, "form.import-part")
    assert client.post(ADDRESS, part).status_code == 302
    assert Record.objects.count() == 2
    assert ImportRun.objects.get().left_out == 1


def test_no_file_a_broken_one_and_one_too_large_are_told_at_the_field(town: House, settings: Any) -> None:
    client = browser(town[Role.CLERK])
    assert "请选择要导入的文件" in words(client.post(ADDRESS, shown(client.get(ADDRESS), ".plain-form")))
    response = tried(client, b"PK\x03\x04 broken")
    assert page(response).css_first(".govuk-error-summary") is not None
    response = tried(client, bytes(21 * 1024 * 1024))
    assert "每个不超过 20 MB" in words(response)
    assert not Record.objects.exists()


def test_word_files_are_imported(town: House) -> None:
    client = browser(town[Role.CLERK])
    address = "/work/import/word/"
    data = shown(client.get(address), ".plain-form") | {"unit": str(town.affairs.pk)}
    files = [
        SimpleUploadedFile("甲.docx", word()),
        SimpleUploadedFile("坏.docx", b"PK\x03\x04 word/document"),
    ]
    response = client.post(address, {**data, "file": files})
    assert "关于做好2026年防汛工作的通知" in words(response)
    assert "有 1 行有错误" in words(response)
    assert client.post(address, shown(response, "form.import-part")).status_code == 302
    assert Record.objects.get().document_number == "虚政发〔2026〕12号"


def test_who_may_not_import_sees_no_page_and_no_result(district: District) -> None:
    town = district.town
    client = browser(town[Role.CLERK])
    client.post(ADDRESS, shown(tried(client, workbook(HEAD, *ROWS)), ".import-send form"))
    run = ImportRun.objects.get()
    for role in (Role.LEADER, Role.SECRECY_OFFICER, Role.AUDITOR, Role.ADMINISTRATOR):
        assert browser(town[role]).get(ADDRESS).status_code == 403
    other = browser(district.bureau[Role.CLERK])
    assert other.get(f"/work/import/{run.pk}/").status_code == 404
    assert other.get("/work/import/?organ=beishan").status_code == 404


@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_the_list_is_taken_out_as_it_is_narrowed(
    district: District, form: str, django_assert_max_num_queries: Any
) -> None:
    town = district.town
    draft(town, title="草稿一则")
    published(town, title="已公开一则")
    client = browser(town[Role.CLERK])
    with django_assert_max_num_queries(MOST_QUERIES):
        response = client.get(f"/work/export/?format={form}")
        content = b"".join(response.streaming_content)
    assert response["Content-Disposition"].startswith("attachment")
    if form != "xlsx":
        assert "草稿一则" in content.decode("utf-8-sig")
        narrowed = b"".join(client.get(f"/work/export/?format={form}&state=published").streaming_content)
        assert "草稿一则" not in narrowed.decode("utf-8-sig")
    assert client.get("/work/export/?organ=minzheng").status_code == 404
    assert client.get("/work/export/?format=pdf").status_code == 404
    assert browser(town[Role.ADMINISTRATOR]).get("/work/export/").status_code == 403


def test_the_template_can_be_had(town: House) -> None:
    response = browser(town[Role.CLERK]).get("/work/import/template/")
    assert response.content.startswith(b"PK")


def test_the_rows_left_out_are_told_after_the_import_and_can_be_taken_along(
    district: District, django_assert_max_num_queries: Any
) -> None:
    town = district.town
    client = browser(town[Role.CLERK])
    wrong = [("关于丁事的公告", "昨天", ""), ("=1+1", "2026-03-01", "没有的科室")]
    response = tried(client, workbook(HEAD, *ROWS, *wrong))
    result = client.post(ADDRESS, shown(response, "form.import-part"), follow=True)
    assert "导入 2 条，未导入 2 条" in words(result)
    # Whoever comes back later finds the way from the page of the import.
    earlier = page(client.get(ADDRESS)).css_first("[aria-labelledby=earlier-title] a")
    assert earlier is not None
    assert "未导入 2 条" in earlier.text()
    with django_assert_max_num_queries(MOST_QUERIES):
        again = client.get(str(earlier.attributes["href"]))
    left = page(again).css_first("[aria-labelledby=left-title]")
    assert left is not None
    told = left.text()
    assert "关于丁事的公告" in told
    assert "“昨天”不是日期" in told
    assert [row.css_first("td").text() for row in left.css("tbody tr")] == ["4", "5"]
    link = str(left.css_first("a").attributes["href"])  # type: ignore[union-attr]
    file = client.get(link)
    content = b"".join(file.streaming_content) if file.streaming else file.content
    assert file["Content-Disposition"].startswith("attachment")
    text = content.decode("utf-8-sig")
    assert text.splitlines()[0] == "表,行,标题,问题"
    assert "关于丁事的公告" in text
    assert "“昨天”不是日期" in text
    assert ",=1+1" not in text  # no formula for who opens it in a sheet
    assert browser(district.bureau[Role.CLERK]).get(link).status_code == 404


def test_of_an_imported_checklist_what_was_left_out_is_kept_as_well(town: House) -> None:
    client = browser(town[Role.DISCLOSURE_OFFICE])
    head = (
        "序号",
        "公开事项",
        "公开内容（要素）",
        "公开依据",
        "公开时限",
        "公开主体",
        "公开渠道和载体",
        "公开方式",
    )
    rows = [
        ("1", "财政预算", "部门预算", "《预算法》", "每年1月31日前", "党政办公室", "政府网站", "主动公开"),
        ("2", "字" * 300, "部门决算", "《预算法》", "每年9月30日前", "党政办公室", "政府网站", "主动公开"),
    ]
    upload = SimpleUploadedFile("清单.xlsx", workbook(head, *rows))
    address = "/work/checklist/import/"
    response = client.post(address, {**shown(client.get(address), ".plain-form"), "file": upload})
    result = client.post(address, shown(response, "form.import-part"), follow=True)
    assert result.status_code == 200
    assert "未导入 1 条" in words(result)
    assert page(result).css_first("[aria-labelledby=left-title]") is not None


def test_no_personal_data_is_kept_of_a_row_that_was_left_out(town: House) -> None:
    client = browser(town[Role.CLERK])
    response = tried(
        client, workbook(HEAD, *ROWS, ("王明（11010519491231002X）的事", "11010519491231002X", ""))
    )
    client.post(ADDRESS, shown(response, "form.import-part"))
    run = ImportRun.objects.get()
    assert run.left_out == 1
    assert "11010519491231002X" not in str(run.problems)
