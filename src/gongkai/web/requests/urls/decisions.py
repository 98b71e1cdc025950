"""Addresses of parties, decisions, letters, service, fees and settings (see urls/work.py)."""

from __future__ import annotations

from django.urls import URLPattern, path

from gongkai.web.requests.views import (
    approving,
    charging,
    deciding,
    guiding,
    letter_drafting,
    lettering,
    mailing,
    parties,
    printing_pages,
    serving,
    settings_pages,
)

_case = "requests/<int:pk>/"
_party = f"{_case}parties/<int:party>/"
_decision = f"{_case}decisions/<int:decision>/"
_letter = f"{_case}letters/<int:letter>/"
_file = f"{_case}released/<int:file>/"
urlpatterns: list[URLPattern] = [
    path(f"{_case}parties/", parties.parties, name="parties"),
    path(f"{_case}parties/new/", parties.party_add, name="party_add"),
    path(_party, parties.party, name="party"),
    path(f"{_party}reached/", parties.reached, name="reached"),
    path(f"{_party}opinion/", parties.opinion, name="opinion"),
    path(f"{_case}guide/", guiding.guide, name="guide"),
    path(f"{_case}decision/", deciding.decision, name="decision"),
    path(_decision, deciding.decision_seen, name="decision_seen"),
    path(f"{_decision}take-back/", deciding.decision_take_back, name="take_back"),
    path(f"{_decision}abandon/", deciding.decision_abandon, name="decision_abandon"),
    path("requests/approvals/", approving.approvals, name="approvals"),
    path("requests/approvals/<int:approval>/", approving.approval, name="approval"),
    path(f"{_case}released/", serving.released, name="released"),
    path(f"{_file}release/", serving.release, name="release"),
    path(f"{_file}unrelease/", serving.unrelease, name="unrelease"),
    path(f"{_case}letters/", lettering.letters, name="letters"),
    path(f"{_case}letters/new/<slug:kind>/", letter_drafting.letter_new, name="letter_new"),
    path(_letter, lettering.letter, name="letter"),
    path(f"{_letter}edit/", letter_drafting.letter_edit, name="letter_edit"),
    path(f"{_letter}words/", lettering.letter_own_words, name="letter_own_words"),
    path(f"{_letter}preview/", lettering.letter_pdf, name="letter_pdf"),
    path(f"{_letter}file/<slug:name>/", lettering.letter_file, name="letter_file"),
    path(f"{_letter}issue/", lettering.issue, name="issue"),
    path(f"{_letter}drop/", lettering.drop, name="drop"),
    path(f"{_letter}send/", serving.send, name="send"),
    path(f"{_letter}mail/", mailing.mail, name="mail"),
    path(f"{_case}services/<int:service>/evidence/", serving.evidence, name="evidence"),
    path(f"{_case}services/<int:service>/arrived/", serving.arrived, name="arrived"),
    path(f"{_case}services/<int:service>/returned/", serving.returned, name="returned"),
    path(f"{_case}fee/", charging.fee, name="fee"),
    path(f"{_case}fee/reckon/", charging.fee_reckon, name="fee_reckon"),
    path(f"{_case}fee/paid/", charging.fee_paid, name="fee_paid"),
    path(f"{_case}papers/", printing_pages.papers, name="papers"),
    path(f"{_case}papers/<slug:kind>/", printing_pages.paper, name="paper"),
    path("requests/printing/", printing_pages.printing, name="printing"),
    path("requests/office/", settings_pages.office, name="office"),
    path("requests/office/approval/", settings_pages.approval_plan, name="approval_plan"),
    path("requests/templates/", settings_pages.templates, name="templates"),
    path("requests/templates/<str:key>/", settings_pages.template, name="template"),
]
