"""What is told of an organ: by its own administrator, and what only a higher one settles."""

from __future__ import annotations

import re
from typing import Any

from django.db import transaction

from gongkai.web.audit.actions import Change, append
from gongkai.web.organs.actions.grounds import (
    allowed,
    checked,
    differences,
    locked_organ,
    needs_reason,
    not_stale,
    saved,
)
from gongkai.web.organs.actions.organ_facts import check_codes, check_level, clean_emblem, legible_colour
from gongkai.web.organs.errors import WorkError
from gongkai.web.organs.models import Organ, Staff
from gongkai.web.organs.permissions import may_manage_organ, may_settle_organ

# REG.12 and the foot of every page: told by the organ itself.
OWN_FACTS = frozenset(
    {
        "short_name",
        "address",
        "postcode",
        "office_hours",
        "telephone",
        "fax",
        "email",
        "complaint_telephone",
        "complaint_address",
        "band_colour",
        "index_template",
    }
)
# Who the organ is and how it is reached: an organ that could change these could pass for another.
SETTLED_FACTS = frozenset(
    {
        *("name", "kind", "level", "credit_code", "site_code", "icp_number", "police_number", "hostname"),
        *("requires_second_factor", "position"),
    }
)
_POSTCODE = re.compile(r"[0-9]{6}")
_SITE_CODE = re.compile(r"[0-9]{10}")
# As such numbers are written; the first sign is the short name of a province.
_ICP_NUMBER = re.compile(r"[\u4e00-\u9fff]ICP[备证][0-9]{6,12}号(?:-[0-9]{1,4})?")
_POLICE_NUMBER = re.compile(r"[\u4e00-\u9fff]公网安备 ?[0-9]{14} ?号")
_HOSTNAME = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)(?:\.(?!-)[a-z0-9-]{1,63}(?<!-))+")


@transaction.atomic
def change_organ(*, by: Staff, organ: Organ, seen: str = "", **facts: Any) -> Organ:
    """Change what an organ tells of itself (`OWN_FACTS`). By its administrator.

    `seen`: the fingerprint of what was on the form. Raises Invalid with a fault per field; TypeError for a
    fact that is not the organ's own to change.
    """
    return _changed(by, organ, seen, facts, OWN_FACTS, may_manage_organ, "organs.organ_changed", "")


@transaction.atomic
def settle_organ(*, by: Staff, organ: Organ, why: str, seen: str = "", **facts: Any) -> Organ:
    """Change what an organ is (`SETTLED_FACTS`), with a reason. By an administrator above it; at the top of
    the tree by its own."""
    reason = needs_reason(why)
    return _changed(by, organ, seen, facts, SETTLED_FACTS, may_settle_organ, "organs.organ_settled", reason)


def _changed(
    by: Staff,
    organ: Organ,
    seen: str,
    facts: dict[str, Any],
    known: frozenset[str],
    may: Any,
    action: str,
    why: str,
) -> Organ:
    if not facts.keys() <= known:
        raise TypeError(f"not to be changed here: {sorted(facts.keys() - known)}")
    organ = locked_organ(organ)
    by = allowed(by, may, organ)
    not_stale(organ, seen, f"{organ}的资料")
    before, after = differences(organ, _tidy(facts))
    if not after:
        return organ
    _check(organ, after)
    taken = WorkError(
        "organ_taken", "信用代码或者域名已被其他机关使用。", "Credit code or host name is taken."
    )
    saved(organ, taken, after)
    change = Change(
        action, by, organ, organ_id=organ.pk, before=before, after=after, why=why, touched=[organ]
    )
    append(change)
    return organ


def _tidy(facts: dict[str, Any]) -> dict[str, Any]:
    """As it will be stored."""
    tidy = {name: value.strip() if isinstance(value, str) else value for name, value in facts.items()}
    if "band_colour" in tidy:
        tidy["band_colour"] = legible_colour(tidy["band_colour"])
    if "hostname" in tidy:
        tidy["hostname"] = tidy["hostname"].lower()
    return tidy


def _check(organ: Organ, changed: dict[str, Any]) -> None:
    checked(organ, leave_out=("path", "parent"))
    if {"kind", "level"} & changed.keys():
        check_level(organ)
    if {"credit_code", "index_template"} & changed.keys():
        check_codes(organ)
    for name, form, zh, en in (
        ("postcode", _POSTCODE, "邮政编码须为 6 位数字。", "A postcode has 6 digits."),
        ("site_code", _SITE_CODE, "网站标识码须为 10 位数字。", "A site code has 10 digits."),
        (
            "icp_number",
            _ICP_NUMBER,
            "ICP备案号不对，例如 京ICP备2026000001号-1。",
            "Not a filing number of a site.",
        ),
        (
            "police_number",
            _POLICE_NUMBER,
            "公安联网备案号不对，例如 京公网安备11000002000001号。",
            "Not a filing number of the public security organs.",
        ),
        ("hostname", _HOSTNAME, "域名不对，例如 xxgk.example.gov.cn。", "Not a host name."),
    ):
        value = getattr(organ, name)
        if value and name in changed and not form.fullmatch(value):
            raise WorkError(f"{name}_wrong", zh, en, field=name)


@transaction.atomic
def set_emblem(*, by: Staff, organ: Organ, content: bytes | None) -> Organ:
    """Give an organ its emblem (PNG or JPEG, ≤ 256 kB), or with None take it away. By its administrator."""
    organ = locked_organ(organ)
    by = allowed(by, may_manage_organ, organ)
    if content is None:
        emblem, kind, version = None, "", ""
    else:
        emblem, kind, version = clean_emblem(content)
    before = {"emblem": organ.emblem_version}
    organ.emblem, organ.emblem_type, organ.emblem_version = emblem, kind, version
    organ.save(update_fields=["emblem", "emblem_type", "emblem_version"])
    change = Change("organs.emblem_set", by, organ, organ_id=organ.pk, before=before, touched=[organ])
    change.after = {"emblem": version}
    append(change)
    return organ
