"""Addresses of subscriptions, for everybody."""

from __future__ import annotations

from django.urls import path

from gongkai.web.channels.views import citizens, wechat

app_name = "subscriptions"
urlpatterns = [
    path("subscribe/", citizens.subscribe, name="subscribe"),
    path("subscribe/feed.atom", citizens.feed, name="feed"),
    path("subscribe/wechat/", wechat.pushed, name="wechat"),
    path("subscribe/told/<str:token>/", citizens.told_page, name="told"),
    path("subscribe/confirm/<str:token>/", citizens.confirm_page, name="confirm"),
    path("subscribe/end/<str:token>/", citizens.end_page, name="end"),
]
