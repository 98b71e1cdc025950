"""Records with their versions, the review of each version, the checklist, the figures of table 2."""

from gongkai.web.disclosure.models.checklist import ChecklistItem, WithheldItem
from gongkai.web.disclosure.models.figures import STOCKS, Figure, FigureKind
from gongkai.web.disclosure.models.gates import Gate, GateKind
from gongkai.web.disclosure.models.importing import ImportRun, Purpose
from gongkai.web.disclosure.models.outbox import PublicChange
from gongkai.web.disclosure.models.records import IndexCounter, Link, LinkKind, Record, State
from gongkai.web.disclosure.models.reviews import Result, Review, ReviewPlan, Step
from gongkai.web.disclosure.models.versions import Attachment, Image, Version

__all__ = [
    "STOCKS",
    "Attachment",
    "ChecklistItem",
    "Figure",
    "FigureKind",
    "Gate",
    "GateKind",
    "Image",
    "ImportRun",
    "IndexCounter",
    "Link",
    "LinkKind",
    "PublicChange",
    "Purpose",
    "Record",
    "Result",
    "Review",
    "ReviewPlan",
    "State",
    "Step",
    "Version",
    "WithheldItem",
]
