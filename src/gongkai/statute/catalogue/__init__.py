"""What is disclosed proactively, and how: categories, lists, kinds of record, checklists (REG.20 to 26, STD).

>>> category("20.06").short_zh, record_kind("budget").category
('行政处罚和行政强制', '20.07')
"""

from gongkai.statute.catalogue.categories import Category, categories, category
from gongkai.statute.catalogue.checklist import (
    Checklist,
    ChecklistItem,
    RowProblem,
    SpannedCell,
    checklist_columns,
    read_checklist,
    spread,
)
from gongkai.statute.catalogue.columns import Column, LevelName, checklist_levels
from gongkai.statute.catalogue.due import PublicationDue, record_due
from gongkai.statute.catalogue.entries import (
    Entry,
    channel,
    channels,
    genre,
    genre_of_title,
    genres,
    mode,
    modes,
    named,
    pilot_field,
    pilot_fields,
    theme,
    themes,
)
from gongkai.statute.catalogue.errors import CatalogueError
from gongkai.statute.catalogue.kinds import (
    Field,
    KindLimit,
    RecordKind,
    fields,
    missing_fields,
    record_kind,
    record_kinds,
)
from gongkai.statute.catalogue.periods import due_after, next_due, period_due
from gongkai.statute.catalogue.time_limits import Limit, LimitForm, time_limit
from gongkai.statute.catalogue.validity import Change, Validity, validity, validity_changes

__all__ = [
    "CatalogueError",
    "Category",
    "Change",
    "Checklist",
    "ChecklistItem",
    "Column",
    "Entry",
    "Field",
    "KindLimit",
    "LevelName",
    "Limit",
    "LimitForm",
    "PublicationDue",
    "RecordKind",
    "RowProblem",
    "SpannedCell",
    "Validity",
    "categories",
    "category",
    "channel",
    "channels",
    "checklist_columns",
    "checklist_levels",
    "due_after",
    "fields",
    "genre",
    "genre_of_title",
    "genres",
    "missing_fields",
    "mode",
    "modes",
    "named",
    "next_due",
    "period_due",
    "pilot_field",
    "pilot_fields",
    "read_checklist",
    "record_due",
    "record_kind",
    "record_kinds",
    "spread",
    "theme",
    "themes",
    "time_limit",
    "validity",
    "validity_changes",
]
