"""Pages for machines, as JSON-LD of schema.org. A block of data: no policy on scripts is asked about it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString

from gongkai.statute.catalogue import Validity, themes
from gongkai.web.disclosure.models import Record, Version
from gongkai.web.organs.models import Organ
from gongkai.web.portal.addresses import canonical_address
from gongkai.web.portal.cursors import Row

# What schema.org has a word for; all else is a DigitalDocument.
_TYPES = {
    "rule": "Legislation",
    "normative_document": "Legislation",
    "guide": "GovernmentService",
    "statistics": "Dataset",
    "budget": "Dataset",
    "final_accounts": "Dataset",
    "annual_report": "Report",
    "interpretation": "Article",
}
_FORCE = {
    Validity.IN_FORCE: "InForce",
    Validity.AMENDED: "PartiallyInForce",
    Validity.REPEALED: "NotInForce",
    Validity.EXPIRED: "NotInForce",
    Validity.NOT_YET: "NotInForce",
}
_CONTEXT = "https://schema.org"


def record(
    request: HttpRequest,
    one: Record,
    version: Version,
    state: str,
    policies: Sequence[Row],
    files: Sequence[Row],
) -> SafeString:
    """A record by its kind: legislation with its force, a data set with its files, a service, a report."""
    kind = _TYPES.get(one.kind, "DigitalDocument")
    address = canonical_address(request, one.organ, "record", one.pk)
    organ_said = _organ_named(request, one.organ)
    said: dict[str, Any] = {
        "@context": _CONTEXT,
        "@type": kind,
        "@id": address,
        "name": version.title,
        "identifier": one.index_number,
        "url": address,
    }
    if kind == "GovernmentService":
        said |= {
            "provider": organ_said,
            "serviceType": "政府信息公开",
            "description": version.summary or None,
        }
        return script(said)
    said |= {
        "inLanguage": "zh-Hans",
        "dateCreated": _day(version.made_on),
        "datePublished": _moment(one.first_published_at),
        "dateModified": _moment(version.published_at),
        "abstract": version.summary or None,
        "keywords": version.keywords or None,
        "about": _theme(version.theme) or None,
        "publisher": organ_said,
        "isAccessibleForFree": True,
    }
    if kind == "Legislation":
        said |= _legislation(one, version, state, organ_said)
    if kind == "Dataset":
        said |= {"description": version.summary or version.title, "distribution": _files(request, one, files)}
    elif files:
        said["associatedMedia"] = _files(request, one, files, "MediaObject")
    if kind == "Article" and policies:
        said["about"] = [
            {
                "@type": "Legislation",
                "name": row["title"],
                "url": canonical_address(request, one.organ, "record", row["id"]),
            }
            for row in policies
        ]
    return script(said)


def organ(request: HttpRequest, one: Organ) -> SafeString:
    """The organ and its catalogue as a data set with its two files."""
    home = canonical_address(request, one, "organ")
    files = [
        {
            "@type": "DataDownload",
            "encodingFormat": media,
            "contentUrl": canonical_address(request, one, "catalogue", ending),
        }
        for ending, media in (("csv", "text/csv"), ("json", "application/json"))
    ]
    said = {
        "@context": _CONTEXT,
        "@type": "GovernmentOrganization",
        "@id": home,
        "name": one.name,
        "url": home,
        "telephone": one.telephone or None,
        "email": one.email or None,
        "address": one.address or None,
        "subjectOf": {
            "@type": "Dataset",
            "name": f"{one.name}政府信息公开目录",
            "description": f"{one.name}主动公开的政府信息的目录，随公开随更新。",
            "url": home,
            "isAccessibleForFree": True,
            "distribution": files,
        },
    }
    return script(said)


def script(said: dict[str, Any]) -> SafeString:
    """The data as they stand in the page: what a title says must not end the block."""
    written = json.dumps({key: value for key, value in said.items() if value}, ensure_ascii=False)
    return SafeString(written.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))


def _legislation(one: Record, version: Version, state: str, passed_by: dict[str, Any]) -> dict[str, Any]:
    force = _FORCE.get(Validity(state)) if state in list(Validity) else None
    return {
        "legislationIdentifier": version.document_number or None,
        "legislationDate": _day(version.made_on),
        "legislationDateVersion": _day(version.effective_on),
        "legislationPassedBy": passed_by,
        "legislationLegalForce": f"{_CONTEXT}/{force}" if force else None,
        "expires": _day(one.repealed_on or version.expires_on),
    }


def _files(
    request: HttpRequest, one: Record, files: Sequence[Row], kind: str = "DataDownload"
) -> list[dict[str, Any]]:
    return [
        {
            "@type": kind,
            "name": row["name"],
            "encodingFormat": row["media_type"],
            "contentUrl": canonical_address(request, one.organ, "file", one.pk, row["id"], row["name"]),
        }
        for row in files
    ]


def _organ_named(request: HttpRequest, one: Organ) -> dict[str, Any]:
    address = canonical_address(request, one, "organ")
    return {"@type": "GovernmentOrganization", "@id": address, "name": one.name}


def _theme(code: str) -> str:
    return next((one.name("zh") for one in themes() if one.code == code), "")


def _day(value: dt.date | None) -> str | None:
    return value.isoformat() if value else None


def _moment(value: dt.datetime | None) -> str | None:
    return value.isoformat() if value else None
