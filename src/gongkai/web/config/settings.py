"""Settings of the platform: one file for every place it runs, driven by the environment.

| variable | what it sets | default |
|---|---|---|
| GONGKAI_SECRET_KEY | Django's secret key | a new one at each start |
| GONGKAI_CIPHER | what requesters' data is sealed with: aes-256-gcm or sm4-gcm | aes-256-gcm |
| GONGKAI_SECRET_KEY_FALLBACKS | keys it has followed, separated by commas: `gongkai reseal` | none |
| GONGKAI_DEBUG | 1 shows errors to the reader; never on a public site | 0 |
| GONGKAI_ALLOWED_HOSTS | host names, separated by commas | this machine's own |
| GONGKAI_HTTPS | 1 when a proxy in front speaks https (X-Forwarded-Proto) | 0 |
| GONGKAI_READERS | processes that read uploaded files; 0 reads in the server itself | 2 |
| GONGKAI_SAMPLES | folder of the sample reports | `samples/` of the repository |
| GONGKAI_DATA | folder of the database and of stored files | `var/` of the repository |
| GONGKAI_DATABASE | the database's address, as `postgresql://user@host/name` | SQLite in GONGKAI_DATA |
| GONGKAI_CHECK_LINKS | 1 asks other sites whether links to them are dead | 0 |
| GONGKAI_ADDRESS | where the public finds the site: `https://www.example.cn` | http://localhost:8000 |
| GONGKAI_CHANNEL_NETWORKS | inner networks that channels may send to: `10.1.0.0/16,10.2.0.0/16` | none |
| GONGKAI_MAIL | `smtp+tls://user:password@host:587`, `smtps://…`, `smtp://…`; trials: `file:///dir` | none |
| GONGKAI_MAIL_FROM | the sender's address of those letters | gongkai@localhost |
| GONGKAI_SMS_GATEWAY | the address of a gateway for text messages | none |
| GONGKAI_SMS_SECRET | what requests to it are signed with | none |
| GONGKAI_SMS_A_DAY | texts a day that ask to confirm a subscription | 500 |
| GONGKAI_WECHAT_APP_ID, GONGKAI_WECHAT_SECRET | the official account that tells followers | none |
| GONGKAI_WECHAT_NAME | what it is called | none |
| GONGKAI_WECHAT_TOKEN, GONGKAI_WECHAT_AES_KEY | of its pushes (docs/channels.md) | none |
| GONGKAI_WECHAT_TEMPLATE | its template and fields: `ID thing1=title thing2=organ time3=date` | none |
| GONGKAI_SESSION_HOURS | hours after which a person signs in anew | 10 |
| GONGKAI_IDLE_MINUTES | minutes without a page after which a person signs in anew | 60 |
| GONGKAI_PASSWORD_DAYS | days after which a password must be changed; 0: never | 0 |
| GONGKAI_CHANGES_DAYS | days after which read notes of public changes are thrown away; 0: never | 30 |
| GONGKAI_NAME_FAILURES | failures in 15 minutes that lock a name at every address; 0: never | 20 |
| GONGKAI_ADDRESS_FAILURES | failures in 15 minutes that lock an address for every name; 0: never | 100 |
| GONGKAI_PROXIES | proxies in front that add the sender's address to X-Forwarded-For | 1 with https, else 0 |
"""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.management.utils import get_random_secret_key

from gongkai.web.config.database import database

WEB = Path(__file__).resolve().parents[1]
REPOSITORY = WEB.parents[2]

# What personal data is sealed with (requests/key_ring.py): aes-256-gcm or sm4-gcm.
GONGKAI_CIPHER = os.environ.get("GONGKAI_CIPHER") or "aes-256-gcm"

SECRET_KEY_IS_RANDOM = not os.environ.get("GONGKAI_SECRET_KEY")
SECRET_KEY = os.environ.get("GONGKAI_SECRET_KEY") or get_random_secret_key()
SECRET_KEY_FALLBACKS = [
    one.strip() for one in os.environ.get("GONGKAI_SECRET_KEY_FALLBACKS", "").split(",") if one.strip()
]
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

