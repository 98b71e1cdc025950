"""Who gets at what: every address × every role × at the organ, beside it and above it. Each cell is asserted.

An address that is new in the URL table and not told of here fails the test: somebody must say who may see it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client, override_settings
from tests.web import platform
from tests.web.isolation import SECRETS, Address, Asker, Things, addresses, askers, things_of
from tests.web.isolation_questions import Reading, matters, noticed
from tests.web.requests import decision_things, work_things

from gongkai.web.audit.models import Entry
from gongkai.web.audit.verifying import verify
from gongkai.web.organs.models import Role

pytestmark = pytest.mark.django_db

ROLES = [role.value for role in Role]
WORKERS = ["clerk", "unit_head", "secrecy_officer", "leader", "disclosure_office", "auditor"]
SEERS = [*WORKERS, "supervising_authority"]
DRAFTERS = ["clerk", "unit_head", "disclosure_office"]
SETTLERS = [*DRAFTERS, "secrecy_officer"]
OFFICE = ["disclosure_office"]
SUPERVISORS = ["supervising_authority"]
ADMINISTRATORS = ["administrator"]
LOGGED = ["auditor", "administrator"]
WITHHOLDERS = ["secrecy_officer", "disclosure_office"]
SHREDDERS = [*WITHHOLDERS, "auditor"]

# A thing of the town: who of its own people (and of those supervising it from above) may open the page.
# Others who may see the thing are refused (403); who may not see it is not told that it is there (404).
OF_A_RECORD: dict[str, list[str]] = {
    **dict.fromkeys(
        ("record", "version", "changes", "picture", "attachment", "review", "undo_repeal"), SEERS
    ),
    **dict.fromkeys(
        ("edit", "submit", "take_back", "abandon", "schedule", "amend", "correct", "link", "fulfils"),
        DRAFTERS,
    ),
    **dict.fromkeys(("check", "unlink"), DRAFTERS),
    **dict.fromkeys(("open_gate", "answer_gate"), SETTLERS),
    "publish": OFFICE,
    "withdraw": ["secrecy_officer", "leader", "disclosure_office"],
    "repeal": ["unit_head", "leader", "disclosure_office"],
}
# A thing of the town's whose list these may see: 404 for the same role elsewhere, 403 for the others.
OF_THE_ORGAN: dict[str, tuple[list[str], list[str]]] = {
    "disclosure:checklist_item": (SEERS, SUPERVISORS),
    "disclosure:checklist_change": (OFFICE, []),
    "disclosure:checklist_close": (OFFICE, []),
    # The item has no unit: its clerks and heads have a unit, and are responsible for that one alone.
    "disclosure:checklist_join": (OFFICE, []),
    "disclosure:checklist_leave": (OFFICE, []),
    "disclosure:withheld_item": (WITHHOLDERS, []),
    "disclosure:figure_replace": (DRAFTERS, []),
    "disclosure:figure_withdraw": (DRAFTERS, []),
    "disclosure:import_run": (SEERS, SUPERVISORS),
    "disclosure:import_left_out": (SEERS, SUPERVISORS),
    "workspace:entry": (LOGGED, []),
    **{f"participation_work:{name}": (SEERS, SUPERVISORS) for name in ("report", "consultation")},
    **{
        f"participation_work:{name}": (DRAFTERS, [])
        for name in ("report_contact", "terms", "result", "sender", "opinion_add")
    },
    **{f"participation_work:{name}": (SHREDDERS, []) for name in ("report_shred", "opinion_shred")},
    **{f"channels:{name}": (SEERS, SUPERVISORS) for name in ("record", "release", "sheet")},
    **{f"channels:{name}": (DRAFTERS, []) for name in ("again", "done", "give_up", "elsewhere")},
    **{f"channels:{name}": ([*OFFICE, *ADMINISTRATORS], []) for name in ("channel", "switch")},
    **decision_things.OF_THE_ORGAN,
    **work_things.OF_THE_ORGAN,
    "participation_work:opinion": (WORKERS, []),
    "participation_work:response_withdraw": ([*DRAFTERS, "leader"], []),
    "workspace:shred": (LOGGED, []),
    **{
        f"organs:{name}": (ADMINISTRATORS, [])
        for name in (
            "appoint",
            "change_account",
            "close_account",
            "close_unit",
            "end_appointment",
            "person",
            "name_disclosure_office",
            "reset_password",
            "reset_second_factor",
            "unit",
            "unlock_account",
        )
    },
    **{f"organs:{name}": (ADMINISTRATORS, ADMINISTRATORS) for name in ("close_organ", "move_organ")},
    "organs:first_administrator": (ADMINISTRATORS, ADMINISTRATORS),
    "organs:settle_organ": ([], ADMINISTRATORS),
    "organs:organ_below": ([*SUPERVISORS, *ADMINISTRATORS], [*SUPERVISORS, *ADMINISTRATORS]),
}
# Pages about the organ of whoever asks: the same roles everywhere, each seeing their own.
OF_ONES_OWN: dict[str, list[str]] = {
    **dict.fromkeys(
        (
            "disclosure:checklist",
            "disclosure:checklist_export",
            "disclosure:figures",
            "disclosure:figures_export",
        ),
        SEERS,
    ),
    "disclosure:table2_documents": SEERS,
    "disclosure:export": SEERS,
    **{f"disclosure:checklist_{name}": OFFICE for name in ("add", "import", "sample")},
    **{f"disclosure:{name}": SUPERVISORS for name in ("checklist_area", "figures_area")},
    **{
        f"disclosure:{name}": DRAFTERS
        for name in (
            "figure_add",
            "figures_import",
            "figures_sample",
            "import",
            "import_sample",
            "import_word",
            "new",
        )
    },
    **decision_things.OF_ONES_OWN,
    **work_things.OF_ONES_OWN,
    "disclosure:new": DRAFTERS,
    **{f"disclosure:{name}": WITHHOLDERS for name in ("withheld", "withheld_add")},
    "disclosure:plan": [*OFFICE, *ADMINISTRATORS],
    "organs:below": [*SUPERVISORS, *ADMINISTRATORS],
    "organs:people": [*OFFICE, *LOGGED],
    **{
        f"organs:{name}": ADMINISTRATORS
        for name in ("add_unit", "emblem", "emblem_picture", "open_account", "open_organ", "organ", "units")
    },
    "workspace:area": SUPERVISORS,
    **{f"participation_work:{name}": SEERS for name in ("reports", "pages", "consultations", "responses")},
    **{f"channels:{name}": WORKERS for name in ("releases", "figures")},
    **{f"channels:{name}": [*OFFICE, *ADMINISTRATORS] for name in ("channels", "open")},
    "participation_work:consultation_add": DRAFTERS,
    "participation_work:response_add": [*DRAFTERS, "leader"],
    "participation_work:area": SUPERVISORS,
    "workspace:log": [*LOGGED, *SUPERVISORS],  # who supervises is led on to the next
    "workspace:log_appointments": SUPERVISORS,
    "workspace:verify": LOGGED,
}
# For whoever is signed in, about themselves.
FOR_THE_SIGNED_IN = frozenset(
    {
        "account_change_password", "account_reauthenticate", "disclosure:records", "disclosure:reviews",
        "organs:end_session", "organs:me", "organs:settings", "organs:start", "second_factor",
        "workspace:search", "workspace:switch", "workspace:today",
        *decision_things.FOR_THE_SIGNED_IN,
    }
)  # fmt: skip
SIGNING_IN = ("mfa_", "account_login", "account_logout", "signed_out")
FOR_EVERYBODY = ("portal:", "subscriptions:", "participation:", "search:", "requests:")


QUICK = {"FILE_READERS": 0, "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"]}


@dataclass(frozen=True)
class Answer:
    """What an asker got at an address: in the words of `expected`, and what else a test wants to know."""

    address: Address
    asker: Asker
    got: str
    entered: bool  # an empty form sent there changed something
    secrets: tuple[str, ...]  # of `SECRETS`, on the page
    read: frozenset[str]  # names of the question that the page looked at


@dataclass(frozen=True)
class Asked:
    """Everything asked once by everybody. Later questions are put by the same people to the same things."""

    things: Things
    clients: dict[Asker, Client]
    answers: list[Answer]
    files: Path


@pytest.fixture(scope="class")
def asked(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Asked]:
    files = tmp_path_factory.mktemp("matrix")
    with override_settings(DATA=files, **QUICK), django_db_blocker.unblock(), transaction.atomic():
        cache.clear()
        district = platform.district()
        things = things_of(district.town)
        clients = {one: one.client() for one in askers(district)}
        with noticed() as reading:
            answers = [
                _answer(things, address, asker, client, reading)
                for address in addresses()
                for asker, client in clients.items()
                if expected(address, asker) is not None or _is_elsewhere(asker)
            ]
        yield Asked(things, clients, answers, files)
        transaction.set_rollback(True)


def _answer(things: Things, address: Address, asker: Asker, client: Client, reading: Reading) -> Answer:
    url = things.address(address)
    reading.begin()
    answer, entered = client.get(url), False
    secrets, read = _secrets(answer), reading.names
    if answer.status_code == 405:
        answer, entered = _sent(client, url)
    return Answer(address, asker, told(answer), entered, secrets, read)


def _is_elsewhere(asker: Asker) -> bool:
    """Nothing of the town's alone is for them."""
    return asker.place != "own" and asker.role != "supervising_authority"


