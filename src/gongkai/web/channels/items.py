"""A release as what is sent: read from the public version alone, with addresses as the public has them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from django.conf import settings
from django.urls import reverse

from gongkai.web.channels.adapters.base import File, Item, Picture
from gongkai.web.channels.models import OUT, Act, Release
from gongkai.web.disclosure import file_store
from gongkai.web.disclosure.models import Attachment, Image, Record
from gongkai.web.organs.models import Organ


def item_of(release: Release) -> Item:
    """The item, with what is out there already. 3 queries at most; the release comes with its record, the
    record's organ, the version and the channel."""
    record, version = release.record, release.version
    is_withdrawn = release.act == Act.WITHDRAW
    made = _made_public(release)
    is_repealed = release.act == Act.REPEAL or record.validity == "repealed"
    return Item(
        key=str(release.key),
        act=str(release.act),
        organ_code=record.organ.code,
        organ_name=record.organ.name,
        index_number=record.index_number,
        title=version.title,
        document_number=version.document_number,
        kind=record.kind,
        category=version.category,
        theme=version.theme,
        summary=version.summary,
        validity=record.validity,
        address=record_address(record),
        version=version.number,
        made_on=version.made_on,
        published_at=version.published_at,
        html="" if is_withdrawn else version.body,
        pictures=() if is_withdrawn else _pictures(release),
        files=() if is_withdrawn else _files(release),
        words=record.withdrawal_reason if is_withdrawn else record.repeal_basis if is_repealed else "",
        on=record.repealed_on if is_repealed else None,
        remote_id=made.remote_id if made else "",
        remote_address=made.address if made else "",
    )


def out_before(release: Release) -> Release | None:
    """The last act before this one that is, or may be, seen on the channel. 1 query."""
    found = Release.objects.filter(
        record=release.record_id, channel=release.channel_id, sequence__lt=release.sequence, state__in=OUT
    )
    last = found.order_by("-sequence").first()
    return last if last is not None and last.act != Act.WITHDRAW else None


def _made_public(release: Release) -> Release | None:
    """The act by which it came there: what it is called there was said then. 1 query."""
    found = Release.objects.filter(
        record=release.record_id, channel=release.channel_id, sequence__lt=release.sequence, state__in=OUT
    )
    return found.filter(act=Act.PUBLISH).exclude(remote_id="").order_by("-sequence").first()


def record_address(record: Record) -> str:
    """Where the public reads a record, in full."""
    return home_address(record.organ) + reverse("portal:record", args=[record.organ.code, record.pk])


def home_address(organ: Organ) -> str:
    """The organ's own host name if it has one, else the installation's."""
    if organ.hostname:
        return f"{'https' if settings.HTTPS else 'http'}://{organ.hostname}"
    return str(settings.PUBLIC_ADDRESS)


def _pictures(release: Release) -> Sequence[Picture]:
    record = release.record
    home = home_address(record.organ)
    found = []
    for row in Image.objects.filter(version=release.version_id).order_by("id"):
        number = int(row.name.rpartition(":")[2])
        place = reverse("portal:picture", args=[record.organ.code, record.pk, release.version.number, number])
        load = partial(file_store.load, row.sha256)
        found.append(Picture(row.name, row.media_type, row.size, load, home + place))
    return found


def _files(release: Release) -> Sequence[File]:
    record = release.record
    rows = Attachment.objects.filter(version=release.version_id).defer("text", "findings")
    home = home_address(record.organ)
    return [
        File(
            row.name,
            row.media_type,
            row.size,
            home + reverse("portal:file", args=[record.organ.code, record.pk, row.pk, row.name]),
        )
        for row in rows.order_by("position", "id")
    ]