# Whether other sites are asked if a link to them is dead (disclosure/outside_links.py).
CHECK_LINKS = os.environ.get("GONGKAI_CHECK_LINKS") == "1"

# Channels (web/channels): the address told in what is sent, networks that may be sent to, the platforms.
PUBLIC_ADDRESS = (os.environ.get("GONGKAI_ADDRESS") or "http://localhost:8000").rstrip("/")
CHANNEL_NETWORKS = [
    one.strip() for one in os.environ.get("GONGKAI_CHANNEL_NETWORKS", "").split(",") if one.strip()
]
# Messages to subscribers: letters by the mail server GONGKAI_MAIL names, texts by a gateway.
SMS_GATEWAY = os.environ.get("GONGKAI_SMS_GATEWAY", "")
SMS_SECRET = os.environ.get("GONGKAI_SMS_SECRET", "")
SMS_A_DAY = int(os.environ.get("GONGKAI_SMS_A_DAY") or "500")
_mail = urlsplit(os.environ.get("GONGKAI_MAIL", ""))
if _mail.scheme == "file":
    # For trials: each letter is written into a folder, and none is sent.
    EMAIL_BACKEND, EMAIL_FILE_PATH = "django.core.mail.backends.filebased.EmailBackend", unquote(_mail.path)
elif _mail.hostname:
    EMAIL_HOST, EMAIL_PORT = _mail.hostname, _mail.port or (465 if _mail.scheme == "smtps" else 587)
    EMAIL_USE_SSL, EMAIL_USE_TLS = _mail.scheme == "smtps", _mail.scheme == "smtp+tls"
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_mail.username or ""), unquote(_mail.password or "")
else:
    EMAIL_BACKEND = "gongkai.web.channels.subscribing.no_mail.NoMail"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("GONGKAI_MAIL_FROM") or "gongkai@localhost"
# … and, over WeChat, template messages to followers of one account.
WECHAT_APP_ID = os.environ.get("GONGKAI_WECHAT_APP_ID", "")
WECHAT_SECRET = os.environ.get("GONGKAI_WECHAT_SECRET", "")
WECHAT_NAME = os.environ.get("GONGKAI_WECHAT_NAME", "")
WECHAT_TOKEN = os.environ.get("GONGKAI_WECHAT_TOKEN", "")
WECHAT_AES_KEY = os.environ.get("GONGKAI_WECHAT_AES_KEY", "")
WECHAT_TEMPLATE = os.environ.get("GONGKAI_WECHAT_TEMPLATE", "")
WECHAT_ADDRESS = "https://api.weixin.qq.com"
WEIBO_ADDRESS = "https://api.weibo.com"

# The database and the stored files.
DATA = Path(os.environ.get("GONGKAI_DATA") or REPOSITORY / "var")
DATABASES = {"default": database(os.environ.get("GONGKAI_DATABASE", ""), DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "gongkai.web.look",
    "gongkai.web.organs",
    "gongkai.web.audit",
    "gongkai.web.disclosure",
    "gongkai.web.channels",
    "gongkai.web.participation",
    "gongkai.web.requests",
    "gongkai.web.workspace",
    "gongkai.web.portal",
    "gongkai.web.search",
    "gongkai.web.annual_reports",
    "gongkai.web.calculators",
    # After our own apps, whose templates stand before theirs.
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
]
AUTH_USER_MODEL = "organs.Staff"

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "gongkai.web.config.headers.content_security_policy",
    "gongkai.web.config.known_hosts.known_host",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "gongkai.web.organs.signing_in.sessions.Sessions",
    "gongkai.web.config.language.language",
    "gongkai.web.portal.large_type.large_type",
    "gongkai.web.annual_reports.uploads.refuse_oversized",
    "django.middleware.common.CommonMiddleware",
    "gongkai.web.portal.hosts.own_host",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "gongkai.web.audit.correlating.correlated",
    "gongkai.web.organs.hosts.organ_of_host",
    "gongkai.web.organs.signing_in.gate.gate",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",  # last: it looks at what the answer was
]