def _secrets(answer: Any) -> tuple[str, ...]:
    body = answer.getvalue().decode("utf-8", "replace")
    return tuple(one for one in SECRETS if one in body)


def test_every_address_is_told_of() -> None:
    told = {
        *(f"disclosure:{name}" for name in OF_A_RECORD), *OF_THE_ORGAN, *OF_ONES_OWN, *FOR_THE_SIGNED_IN,
    }  # fmt: skip
    names = {one.name for one in addresses() if ":" in one.name or one.name in FOR_THE_SIGNED_IN}
    assert {name for name in names if not name.startswith(FOR_EVERYBODY)} - told == set()
    assert told - {one.name for one in addresses()} == set()


class TestEverythingAskedByEverybody:
    @pytest.fixture(autouse=True)
    def _files(self, asked: Asked, settings: Any) -> None:
        settings.DATA = asked.files

    def test_every_cell_of_the_matrix(self, asked: Asked) -> None:
        wrong: list[str] = []
        cells = 0
        for one in asked.answers:
            wanted = expected(one.address, one.asker)
            if wanted is None:
                continue
            cells += 1
            cell = f"{one.address.name} as {one.asker.role} ({one.asker.place})"
            if one.entered and wanted != "open":
                wrong.append(f"{cell}: entered in the log")
            if one.got != wanted and not (wanted == "refused" and one.got in ("403", "404")):
                wrong.append(f"{cell}: {one.got}, not {wanted}")
        assert wrong == [], "\n".join(wrong)
        assert cells > 2000
        assert verify().faults == []

    def test_nobody_elsewhere_reads_what_is_the_towns_alone(self, asked: Asked) -> None:
        organ = asked.things.house.organ
        questions = ("?q=北山镇", f"?organ={organ.code}", f"?organ={organ.pk}")
        read: list[str] = []
        put = 0
        for one in asked.answers:
            if not _is_elsewhere(one.asker):
                continue
            cell = f"as {one.asker.role} ({one.asker.place})"
            read += [f"{one.address.name} {cell}" for _ in one.secrets]
            for question in questions:
                if matters(question, one.read):
                    put += 1
                    answer = asked.clients[one.asker].get(asked.things.address(one.address) + question)
                    read += [f"{one.address.name}{question} {cell}" for _ in _secrets(answer)]
        assert read == []
        assert put > 500


