"""The platform's database and apps, and of middleware what the admin asks for."""

from benchmarks import peer_pages
from gongkai.web.config.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.peer_admin.urls"
MIDDLEWARE = [
    *peer_pages.MIDDLEWARE,
    "benchmarks.peer_admin.urls.let_in",
    "allauth.account.middleware.AccountMiddleware",  # its app does not start without
]
TEMPLATES = peer_pages.templates()
