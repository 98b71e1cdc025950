"""Files that no row names are found and removed; one that somebody is about to name never is."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from tests.web.platform import House, draft, open_review, published

from gongkai.cli_platform import tidy_files as command
from gongkai.web.disclosure import file_store
from gongkai.web.disclosure.actions.attaching import attach_file, remove_attachment
from gongkai.web.disclosure.actions.drafting import revise_draft
from gongkai.web.disclosure.actions.reviewing import return_step, submit_for_review
from gongkai.web.disclosure.models import Version
from gongkai.web.disclosure.tidying import NAMING, tidy_files
from gongkai.web.organs.errors import WorkError
from gongkai.web.organs.models import Role


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, settings: object) -> None:
    settings.DATA = tmp_path  # type: ignore[attr-defined]


def aged(days: float = 2) -> None:
    """All files as if they had been stored some days ago."""
    then = time.time() - days * 24 * 3600
    for one in Path(settings.DATA).glob("files/??/??/*"):
        os.utime(one, (then, then))


def there(digest: str) -> bool:
    return file_store.path_of(digest).exists()


@pytest.mark.django_db
def test_what_was_taken_off_a_draft_goes_after_a_day_and_what_is_named_stays(town: House) -> None:
    record = draft(town)
    kept = attach_file(by=town[Role.CLERK], record=record, content=b"a,b\n1,2\n", name="kept.csv")
    gone = attach_file(by=town[Role.CLERK], record=record, content=b"a,b\n3,4\n", name="gone.csv")
    digest = gone.sha256
    remove_attachment(by=town[Role.CLERK], attachment=gone)
    assert tidy_files(delete=True).files == 0, "younger than a day"
    aged()
    assert tidy_files(delete=False) == (1, 8, 0)
    assert there(digest), "a dry run removes nothing"
    assert tidy_files(delete=True) == (1, 8, 1)
    assert not there(digest)
    assert file_store.load(kept.sha256) == b"a,b\n1,2\n"


@pytest.mark.django_db
def test_what_a_decided_round_was_shown_stays(town: House) -> None:
    record = draft(town)
    submit_for_review(by=town[Role.CLERK], record=record)
    review = open_review(record)
    seen = review.version.content_digest
    return_step(by=town[Role.UNIT_HEAD], review=review, reason="请改。")
    revise_draft(by=town[Role.CLERK], record=record, facts={"title": "改过的标题"})
    submit_for_review(by=town[Role.CLERK], record=record)
    aged()
    assert tidy_files(delete=True).removed == 0
    assert there(seen)
    assert there(Version.objects.get().content_digest)


@pytest.mark.django_db
def test_an_empty_database_removes_nothing(town: House) -> None:
    digest = file_store.store(b"of another installation")
    aged()
    with pytest.raises(WorkError) as refused:
        tidy_files(delete=True)
    assert refused.value.code == "no_records_at_all"
    assert there(digest)


@pytest.mark.django_db
def test_every_column_that_holds_a_digest_is_looked_at() -> None:
    columns = {
        (model, field.name)
        for model in apps.get_app_config("disclosure").get_models()
        for field in model._meta.get_fields()
        if getattr(field, "max_length", None) == 64
        and "digest" in field.name + "digest" * (field.name == "sha256")
    }
    files_of_requests = {
        (model, "sha256")
        for model in apps.get_app_config("requests").get_models()
        if any(field.name == "sha256" for field in model._meta.get_fields())
    }
    assert columns | files_of_requests == set(NAMING)


def test_who_stores_it_again_meanwhile_keeps_it() -> None:
    digest = file_store.store(b"twice")
    aged()
    before = time.time() - 3600
    assert file_store.store(b"twice") == digest
    assert not file_store.forget(digest, before=before, is_named=lambda: False)
    assert file_store.load(digest) == b"twice"


def test_who_stores_it_while_it_is_put_aside_writes_it_anew() -> None:
    digest = file_store.store(b"twice")
    aged()

    def store_again() -> bool:
        file_store.store(b"twice")
        return False

    assert file_store.forget(digest, before=time.time() - 3600, is_named=store_again)
    assert file_store.load(digest) == b"twice"


def test_a_row_written_while_it_is_put_aside_brings_it_back() -> None:
    digest = file_store.store(b"named late")
    aged()
    assert not file_store.forget(digest, before=time.time() - 3600, is_named=lambda: True)
    assert file_store.load(digest) == b"named late"


def test_two_uploads_of_the_same_file_while_it_is_tidied_away_both_find_it() -> None:
    content = b"the same bytes"
    for _ in range(60):
        digest = file_store.store(content)
        aged()
        before = time.time() - 3600
        gate = threading.Barrier(3)
        lost: list[str] = []

        def upload() -> None:
            gate.wait()  # noqa: B023
            if file_store.store(content) != digest:  # noqa: B023
                lost.append("digest")  # noqa: B023

        def tidy() -> None:
            gate.wait()  # noqa: B023
            file_store.forget(digest, before=before, is_named=lambda: False)  # noqa: B023

        threads = [threading.Thread(target=one) for one in (upload, upload, tidy)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        assert lost == []
        assert file_store.load(digest) == content


def test_what_a_broken_run_has_put_aside_is_put_back_and_half_written_files_go() -> None:
    digest = file_store.store(b"put aside")
    place = file_store.path_of(digest)
    os.rename(place, place.with_name(f"{digest}.going"))
    half = place.with_name("tmpabcd")
    half.write_bytes(b"half")
    file_store.bring_back(before=time.time() - 60)
    assert not there(digest), "another run may be at it"
    file_store.bring_back(before=time.time() + 60)
    assert file_store.load(digest) == b"put aside"
    assert not half.exists()


@pytest.mark.django_db
def test_the_command_reports_and_removes(town: House, capsys: pytest.CaptureFixture[str]) -> None:
    published(town)
    file_store.store(b"left over")
    aged()
    assert command(delete=False, lang="zh") == 0
    assert "没有引用的文件 1 个" in capsys.readouterr().out
    assert command(delete=True, lang="en") == 0
    assert "1 files removed" in capsys.readouterr().out