def expected(address: Address, asker: Asker) -> str | None:
    """What the asker is to get: `open`, 403, 404, `sign in`, `second factor`; None: not for this table."""
    name = address.name
    if name.startswith(FOR_EVERYBODY) or name.startswith(SIGNING_IN) or not _is_told(name):
        return None
    if asker.role == "nobody":
        return "sign in"
    if asker.role == "superuser":
        # The flag of Django opens nothing: without a second factor not even the door.
        return None if name in FOR_THE_SIGNED_IN else "second factor"
    if name in FOR_THE_SIGNED_IN:
        return None if name == "organs:end_session" else "open"
    if name in OF_ONES_OWN:
        return "open" if asker.role in OF_ONES_OWN[name] else "403"
    if name in OF_THE_ORGAN:
        return _of_the_organ(name, asker)
    return _of_a_record(OF_A_RECORD[name.partition(":")[2]], asker)


def _sent(client: Client, url: str) -> tuple[Any, bool]:
    """The answer to an empty form, and whether it changed something. Nothing stays: the next one asks too."""
    with transaction.atomic():
        before = Entry.objects.count()
        answer = client.post(url, {})
        changed = Entry.objects.count() != before
        transaction.set_rollback(True)
    return answer, changed


def _of_a_record(may: list[str], asker: Asker) -> str:
    sees = (asker.place == "own" and asker.role in SEERS) or (
        asker.place == "above" and asker.role in SUPERVISORS
    )
    if not sees:
        return "404"
    return "open" if asker.role in may else "403"


def _of_the_organ(name: str, asker: Asker) -> str:
    own, above = OF_THE_ORGAN[name]
    if asker.role in (own if asker.place == "own" else above if asker.place == "above" else ()):
        return "open"
    return "refused"


def _is_told(name: str) -> bool:
    return (
        name in OF_ONES_OWN
        or name in OF_THE_ORGAN
        or name in FOR_THE_SIGNED_IN
        or name.partition(":")[2] in OF_A_RECORD
    )


def told(answer: Any) -> str:
    """The answer in the words of `expected`."""
    if answer.status_code in (301, 302, 303):
        where = answer["Location"]
        if where.startswith("/work/sign-in/"):
            return "sign in"
        return "second factor" if where.startswith("/work/me/second-factor/") else "open"
    # A form sent empty, or a thing not in the state for it: told to those alone who may do it.
    return "open" if answer.status_code in (200, 400, 409, 422) else str(answer.status_code)
