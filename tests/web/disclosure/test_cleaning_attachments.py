"""What a file hides can be taken out on the page: properties and comments, not tracked changes."""

from __future__ import annotations

import io

import docx
import pytest
from tests.web.conftest import words
from tests.web.platform import House, draft
from tests.web.working import browser, shown

from gongkai.documents.publishing import hidden_data
from gongkai.web.audit.verifying import verify
from gongkai.web.disclosure import file_store
from gongkai.web.disclosure.actions.attaching import attach_file, clean_attachment
from gongkai.web.disclosure.models import Attachment, Record
from gongkai.web.organs.errors import NotAllowed
from gongkai.web.organs.models import Role

pytestmark = pytest.mark.django_db


def _with_author() -> bytes:
    made = docx.Document()
    made.add_paragraph("附件正文。")
    made.core_properties.author = "虚构作者"
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


@pytest.fixture
def attached(town: House) -> Attachment:
    record = Record.objects.get(pk=draft(town).pk)
    return attach_file(by=town[Role.CLERK], record=record, content=_with_author(), name="附表.docx")


def test_the_author_is_gone_from_the_file_and_the_log_says_so(town: House, attached: Attachment) -> None:
    assert "author" in {one["code"] for one in attached.findings}
    made = clean_attachment(by=town[Role.CLERK], attachment=attached)
    assert made.sha256 != attached.sha256 or "author" not in {one["code"] for one in made.findings}
    content = file_store.load(made.sha256)
    assert "author" not in {one.code for one in hidden_data(content, made.name)}
    assert [one.text for one in docx.Document(io.BytesIO(content)).paragraphs] == ["附件正文。"]
    assert verify().faults == []


def test_it_is_ticked_in_the_editor(town: House, attached: Attachment) -> None:
    client = browser(town[Role.CLERK])
    address = f"/work/records/{attached.version.record_id}/edit/"
    page = client.get(address)
    assert "清除附件的属性和批注" in words(page)
    answer = client.post(address, {**shown(page), "clean": str(attached.pk)}, follow=True)
    assert "已清除" in words(answer)
    attached.refresh_from_db()
    assert "author" not in {one["code"] for one in attached.findings}


def test_nobody_else_cleans_it(town: House, attached: Attachment) -> None:
    with pytest.raises(NotAllowed):
        clean_attachment(by=town[Role.LEADER], attachment=attached)
