"""Settings of the platform: one file for every place it runs, driven by the environment.

| variable | what it sets | default |
|---|---|---|
| GONGKAI_SECRET_KEY | Django's secret key | a new one at each start |
| GONGKAI_DEBUG | 1 shows errors to the reader; never on a public site | 0 |
| GONGKAI_ALLOWED_HOSTS | host names, separated by commas | this machine's own |
| GONGKAI_HTTPS | 1 when a proxy in front speaks https (X-Forwarded-Proto) | 0 |
| GONGKAI_READERS | processes that read uploaded files; 0 reads in the server itself | 2 |
| GONGKAI_SAMPLES | folder of the sample reports | `samples/` of the repository |
"""

from __future__ import annotations

import os
from pathlib import Path

from django.core.management.utils import get_random_secret_key

WEB = Path(__file__).resolve().parents[1]
REPOSITORY = WEB.parents[2]

SECRET_KEY_IS_RANDOM = not os.environ.get("GONGKAI_SECRET_KEY")
SECRET_KEY = os.environ.get("GONGKAI_SECRET_KEY") or get_random_secret_key()
DEBUG = os.environ.get("GONGKAI_DEBUG") == "1"
HTTPS = os.environ.get("GONGKAI_HTTPS") == "1"
ALLOWED_HOSTS = [
    host.strip()
    for host in os.environ.get("GONGKAI_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
    if host.strip()
]
SAMPLES = Path(os.environ.get("GONGKAI_SAMPLES") or REPOSITORY / "samples")

# Untrusted files are read in processes of their own (documents/isolation.py).
FILE_READERS = int(os.environ.get("GONGKAI_READERS") or "2")

INSTALLED_APPS = ["django.contrib.staticfiles", "gongkai.web.annual_reports", "gongkai.web.calculators"]
# Nothing is kept yet: no database, no sessions, no sign-in.
DATABASES: dict[str, dict[str, str]] = {}

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "gongkai.web.config.headers.content_security_policy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "gongkai.web.config.language.language",
    "gongkai.web.annual_reports.uploads.refuse_oversized",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "gongkai.web.config.urls"
WSGI_APPLICATION = "gongkai.web.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "gongkai.web.annual_reports.context.page",
            ],
        },
    }
]

# Chinese is the language of the sources; English is complete (a test says so).
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SECURE = HTTPS
LOCALE_PATHS = [WEB / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

# Static files are served as they lie in the packages: nothing is collected or built.
STATIC_URL = "/static/"
STATICFILES_DIRS = [("gongkai", WEB.parent / "annual" / "style")]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

# Files are read in memory and never written to disk; uploads.py holds the limits and says them in words.
FILE_UPLOAD_HANDLERS = ["gongkai.web.annual_reports.uploads.InMemoryHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024 * 1024  # ASGI spools a body to disk past this: over our limit
DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024  # form fields: the results that a download sends back
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1200  # every cell of a report may come as a field (MOST_FIELDS in editing.py)
DATA_UPLOAD_MAX_NUMBER_FILES = None  # the handler counts them: the first ones are still read

CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = HTTPS
CSRF_FAILURE_VIEW = "gongkai.web.annual_reports.errors.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
X_FRAME_OPTIONS = "DENY"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {
        "gongkai": {"handlers": ["console"], "level": "INFO"},
        "django": {"handlers": ["console"], "level": "INFO", "propagate": False},
    },
}