# Signing in (organs/signing_in): who, how often, how long.
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "gongkai.web.organs.signing_in.backend.StaffBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "organs:start"
SESSION_ENGINE = "gongkai.web.organs.signing_in.sessions"
SESSION_COOKIE_NAME = "session"
SESSION_COOKIE_AGE = int(os.environ.get("GONGKAI_SESSION_HOURS") or "10") * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
IDLE_MINUTES = int(os.environ.get("GONGKAI_IDLE_MINUTES") or "60")
SESSIONS_AT_ONCE = 3
PASSWORD_DAYS = int(os.environ.get("GONGKAI_PASSWORD_DAYS") or "0")
# How long notes of public changes stay that everything has read (disclosure/pruning.py).
CHANGES_DAYS = int(os.environ.get("GONGKAI_CHANGES_DAYS") or "30")
TEMPORARY_PASSWORD_DAYS = 7
PASSWORDS_REMEMBERED = 5
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"gongkai.web.organs.signing_in.passwords.{name}"}
    for name in ("LongEnough", "OfSeveralKinds", "WithoutOwnNames", "NotCommon", "NotUsedBefore")
]
# Behind proxies the sender's address is the one that the outermost of our own has written down.
PROXIES = int(os.environ.get("GONGKAI_PROXIES") or ("1" if HTTPS else "0"))

ACCOUNT_ADAPTER = "gongkai.web.organs.signing_in.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]  # nobody signs up: the addresses are not there
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "signed_out"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_FORMS = {
    "login": "gongkai.web.organs.signing_in.forms.SignInForm",
    "reauthenticate": "gongkai.web.organs.signing_in.forms.PasswordAgainForm",
}
MFA_ADAPTER = "gongkai.web.organs.signing_in.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_TOLERANCE = 1  # a clock may be half a minute out
MFA_RECOVERY_CODE_DIGITS = 10
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS  # browsers themselves allow http on this machine alone
MFA_FORMS = {
    "authenticate": "gongkai.web.organs.signing_in.forms.CodeForm",
    "reauthenticate": "gongkai.web.organs.signing_in.forms.CodeAgainForm",
    "authenticate_webauthn": "gongkai.web.organs.signing_in.forms.PasskeyForm",
    "login_webauthn": "gongkai.web.organs.signing_in.forms.PasskeySignInForm",
    "reauthenticate_webauthn": "gongkai.web.organs.signing_in.forms.PasskeyAgainForm",
    "activate_totp": "gongkai.web.organs.signing_in.forms.NewTotpForm",
    "add_webauthn": "gongkai.web.organs.signing_in.forms.NewPasskeyForm",
    "edit_webauthn": "gongkai.web.organs.signing_in.forms.PasskeyNameForm",
}

# Failures within the same time under one name at all addresses, and from one address under all names: slower,
# since a whole town hall may sit behind one address. 0: no limit.
NAME_FAILURE_LIMIT = int(os.environ.get("GONGKAI_NAME_FAILURES") or "20")
ADDRESS_FAILURE_LIMIT = int(os.environ.get("GONGKAI_ADDRESS_FAILURES") or "100")
AXES_HANDLER = "gongkai.web.organs.signing_in.lockout.Failures"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = dt.timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True  # the log of the platform tells who signed in
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "login", "password", "csrfmiddlewaretoken", "code"]
AXES_USERNAME_CALLABLE = "gongkai.web.organs.signing_in.lockout.username"
AXES_CLIENT_IP_CALLABLE = "gongkai.web.organs.signing_in.lockout.client_address"
AXES_LOCKOUT_CALLABLE = "gongkai.web.organs.signing_in.lockout.locked_out"

# What is kept for minutes, for all processes: attempts counted, codes already used.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "kept_values",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    # What the portal need not work out twice: in the memory of each process, lost with it.
    "portal": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "portal",
        "OPTIONS": {"MAX_ENTRIES": 200},
    },
}

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
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "gongkai.web.annual_reports.context.page",
                "gongkai.web.organs.context.working",
                "gongkai.web.workspace.context.places",
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
