"""Cases with their events, people, files, decisions, letters and inside work."""

from gongkai.web.requests.models.accounts import Account, AccountSession, Attached
from gongkai.web.requests.models.cases import (
    CLOSED,
    OPEN,
    Case,
    CaseCounter,
    CaseKey,
    Channel,
    Kind,
    RequesterKind,
    Stands,
)
from gongkai.web.requests.models.citizens import CaseNotice, NoticeWay, SentForm
from gongkai.web.requests.models.decisions import (
    Approval,
    ApprovalPlan,
    Decision,
    DecisionKind,
    DecisionStage,
)
from gongkai.web.requests.models.events import CaseEvent
from gongkai.web.requests.models.files import CaseFile, FileKind
from gongkai.web.requests.models.letters import REPLIES, Letter, LetterCounter, LetterTemplate, Service
from gongkai.web.requests.models.offices import Office
from gongkai.web.requests.models.people import IdentityKind, Party, PartyKind, Requester
from gongkai.web.requests.models.work import FeeNotice, FoundInstead, Note, NoteKind, StagedFile, Task

__all__ = [
    "CLOSED",
    "OPEN",
    "REPLIES",
    "Account",
    "AccountSession",
    "Approval",
    "ApprovalPlan",
    "Attached",
    "Case",
    "CaseCounter",
    "CaseEvent",
    "CaseFile",
    "CaseKey",
    "CaseNotice",
    "Channel",
    "Decision",
    "DecisionKind",
    "DecisionStage",
    "FeeNotice",
    "FileKind",
    "FoundInstead",
    "IdentityKind",
    "Kind",
    "Letter",
    "LetterCounter",
    "LetterTemplate",
    "Note",
    "NoteKind",
    "NoticeWay",
    "Office",
    "Party",
    "PartyKind",
    "Requester",
    "RequesterKind",
    "SentForm",
    "Service",
    "StagedFile",
    "Stands",
    "Task",
]
