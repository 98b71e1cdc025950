"""Roles, levels and kinds of organs as people read them, in the reader's language."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gongkai.statute.remedies import OrganKind, kind_name
from gongkai.web.organs.models import Appointment, Level, Organ, Role

ROLE_WORDS = {
    Role.CLERK: _("经办人"),
    Role.UNIT_HEAD: _("科室负责人"),
    Role.SECRECY_OFFICER: _("保密审查员"),
    Role.LEADER: _("分管领导"),
    Role.DISCLOSURE_OFFICE: _("公开工作机构"),
    Role.SUPERVISING_AUTHORITY: _("主管部门"),
    Role.AUDITOR: _("审计员"),
    Role.ADMINISTRATOR: _("管理员"),
}
LEVEL_WORDS = {
    Level.PROVINCE: _("省级"),
    Level.PREFECTURE: _("市级"),
    Level.COUNTY: _("县级"),
    Level.TOWNSHIP: _("乡级"),
}


def kind_in_words(kind: str) -> str:
    """The kind of an organ."""
    zh, en = kind_name(OrganKind(kind))
    return en if get_language() == "en" else zh


def kinds_in_words() -> list[tuple[str, str]]:
    """All kinds, for a choice."""
    return [(one.value, kind_in_words(one.value)) for one in OrganKind]


def level_in_words(organ: Organ) -> str:
    return str(LEVEL_WORDS[Level(organ.level)])


def appointment_in_words(appointment: Appointment) -> str:
    """`经办人（社会事务办公室）`."""
    words = str(ROLE_WORDS[Role(appointment.role)])
    return f"{words}（{appointment.unit.name}）" if appointment.unit else words
