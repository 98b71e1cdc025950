"""Addresses of the calculators and of the text check."""

from django.urls import path
from django.views.generic import RedirectView

from gongkai.web.calculators import deadline, fee, text_check

urlpatterns = [
    path("deadline", deadline.deadline, name="deadline"),
    path("deadline.json", deadline.deadline_json, name="deadline_json"),
    path("fee", fee.fee, name="fee"),
    path("fee.json", fee.fee_json, name="fee_json"),
    path("text-check", text_check.text_check, name="text_check"),
    path("text-check/masked.txt", text_check.masked_copy, name="masked_copy"),
    # With a slash behind it, as people type addresses.
    *(
        path(f"{address}/", RedirectView.as_view(pattern_name=name, query_string=True, permanent=True))
        for address, name in (("deadline", "deadline"), ("fee", "fee"), ("text-check", "text_check"))
    ),
]
