"""Attachments that a text names: asked about where they are missing, in the patterns that notices have."""

from __future__ import annotations

import pytest
from tests.web.platform import House, draft
from tests.web.working import now

from gongkai.web.disclosure.actions.attaching import attach_file
from gongkai.web.disclosure.actions.reviewing import submit_for_review
from gongkai.web.disclosure.answers import Unanswered
from gongkai.web.disclosure.checks import check_version
from gongkai.web.disclosure.named_attachments import File, not_attached
from gongkai.web.organs.models import Role

SIGNED = "\n虚构区北山镇人民政府\n2026年3月2日"

MISSING = [
    ("现印发给你们。\n附件：北山镇防汛工作方案" + SIGNED, [], ["北山镇防汛工作方案"]),
    ("附件：1.申请表\n2.承诺书" + SIGNED, [], ["申请表", "承诺书"]),
    ("　　附件：1．申请表\n　　　　　2．承诺书" + SIGNED, [File("申请表.docx", "")], ["承诺书"]),
    ("附件1：申请表\n附件2：承诺书" + SIGNED, ["申请表.docx"], ["承诺书"]),
    ("附 件：1、项目明细表；2、资金分配表" + SIGNED, [], ["项目明细表", "资金分配表"]),
    ("名单见附件1。" + SIGNED, [], [""]),
    ("具体安排详见附件。" + SIGNED, [], [""]),
    (SIGNED + "\n附件：1.岗位表.xlsx", [], ["岗位表.xlsx"]),
]
THERE = [
    ("附件：北山镇防汛工作方案" + SIGNED, ["北山镇防汛工作方案.docx"]),
    ("附件：1.申请表\n2.承诺书" + SIGNED, ["1.申请表.docx", "附件2：承诺书.pdf"]),
    # Names differ, the number fits.
    ("附件：1.申请表\n2.承诺书" + SIGNED, ["表格一.docx", "表格二.docx"]),
    # Several in one file, by its name or its words.
    ("附件：1.申请表\n2.承诺书" + SIGNED, ["附件1-2.docx"]),
    ("附件：1.申请表\n2.承诺书" + SIGNED, [File("材料.docx", "申请表\n姓名\n承诺书\n本人承诺")]),
    # Set in the body itself, behind the signature.
    ("附件：北山镇防汛工作方案" + SIGNED + "\n附件\n北山镇防汛工作方案\n一、总则", []),
    ("附件：1.申请表\n2.承诺书" + SIGNED + "\n附件1\n申请表\n姓名\n附件2\n承诺书\n本人承诺", []),
    ("附件：申请表" + SIGNED + "\n申请表\n姓名 性别", []),
    ("第一条 略。\n附件1\n申请表\n姓名", []),
    ("名单见附件。" + SIGNED + "\n附件：\n名单\n甲村、乙村", []),
    ("附件1：申请表\n" + "\n".join(f"第{n}栏" for n in range(12)), []),
    # Left out, and said so; another document's; no attachment of this one.
    ("附件：1.申请表（略）" + SIGNED, []),
    ("按照《防汛工作方案》附件2执行。" + SIGNED, []),
    ("标准见《防汛工作方案》附件2。" + SIGNED, []),
    ("申请材料以邮件附件形式发送，附件大小不超过10兆。" + SIGNED, []),
    ("详见附件（略）。" + SIGNED, []),
    ("没有附件。" + SIGNED, []),
    ("", []),
]


def files(given: list[str | File]) -> list[File]:
    return [one if isinstance(one, File) else File(one, "") for one in given]


@pytest.mark.parametrize(("text", "given", "missing"), MISSING)
def test_what_is_named_and_not_attached_is_told(
    text: str, given: list[str | File], missing: list[str]
) -> None:
    found = not_attached(text, files(given))
    assert [one.name for one in found] == missing
    assert all(one.name in text[one.start : one.end] for one in found)


@pytest.mark.parametrize(("text", "given"), THERE)
def test_what_is_there_in_any_way_is_not_asked_about(text: str, given: list[str | File]) -> None:
    assert not_attached(text, files(given)) == []


def test_a_link_to_the_attachment_is_the_attachment() -> None:
    assert not_attached("附件：申请表" + SIGNED, [], ["申请表.docx"]) == []
    assert not_attached("名单见附件。" + SIGNED, [], ["点击下载"]) == []


@pytest.mark.django_db
def test_a_draft_without_its_attachment_is_asked_and_may_be_answered(town: House) -> None:
    lines = ("现将方案印发给你们。", "附件：北山镇防汛工作方案", "虚构区北山镇人民政府", "2026年3月2日")
    body = "".join(f"<p>{line}</p>" for line in lines)
    by = town[Role.CLERK]
    record = draft(town, body=body)
    with pytest.raises(Unanswered) as asked:
        submit_for_review(by=by, record=record)
    (check,) = [one for one in check_version(now(record).working) if one.code == "attachment_missing"]
    assert check.key in asked.value.keys
    assert "北山镇防汛工作方案" in check.zh
    attach_file(by=by, record=record, content="防汛".encode(), name="北山镇防汛工作方案.txt")
    assert not [one for one in check_version(now(record).working) if one.code == "attachment_missing"]
    submit_for_review(by=by, record=now(record))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("first", "second"),
    [("北政发〔2026〕3号", "北政发〔2026〕3号"), ("虚构区人民政府令第12号", "虚构区人民政府令第十二号")],
)
def test_one_number_in_two_spellings_is_one_number(town: House, first: str, second: str) -> None:
    other = draft(town, document_number=first)
    record = draft(town, document_number=second, title="关于另一件事的通知")
    (check,) = [one for one in check_version(now(record).working) if one.code == "number_taken"]
    assert other.index_number in check.zh


@pytest.mark.django_db
@pytest.mark.parametrize(
    "kept", ["北政发[2026]3号", "北政发［2026］3号", "北政发（2026）3号", "北政发【2026】3号"]
)
def test_a_number_kept_in_other_brackets_is_found(town: House, kept: str) -> None:
    """Records that came from elsewhere have the brackets of elsewhere."""
    from gongkai.web.disclosure.same_number import spellings

    for typed in (
        "北政发〔2026〕3号",
        "北政发[2026] 3号",
        "北政发［２０２６］３号",
        "北政发〔2026〕第03号",
        kept,
    ):
        assert kept in spellings(typed)
    assert spellings("") == []
