"""Every public record of the platform's SQLite database as a page: `python -m benchmarks.peer_wagtail.load`.

Prints one JSON object: how many pages there are, and the seconds it took if they were made now. Rows are
written in bulk: Wagtail's own way of adding pages takes milliseconds each.
"""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
import sys
import time
from collections.abc import Iterator
from itertools import islice
from typing import Any

_AT_ONCE = 5_000
_STEPS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"  # of treebeard's paths, four to a level
_RECORDS = """
SELECT r.id, r.title, v.id, o.name, r.index_number, r.document_number, r.category, r.theme, r.made_on,
       r.published_at, r.validity, r.summary, v.body
FROM disclosure_record r JOIN disclosure_version v ON v.id = r.published_id
     JOIN organs_organ o ON o.id = r.organ_id
WHERE r.state = 'published' ORDER BY r.id
"""
_FILES = "SELECT version_id, position, name, size FROM disclosure_attachment"
# The menu; the last holds the records.
_COLUMNS = {"guide": "公开指南", "rules": "公开制度", "reports": "公开年报", "content": "法定主动公开内容"}


def main() -> int:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from benchmarks.peer_wagtail.models import RecordPage

    seconds = None
    if not RecordPage.objects.exists():
        begun = time.perf_counter()
        _load()
        seconds = time.perf_counter() - begun
    print(json.dumps({"pages": RecordPage.objects.count(), "seconds": seconds}))
    return 0


def _load() -> None:
    from django.conf import settings
    from django.contrib.contenttypes.models import ContentType
    from django.db import connection, transaction
    from wagtail.models import Locale, Page, Site

    from benchmarks.peer_wagtail.models import Attachment, RecordPage

    home = Page.objects.get(depth=2)
    Site.objects.update(root_page=home, is_default_site=True)
    for slug, title in _COLUMNS.items():
        column = home.add_child(instance=Page(title=title, slug=slug, show_in_menus=True))
    kind, locale = ContentType.objects.get_for_model(RecordPage), Locale.objects.get()
    rows = _rows(settings.DATA / "gongkai.sqlite3", _RECORDS)
    first, number = column.pk + 1, 0
    page_of: dict[int, int] = {}
    with transaction.atomic():
        while part := list(islice(rows, _AT_ONCE)):
            pages, own = [], []
            for pk, title, version, *facts in part:
                page = Page(
                    pk=first + number,
                    path=column.path + _step(number + 1),
                    depth=column.depth + 1,
                    title=title[:255],
                    draft_title=title[:255],
                    slug=f"r{pk}",
                    url_path=f"{column.url_path}r{pk}/",
                    content_type=kind,
                    locale=locale,
                    live=True,
                    first_published_at=_moment(facts[6]),
                )
                number += 1
                page_of[version] = page.pk
                pages.append(page)
                own.append([page.pk, *facts])
            Page.objects.bulk_create(pages)
            with connection.cursor() as cursor:
                cursor.executemany(_insert(RecordPage), own)
        Page.objects.filter(pk=column.pk).update(numchild=number)
        files = _rows(settings.DATA / "gongkai.sqlite3", _FILES)
        Attachment.objects.bulk_create(
            (
                Attachment(page_id=page_of[version], sort_order=position, name=name, size=size)
                for version, position, name, size in files
                if version in page_of
            ),
            batch_size=_AT_ONCE,
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _insert(model: Any) -> str:
    """Django writes no rows of an inherited model in bulk."""
    columns = [field.column for field in model._meta.local_concrete_fields]
    marks = ", ".join(["%s"] * len(columns))
    return f"INSERT INTO {model._meta.db_table} ({', '.join(columns)}) VALUES ({marks})"


def _rows(path: Any, sql: str) -> Iterator[tuple[Any, ...]]:
    source = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    yield from source.execute(sql)
    source.close()


def _moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


def _step(number: int) -> str:
    """A step of a path, four characters.

    >>> _step(37)
    '0011'
    """
    found = ""
    for _ in range(4):
        number, rest = divmod(number, len(_STEPS))
        found = _STEPS[rest] + found
    return found


if __name__ == "__main__":
    sys.exit(main())
