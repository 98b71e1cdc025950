"""Which tables the log is held against, and why the others need not be. A new table must be told of here."""

from __future__ import annotations

from django.apps import apps

from gongkai.web.audit.canonical import tracked_fields
from gongkai.web.audit.verifying import tracked_models
from gongkai.web.organs.models import Staff

UNTRACKED = {
    "audit.entry": "the log itself: each entry covers the one before",
    "audit.personaldatum": "held against the digest in its entry",
    "audit.chainhead": "held against the last entry",
    "disclosure.publicchange": "a note of changes, which are entries themselves; written by triggers",
    "annual_reports.annualreport": "what the files of published reports say, read anew at any time",
    "channels.position": "how far a follower has read; read again it leads to the same",
    "channels.subscription": "what citizens ask for, by a link; the address is destroyed when it ends",
    "channels.notice": "who is to be told of what; kept as long as the subscription",
    "disclosure.indexcounter": "a number set back meets the unique index numbers, which are tracked",
    "participation.helpfulness": "clicks of readers, counted; nothing rests with anybody",
    "participation.pace": "how much came from a sender, for minutes; names nobody",
    "requests.accountsession": "which browser is in whose account, for hours; opens what the account lists",
    "requests.casecounter": "a number set back meets the unique numbers of cases, which are tracked",
    "requests.casenotice": "who is to be told of which event; the events are tracked",
    "requests.foundinstead": "clicks of readers, counted by month; nothing rests with anybody",
    "requests.lettercounter": "as casecounter, for letters",
    "requests.sentform": "which form has become which case, so that a second press becomes no other",
    "requests.stagedfile": "files of forms that are not sent yet, for a day",
    "organs.session": "who is signed in now; signing in and out are entries",
    "organs.pastpassword": "hashes that a new password must differ from; they open nothing",
    "organs.keptvalue": "limits and codes used, for minutes",
    "sessions.session": "Django's own table, empty: sessions are organs.session",
    "axes.accessattempt": "failures counted; they and the lifting of a lock are entries",
    "axes.accessattemptexpiration": "as accessattempt",
    "axes.accessfailurelog": "empty: the log tells of failures",
    "axes.accesslog": "empty: AXES_DISABLE_ACCESS_LOG",
    "account.emailaddress": "empty: no mail is sent, nobody signs in by mail",
    "account.emailconfirmation": "empty: as emailaddress",
    "admin.logentry": "Django's note beside our entry of a lock lifted",
    "auth.permission": "opens nothing: rights come from appointments",
    "auth.group": "opens nothing: rights come from appointments",
    "auth.group_permissions": "opens nothing: rights come from appointments",
    "contenttypes.contenttype": "names of tables, made by migrations",
}
# Written by signing in, which has an entry of its own.
UNTRACKED_COLUMNS = {
    "organs.staff": {"last_login"},
    "mfa.authenticator": {"last_used_at"},
    # Reckoned from the events, which are tracked; of open cases anew each day.
    "requests.case": {
        "stands",
        "is_open",
        "due_on",
        "due_at_latest",
        "due_is_provisional",
        "waits_until",
        "days_used",
        "in_time",
        "closed_on",
        "has_faults",
        "reckoned_on",
    },
    # Under another key of the installation it is the same key; another one would open nothing.
    "requests.casekey": {"wrapped"},
    "requests.account": {"entered_at"},
    # How an attempt goes; what comes of it, where and when, is an entry.
    "channels.channel": {"rests_until", "trouble_zh", "trouble_en", "failures"},
    "channels.release": {
        "tries",
        "looks",
        "next_try_at",
        "lease",
        "lease_until",
        "is_lost",
        "progress",
        "trouble_code",
        "trouble_zh",
        "trouble_en",
    },
}


def test_every_table_is_tracked_or_told_of_here() -> None:
    tracked = {model._meta.label_lower for model in tracked_models()}
    every = {model._meta.label_lower for model in apps.get_models(include_auto_created=True)}
    assert every - tracked == set(UNTRACKED)


def test_every_column_of_a_tracked_table_is_covered_but_those_told_of_here() -> None:
    for model in tracked_models():
        columns = {one.name for one in model._meta.concrete_fields}
        left_out = columns - {one.name for one in tracked_fields(model)}
        assert left_out == UNTRACKED_COLUMNS.get(model._meta.label_lower, set()), model


def test_a_right_given_behind_the_back_is_among_the_columns_covered() -> None:
    covered = {one.name for one in tracked_fields(Staff)}
    assert {"is_staff", "is_superuser", "is_active", "organ", "unit", "username", "password"} <= covered
