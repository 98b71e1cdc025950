"""What the sites beside which is measured have in common: middleware and templates as Django writes them.

No module of the platform is imported here: a peer may stand in an environment without it.
"""

from __future__ import annotations

from typing import Any

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
CLICKJACKING = "django.middleware.clickjacking.XFrameOptionsMiddleware"
_PROCESSORS = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
]


def templates(*before: str) -> list[dict[str, Any]]:
    """The setting TEMPLATES; `before`: further context processors, asked first."""
    return [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {"context_processors": [*before, *_PROCESSORS]},
        }
    ]
