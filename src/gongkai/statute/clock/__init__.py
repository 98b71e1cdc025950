"""The clock of a request: state, due date, and how the date came about (REG.30 to REG.35, FEE.6).

>>> from datetime import date
>>> from gongkai.statute.calendar import national
>>> clock([event("received", date(2025, 9, 26))], national()).due.date
datetime.date(2025, 10, 30)
"""

from gongkai.statute.clock.events import Event, EventKind, Way, event, parse_event
from gongkai.statute.clock.explaining import Line, explanation
from gongkai.statute.clock.findings import Finding
from gongkai.statute.clock.receipt import Channel, Receipt, receipt
from gongkai.statute.clock.running import clock
from gongkai.statute.clock.standing import Clock, Interval, State, Step

__all__ = [
    "Channel",
    "Clock",
    "Event",
    "EventKind",
    "Finding",
    "Interval",
    "Line",
    "Receipt",
    "State",
    "Step",
    "Way",
    "clock",
    "event",
    "explanation",
    "parse_event",
    "receipt",
]
