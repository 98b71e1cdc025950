"""What citizens tell an organ, and what it answers."""

from gongkai.web.participation.models.consultations import ONLINE, Consultation, Form, Opinion, Terms
from gongkai.web.participation.models.feedback import ErrorReport, Helpfulness, Pace
from gongkai.web.participation.models.responses import Concern, Response

__all__ = [
    "ONLINE",
    "Concern",
    "Consultation",
    "ErrorReport",
    "Form",
    "Helpfulness",
    "Opinion",
    "Pace",
    "Response",
    "Terms",
]
