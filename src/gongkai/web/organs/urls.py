"""Addresses of the settings and of one's own account."""

from __future__ import annotations

from django.urls import path

from gongkai.web.organs.views import below, me, own_organ, people

app_name = "organs"
urlpatterns = [
    path("work/start/", me.start, name="start"),
    path("work/me/", me.me, name="me"),
    path("work/me/sessions/<slug:session>/end/", me.end_session, name="end_session"),
    path("work/settings/", own_organ.settings, name="settings"),
    path("work/settings/organ/", own_organ.organ, name="organ"),
    path("work/settings/organ/emblem/", own_organ.emblem, name="emblem"),
    path("work/settings/organ/emblem/picture/", own_organ.emblem_picture, name="emblem_picture"),
    path("work/settings/units/", own_organ.units, name="units"),
    path("work/settings/units/add/", own_organ.add_unit, name="add_unit"),
    path("work/settings/units/<int:pk>/", own_organ.unit, name="unit"),
    path(
        "work/settings/units/<int:pk>/office/",
        own_organ.name_disclosure_office,
        name="name_disclosure_office",
    ),
    path("work/settings/units/<int:pk>/close/", own_organ.close_unit, name="close_unit"),
    path("work/settings/people/", people.people, name="people"),
    path("work/settings/people/open/", people.open_account, name="open_account"),
    path("work/settings/people/<int:pk>/", people.person, name="person"),
    path("work/settings/people/<int:pk>/change/", people.change_account, name="change_account"),
    path("work/settings/people/<int:pk>/appoint/", people.appoint, name="appoint"),
    path(
        "work/settings/people/<int:pk>/appointments/<int:appointment>/end/",
        people.end_appointment,
        name="end_appointment",
    ),
    path("work/settings/people/<int:pk>/close/", people.close_account, name="close_account"),
    path("work/settings/people/<int:pk>/password/", people.reset_password, name="reset_password"),
    path(
        "work/settings/people/<int:pk>/second-factor/", people.reset_second_factor, name="reset_second_factor"
    ),
    path("work/settings/people/<int:pk>/unlock/", people.unlock_account, name="unlock_account"),
    path("work/settings/below/", below.below, name="below"),
    path("work/settings/open-organ/", below.open_organ, name="open_organ"),
    path("work/settings/below/<slug:code>/", below.organ_below, name="organ_below"),
    path("work/settings/below/<slug:code>/settle/", below.settle_organ, name="settle_organ"),
    path("work/settings/below/<slug:code>/move/", below.move_organ, name="move_organ"),
    path("work/settings/below/<slug:code>/close/", below.close_organ, name="close_organ"),
    path(
        "work/settings/below/<slug:code>/administrator/",
        below.first_administrator,
        name="first_administrator",
    ),
]
