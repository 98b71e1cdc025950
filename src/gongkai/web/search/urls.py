"""Addresses of search: below /o/<code>/, at an organ's own host name, and over the installation."""

from __future__ import annotations

from django.urls import path, register_converter

from gongkai.web.portal.addresses import OwnOrgan
from gongkai.web.search import views

app_name = "search"
register_converter(OwnOrgan, "organ_of_host")

urlpatterns = [
    path("o/<slug:code>/search/", views.organ_search, name="organ"),
    # At an organ's own host name this is its own search; at any other it is no address, and the next one is.
    path("<organ_of_host:code>search/", views.organ_search, name="organ"),
    path("search/", views.site_search, name="site"),
]
