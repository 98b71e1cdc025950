"""Organs in a tree, their units, the people who work in them and what they are appointed to."""

from gongkai.web.organs.models.appointments import Appointment, Role
from gongkai.web.organs.models.organs import DEFAULT_BAND_COLOUR, Level, Organ, Unit
from gongkai.web.organs.models.sessions import KeptValue, PastPassword, Session
from gongkai.web.organs.models.staff import Staff

__all__ = [
    "DEFAULT_BAND_COLOUR",
    "Appointment",
    "KeptValue",
    "Level",
    "Organ",
    "PastPassword",
    "Role",
    "Session",
    "Staff",
    "Unit",
]
