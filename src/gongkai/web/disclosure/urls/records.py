"""Addresses of records and what is done with them."""

from __future__ import annotations

from django.urls import path

from gongkai.web.disclosure.views import drafting, linking, records, settling, stepping

urlpatterns = [
    path("records/", records.records, name="records"),
    path("records/new/", drafting.new, name="new"),
    path("records/<int:pk>/", records.record, name="record"),
    path("records/<int:pk>/versions/<int:number>/", records.version, name="version"),
    path("records/<int:pk>/versions/<int:number>/changes/", records.changes, name="changes"),
    path("records/<int:pk>/versions/<int:number>/pictures/<int:image>/", records.picture, name="picture"),
    path("records/<int:pk>/files/<int:file>/", records.attachment, name="attachment"),
    path("records/<int:pk>/edit/", drafting.edit, name="edit"),
    path("records/<int:pk>/check/", drafting.check, name="check"),
    path("records/<int:pk>/submit/", stepping.submit, name="submit"),
    path("records/<int:pk>/take-back/", stepping.take_back, name="take_back"),
    path("records/<int:pk>/abandon/", stepping.abandon, name="abandon"),
    path("records/<int:pk>/publish/", stepping.publish, name="publish"),
    path("records/<int:pk>/schedule/", stepping.schedule, name="schedule"),
    path("records/<int:pk>/amend/", stepping.amend, name="amend"),
    path("records/<int:pk>/correct/", stepping.correct, name="correct"),
    path("records/<int:pk>/withdraw/", stepping.withdraw, name="withdraw"),
    path("records/<int:pk>/repeal/", stepping.repeal, name="repeal"),
    path("records/<int:pk>/undo-repeal/", stepping.undo_repeal, name="undo_repeal"),
    path("records/<int:pk>/gates/open/", settling.open_gate, name="open_gate"),
    path("records/<int:pk>/gates/<int:gate>/answer/", settling.answer_gate, name="answer_gate"),
    path("records/<int:pk>/link/", linking.link, name="link"),
    path("records/<int:pk>/links/<int:link>/undo/", linking.unlink, name="unlink"),
]
