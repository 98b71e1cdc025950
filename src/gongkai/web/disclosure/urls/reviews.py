"""Addresses of reviews and of the plan they follow."""

from __future__ import annotations

from django.urls import path

from gongkai.web.disclosure.views import planning, reviewing

urlpatterns = [
    path("reviews/", reviewing.reviews, name="reviews"),
    path("reviews/<int:pk>/", reviewing.review, name="review"),
    path("settings/review-plan/", planning.plan, name="plan"),
]
