"""The staff's pages of letters, service, released files, fees and printing."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.web.conftest import page
from tests.web.platform import House
from tests.web.requests.asking import ADDRESS, NAME, PHONE, at, received
from tests.web.requests.journeys import consulted, pdf_words
from tests.web.requests.test_deciding import decided
from tests.web.requests.test_decision_pages import at_page, words
from tests.web.requests.test_letters import issued
from tests.web.requests.test_letters import office as office  # a fixture
from tests.web.working import browser, fill, shown

from gongkai.web.audit.models import Entry
from gongkai.web.audit.verifying import verify
from gongkai.web.organs.models import Role
from gongkai.web.requests.actions.consulting import take_opinion
from gongkai.web.requests.actions.deciding import draft_decision
from gongkai.web.requests.actions.filing import add_file
from gongkai.web.requests.actions.lettering import draft_letter
from gongkai.web.requests.actions.serving import send_letter
from gongkai.web.requests.models import Case, CaseFile, FeeNotice, Letter, Office, Party, Service, Stands
from gongkai.web.requests.queries.citizens import own_case
from gongkai.web.requests.sealed import opener_of

pytestmark = pytest.mark.django_db
DAY = dt.date(2025, 9, 26)
ASKED = dt.date(2025, 9, 29)
LATER = dt.date(2025, 10, 14)


def replied(town: House, case: Case, *, online: bool = False) -> Letter:
    decision = decided(town, case, words={"finding": "该信息可以公开。"})
    case.refresh_from_db()
    given = {"information": "分配方案（附件1）"}
    return issued(town, case, "reply", LATER, decision=decision, given=given, online=online)


# ---- letters ----


def test_a_reply_is_written_read_and_issued_from_its_pages(town: House, office: Office) -> None:
    case = received(town, DAY)
    decided(town, case, words={"finding": "该信息可以公开。"})
    with at(LATER):
        client = browser(town[Role.CLERK])
        listed = client.get(at_page("letters", case.pk))
        assert "答复书" in words(listed)
        told = fill(client, at_page("letter_new", case.pk, "reply"), f_information="")
        assert told.status_code == 422
        assert page(told).css("#id_f_information-error")
        told = fill(client, at_page("letter_new", case.pk, "reply"), f_information="分配方案")
        assert told.status_code == 302, words(told)
        read = client.get(told["Location"])
        assert "分配方案" in words(read)
        assert "六个月" in words(read) or "6个月" in words(read)
        row = Letter.objects.get()
        preview = client.get(at_page("letter_pdf", case.pk, row.pk))
        assert preview["Content-Type"] == "application/pdf"
        assert NAME in pdf_words(preview.content)
        assert "no-store" in preview["Cache-Control"]
        told = fill(client, at_page("issue", case.pk, row.pk))
        assert told.status_code == 302, words(told)
        row.refresh_from_db()
        assert row.number == "北政公开告〔2025〕1号"
        for kind in ("pdf", "docx"):
            file = client.get(at_page("letter_file", case.pk, row.pk, kind))
            assert file["X-Content-Type-Options"] == "nosniff"
            assert file.content[:2] in (b"%P", b"PK")
    assert verify().faults == []


def test_own_words_that_leave_out_the_remedies_are_kept_and_not_issued(town: House, office: Office) -> None:
    case = received(town, DAY)
    decided(town, case, words={"finding": "该信息可以公开。"})
    with at(LATER):
        client = browser(town[Role.CLERK])
        fill(client, at_page("letter_new", case.pk, "reply"), f_information="分配方案")
        row = Letter.objects.get()
        told = fill(client, at_page("letter_own_words", case.pk, row.pk), paragraphs="方案见附件。")
        assert "方案见附件。" in words(client.get(told["Location"]))
        told = fill(client, at_page("issue", case.pk, row.pk))
        assert told.status_code == 422
        assert "救济" in words(told)
        row.refresh_from_db()
        assert row.issued_at is None
        assert "改写过" in words(client.get(at_page("letter_edit", case.pk, row.pk)))
        told = fill(client, at_page("letter_own_words", case.pk, row.pk), paragraphs="")
        assert "分配方案" in words(client.get(told["Location"]))


def test_without_court_and_authority_the_page_says_where_they_are_settled(town: House) -> None:
    case = received(town, DAY)
    with at(LATER):
        draft_decision(by=town[Role.CLERK], case=case, outcome_code="OPEN-2", basis="given")
        told = browser(town[Role.DISCLOSURE_OFFICE]).get(at_page("letter_new", case.pk, "reply"))
    assert told.status_code == 409
    assert at_page("office") in told.content.decode()


def test_letters_that_make_no_sense_now_are_shown_with_the_reason(town: House, office: Office) -> None:
    case = received(town, DAY)
    with at(ASKED):
        seen = browser(town[Role.CLERK]).get(at_page("letters", case.pk))
    grey = page(seen).css_first(".not-now").text()
    assert "还没有拟写决定" in grey
    assert "还没有核算信息处理费" in grey
    can = [one.text() for one in page(seen).css(".next-steps ul:not(.not-now) a")]
    assert "补正告知书" in can


def test_a_supplement_notice_proposes_a_period_and_takes_a_typed_day(town: House, office: Office) -> None:
    case = received(town, DAY)
    with at(ASKED):
        client = browser(town[Role.CLERK])
        address = at_page("letter_new", case.pk, "supplement-notice")
        assert shown(client.get(address))["f_until"] == "2025-10-27"
        told = fill(client, address, f_points="请写明年度", f_unclear_point="未写明年度", f_until="十月底")
        assert told.status_code == 422
        assert "请写明年度" in words(told)
        told = fill(client, address, f_points="请写明年度", f_unclear_point="未写明年度")
        assert told.status_code == 302, words(told)


def test_an_extension_notice_proposes_the_last_lawful_day(town: House, office: Office) -> None:
    from gongkai.web.requests.actions.stepping import step

    case = received(town, DAY)
    with at(LATER):
        step(
            by=town[Role.DISCLOSURE_OFFICE],
            case=case,
            kind="extension-approved",
            on=LATER,
            days=20,
            note="需要汇总多年资料",
        )
        client = browser(town[Role.CLERK])
        address = at_page("letter_new", case.pk, "extension-notice")
        offered = shown(client.get(address))
        # The day is the law's, the reason the one for which it was approved.
        assert (offered["f_until"], offered["f_reasons"]) == ("2025-11-27", "需要汇总多年资料")
        told = fill(client, address)
        assert told.status_code == 302, words(told)
        told = fill(client, at_page("issue", case.pk, Letter.objects.get().pk))
        assert told.status_code == 302, words(told)


def test_a_letter_is_issued_with_the_day_of_its_paper_from_its_page(town: House, office: Office) -> None:
    case = received(town, DAY)
    given = {"points": "请写明年度", "until": "2025-10-24"}
    with at(LATER):
        client = browser(town[Role.CLERK])
        row = draft_letter(by=town[Role.CLERK], case=case, kind="supplement-notice", given=given)
        address = at_page("issue", case.pk, row.pk)
        assert shown(client.get(address))["on"] == "2025-10-14"
        told = fill(client, address, on="2025-10-10")
        assert (told.status_code, "理由" in words(told)) == (422, True)
        told = fill(client, address, on="2025-09-25", reason="补录")
        assert (told.status_code, "成文日期应在 2025-09-26" in words(told)) == (422, True)
        told = fill(client, address, on="2025-10-10", reason="纸质文书已签发，现补录")
        assert told.status_code == 302, words(told)
    row.refresh_from_db()
    assert row.dated == dt.date(2025, 10, 10)


def test_a_letter_with_a_provisional_day_is_pointed_out_before_it_goes(town: House, office: Office) -> None:
    case = received(town, dt.date(2026, 12, 8))
    with at(dt.date(2026, 12, 10)):
        client = browser(town[Role.CLERK])
        given = {"reasons": "档案较多", "until": "2027-01-29"}
        row = draft_letter(by=town[Role.CLERK], case=case, kind="extension-notice", given=given)
        for name in ("letter", "issue"):
            told = words(client.get(at_page(name, case.pk, row.pk)))
            assert "2027年1月29日是暂定的" in "".join(told.split())


def test_the_letter_to_a_third_party_names_no_requester_and_marks_it_told(
    town: House, office: Office
) -> None:
    case = received(town, DAY)
    with at(ASKED):
        one = consulted(town, case, ASKED)
    with at(LATER):
        take_opinion(by=town[Role.CLERK], party=one, on=LATER, opinion="objected", words="涉及报价")
        client = browser(town[Role.CLERK])
        told = fill(
            client,
            at_page("letter_new", case.pk, "third-party-told", party=str(one.pk)),
            f_disclosed="2025年养护资金分配方案",
            f_override="不公开将对公共利益造成重大影响",
        )
        assert told.status_code == 302, words(told)
        row = Letter.objects.get()
        assert NAME not in words(client.get(at_page("letter", case.pk, row.pk)))
        told = fill(client, at_page("issue", case.pk, row.pk))
        assert told.status_code == 302, words(told)
        told = fill(client, at_page("send", case.pk, row.pk), way="direct", on="2025-10-14")
        assert told.status_code == 302, words(told)
    assert Party.objects.get().is_told


# ---- service ----


def test_by_post_it_counts_from_posting_and_comes_back_and_goes_out_again(
    town: House, office: Office
) -> None:
    case = received(town, DAY)
    row = replied(town, case)
    with at(LATER):
        client = browser(town[Role.CLERK])
        address = at_page("send", case.pk, row.pk)
        assert "在期限内" in words(client.get(address))
        told = fill(client, address, way="mail", on="2025-10-14")
        assert page(told).css("#id_tracking_number-error")
        told = fill(client, address, way="courier", on="2025-10-14")
        assert "邮政企业" in words(told)
        receipt = SimpleUploadedFile("收据.png", b"\x89PNG\r\n\x1a\n..IEND..", "image/png")
        told = fill(client, address, way="mail", on="2025-10-14", tracking_number="XA0001", evidence=receipt)
        assert told.status_code == 302, words(told)
    case.refresh_from_db()
    assert (case.stands, case.in_time) == (Stands.SERVED, True)
    service = Service.objects.get()
    assert service.evidence is not None
    with at(dt.date(2025, 10, 20)):
        client = browser(town[Role.CLERK])
        told = fill(client, at_page("returned", case.pk, service.pk), on="2025-10-20", reason="")
        assert told.status_code == 422
        fill(client, at_page("returned", case.pk, service.pk), on="2025-10-20", reason="查无此人")
        assert "查无此人" in words(client.get(at_page("letter", case.pk, row.pk)))
        told = fill(
            client, at_page("send", case.pk, row.pk), way="mail", on="2025-10-20", tracking_number="XA0002"
        )
        assert told.status_code == 302, words(told)
        again = Service.objects.order_by("-pk")[0]
        told = fill(client, at_page("arrived", case.pk, again.pk), on="2025-10-20")
        assert told.status_code == 302
    case.refresh_from_db()
    assert case.closed_on == LATER
    assert verify().faults == []


def test_a_refused_sending_records_neither_service_nor_evidence(town: House, office: Office) -> None:
    case = received(town, DAY)
    row = replied(town, case)
    with at(LATER):
        bad = SimpleUploadedFile("收据.exe", b"MZ", "image/png")
        told = fill(
            browser(town[Role.CLERK]),
            at_page("send", case.pk, row.pk),
            way="direct",
            on="2025-10-14",
            evidence=bad,
        )
    assert told.status_code == 422
    assert page(told).css("#id_evidence-error")
    assert not Service.objects.exists()


def test_what_is_served_online_tells_the_online_channel(town: House, office: Office) -> None:
    case = received(town, DAY)
    row = replied(town, case)
    with at(LATER):
        told = fill(
            browser(town[Role.CLERK]), at_page("send", case.pk, row.pk), way="online", on="2025-10-14"
        )
    assert told.status_code == 422
    assert "网上申请行政复议" in words(told)
    other = received(town, DAY)
    row = replied(town, other, online=True)
    with at(LATER):
        told = fill(
            browser(town[Role.CLERK]), at_page("send", other.pk, row.pk), way="online", on="2025-10-14"
        )
    assert told.status_code == 302, words(told)


# ---- released files ----


def test_a_file_is_looked_at_before_it_reaches_the_requester(town: House, office: Office) -> None:
    case = received(town, DAY)
    row = replied(town, case, online=True)
    with at(LATER):
        client = browser(town[Role.CLERK])
        plain = SimpleUploadedFile("分配方案.pdf", _pdf(), "application/pdf")
        told = fill(client, at_page("released", case.pk), form="main form.plain-form", papers=plain)
        assert told.status_code == 302, words(told)
        file = CaseFile.objects.get(kind="other")
        assert own_case(case).files == ()
        told = fill(client, at_page("release", case.pk, file.pk), do="release", reason="没有需要去除的内容")
        assert told.status_code == 302, words(told)
        file.refresh_from_db()
        assert file.kind == "disclosed"
        assert own_case(case).files == ()
        send_letter(by=town[Role.CLERK], letter=row, way="online", on=LATER)
        case.refresh_from_db()
        assert [one.pk for one in own_case(case).files] == [file.pk]
        refused = fill(client, at_page("unrelease", case.pk, file.pk))
        assert refused.status_code == 422


def test_hidden_content_stands_in_the_way_without_a_reason(town: House, office: Office) -> None:
    case = received(town, DAY)
    with at(LATER):
        file = add_file(
            by=town[Role.CLERK],
            case=case,
            name="方案.docx",
            content=_word_with_a_comment(),
            media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        )
        client = browser(town[Role.CLERK])
        address = at_page("release", case.pk, file.pk)
        told = fill(client, address, do="release")
        assert told.status_code == 422, words(told)
        assert "隐藏内容" in words(told)
        file.refresh_from_db()
        assert file.kind == "other"
        told = fill(client, address, do="clean")
        made = CaseFile.objects.order_by("-pk")[0]
        assert made.pk != file.pk
        assert told["Location"] == at_page("release", case.pk, made.pk)
        told = fill(client, told["Location"], do="release")
        assert told.status_code == 302, words(told)


def test_what_the_requester_sent_is_never_released(town: House) -> None:
    case = received(town, DAY)
    with at(LATER):
        file = add_file(
            by=town[Role.CLERK],
            case=case,
            name="证.pdf",
            content=_pdf(),
            media_type="application/pdf",
            kind="identity",
        )
        told = browser(town[Role.CLERK]).get(at_page("release", case.pk, file.pk))
    assert told.status_code == 404


# ---- the fee ----


def test_a_fee_is_reckoned_asked_for_and_paid_in_parts(town: House, office: Office) -> None:
    case = received(town, DAY)
    with at(ASKED):
        client = browser(town[Role.CLERK])
        told = fill(client, at_page("fee_reckon", case.pk), basis="item", count="1")
        assert told.status_code == 422
        assert "不应收费" in words(told)
        told = fill(client, at_page("fee_reckon", case.pk), basis="page", count="四十")
        assert page(told).css("#id_count-error")
        told = fill(client, at_page("fee_reckon", case.pk), basis="page", count="40")
        assert told.status_code == 302, words(told)
        assert FeeNotice.objects.get().notified_on is None
        case.refresh_from_db()
        assert case.stands == Stands.RUNNING
        told = fill(client, at_page("letter_new", case.pk, "fee-notice"))
        assert told.status_code == 302, words(told)
        row = Letter.objects.get()
        told = fill(client, at_page("issue", case.pk, row.pk))
        assert told.status_code == 302, words(told)
        told = fill(client, at_page("send", case.pk, row.pk), way="direct", on="2025-09-29")
        assert told.status_code == 302, words(told)
        case.refresh_from_db()
        assert case.stands == Stands.AWAITING_PAYMENT
        assert FeeNotice.objects.get().notified_on == ASKED
        told = fill(client, at_page("fee_reckon", case.pk), basis="page", count="50")
        assert told.status_code == 422
        told = fill(client, at_page("fee_paid", case.pk), amount="40.00", on="2025-09-29")
        assert told.status_code == 302, words(told)
        case.refresh_from_db()
        assert case.stands == Stands.AWAITING_PAYMENT
        told = fill(client, at_page("fee_paid", case.pk), amount="1000", on="2025-09-29")
        assert told.status_code == 422
        told = fill(client, at_page("fee_paid", case.pk), on="2025-09-29")
        assert told.status_code == 302, words(told)
    case.refresh_from_db()
    assert case.stands == Stands.RUNNING
    assert verify().faults == []


# ---- printing ----


def test_the_letters_of_a_day_come_as_one_pdf_and_the_log_knows(town: House, office: Office) -> None:
    first, second = (replied(town, received(town, DAY)) for _ in range(2))
    with at(LATER):
        client = browser(town[Role.CLERK])
        address = at_page("printing")
        listed = client.get(address)
        assert first.number in words(listed)
        data = {**shown(listed, "main form.plain-form"), "letter": [first.pk, second.pk]}
        before = Entry.objects.count()
        made = client.post(address, {**data, "do": "letters"})
        assert made["Content-Type"] == "application/pdf"
        text = pdf_words(made.content)
        assert first.number in text
        assert second.number in text
        assert Entry.objects.count() == before + 2
        labels = client.post(address, {**data, "do": "envelopes", "skipped": "3"})
        (label, *_rest) = pdf_words(labels.content).split("文号：")
        sender = (
            f"寄件人：{town.organ.name}",
            f"寄件地址：{town.organ.address}" if town.organ.address else "",
        )
        assert label == "".join((ADDRESS, f"{NAME}收", PHONE, *sender))
        assert first.number in pdf_words(labels.content)
        files = client.post(address, {**data, "do": "labels"})
        assert NAME not in pdf_words(files.content)
        assert first.case.number in pdf_words(files.content)
        refused = client.post(address, {**data, "letter": [], "do": "letters"})
        assert refused.status_code == 422


def test_a_label_of_a_paper_file_tells_its_subject_and_begins_where_the_sheet_is_free(
    town: House, office: Office
) -> None:
    case = received(town, DAY)
    with at(LATER):
        client = browser(town[Role.CLERK])
        assert page(client.get(at_page("papers", case.pk))).css("input[name=skipped]")
        places = []
        for skipped in ("0", "13", "much"):
            made = client.get(at_page("label", case.pk), {"skipped": skipped})
            text = pypdfium2.PdfDocument(made.content)[0].get_textpage()
            told = pdf_words(made.content)
            assert "".join(str(case.subject).split()) in told
            assert case.number in told
            assert NAME not in told
            places.append(text.get_charbox(0)[:2])
    assert places[0] == places[2] != places[1]
    with at(LATER):
        beyond = client.get(at_page("label", case.pk), {"skipped": "14"})
    assert beyond.status_code == 409


def test_another_organ_s_letters_are_not_printed(town: House, district: Any, office: Office) -> None:
    row = replied(town, received(town, DAY))
    with at(LATER):
        client = browser(district.bureau[Role.CLERK])
        told = client.post(at_page("printing"), {"letter": [row.pk], "do": "letters"})
    assert told.status_code == 422


@pytest.mark.parametrize("kind", ["registration-form", "approval-form", "archive-cover", "transfer-list"])
def test_a_ruled_form_holds_what_the_record_knows(town: House, office: Office, kind: str) -> None:
    case = received(town, DAY)
    replied(town, case)
    more = {"items": "答复书|1份\n审批单", "receiver": "虚构区档案馆"} if kind == "transfer-list" else {}
    with at(LATER):
        client = browser(town[Role.DISCLOSURE_OFFICE])
        assert client.get(at_page("papers", case.pk)).status_code == 200
        made = fill(client, at_page("paper", case.pk, kind), **more)
        assert made.status_code == 200, words(made)
        assert made["Content-Type"] == "application/pdf"
    text = pdf_words(made.content)
    assert case.number in text
    assert (NAME in text) == (kind != "transfer-list") or kind == "approval-form"
    assert PHONE not in text or kind == "registration-form"


def test_who_may_not_know_the_requester_prints_no_form(town: House, office: Office) -> None:
    case = received(town, DAY)
    client = browser(town[Role.SECRECY_OFFICER])
    assert client.get(at_page("paper", case.pk, "registration-form")).status_code == 403
    assert "没有查看申请人信息的权限" in words(client.get(at_page("papers", case.pk)))


def _pdf() -> bytes:
    from gongkai.documents.letters import LetterText, to_pdf

    text = LetterText(kind="reply", organ="虚构镇", title="分配方案", paragraphs=("一、总额。",))
    moment = dt.datetime(2025, 10, 14, tzinfo=dt.UTC)
    return to_pdf([text], written_at=moment)


def _word_with_a_comment() -> bytes:
    import io

    from docx import Document

    document = Document()
    document.add_paragraph("分配方案")
    document.core_properties.author = "虚构经办"
    document.core_properties.comments = "内部意见：暂缓"
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def drafted(town: House, case: Case) -> Letter:
    """A letter that is not issued yet."""
    return draft_letter(
        by=town[Role.CLERK],
        case=case,
        kind="supplement-notice",
        given={"points": "请写明年度", "until": "2025-10-24", "unclear_point": "未写明年度。"},
    )


def test_a_dropped_draft_is_emptied_and_cannot_be_issued(town: House, office: Office) -> None:
    case = received(town, DAY)
    with at(ASKED):
        row = drafted(town, case)
        client = browser(town[Role.CLERK])
        assert fill(client, at_page("drop", case.pk, row.pk)).status_code == 302
        assert client.get(at_page("issue", case.pk, row.pk)).status_code == 409
        assert "内容已清空" in words(client.get(at_page("letter", case.pk, row.pk)))


def test_letters_of_another_case_are_not_found_under_this_one(town: House, office: Office) -> None:
    case, other = received(town, DAY), received(town, DAY)
    with at(ASKED):
        row = drafted(town, case)
    client = browser(town[Role.CLERK])
    for name in ("letter", "letter_edit", "letter_pdf", "issue", "send", "drop"):
        assert client.get(at_page(name, other.pk, row.pk)).status_code == 404, name
    assert opener_of(case).open(row, "text")
