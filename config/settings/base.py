"""What every installation shares. Everything that differs comes from the environment; security has its own page."""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext_lazy as _

from config.settings.security import *  # noqa: F403

BASE_DIR = Path(__file__).resolve().parent.parent.parent


def database(url: str) -> dict[str, object]:
    """Django's settings for one postgresql:// address."""
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 10},
    }


DATABASE_URL = os.environ.get("DATABASE_URL", "")
DATABASE_OWNER_URL = os.environ.get("DATABASE_OWNER_URL", "")
AS_OWNER = os.environ.get("STRIDEBACK_DB_ROLE") == "owner"
DATABASES = {"default": database((AS_OWNER and DATABASE_OWNER_URL) or DATABASE_URL)}
DATABASE_APP_ROLE = urlsplit(DATABASE_URL).username or ""

BROKER_URL = os.environ.get("BROKER_URL", "")
CACHE_URL = os.environ.get("CACHE_URL") or (BROKER_URL.rsplit("/", 1)[0] + "/1" if BROKER_URL else "")
if CACHE_URL:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": CACHE_URL,
            "OPTIONS": {"socket_connect_timeout": 2, "socket_timeout": 2},
        }
    }

SECRET_KEY = os.environ.get("SECRET_KEY", "")
SITE_URL = os.environ.get("SITE_URL", "http://localhost:8000").rstrip("/")
ALLOWED_HOSTS = [host for host in os.environ.get("ALLOWED_HOSTS", "").split(",") if host]

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
_email = urlsplit(os.environ.get("EMAIL_URL", "smtp://localhost:25"))
EMAIL_HOST = _email.hostname or "localhost"
EMAIL_PORT = _email.port or 25
EMAIL_HOST_USER = unquote(_email.username or "")
EMAIL_HOST_PASSWORD = unquote(_email.password or "")
EMAIL_USE_TLS = _email.scheme == "smtp+tls"
EMAIL_USE_SSL = _email.scheme == "smtps"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "Strideback <no-reply@strideback.example>")

VAPID_PRIVATE_KEY = os.environ.get("VAPID_PRIVATE_KEY", "")
"""32 random bytes in base64: reminders on phones are offered while it is set. A new key ends every phone's subscription."""
PUSH_HOSTS = [host for host in os.environ.get("PUSH_HOSTS", "").split(",") if host]
"""Push services beside the known ones (programs.push.endpoints): a host, or a whole origin, which may then be http."""

INSTALLED_APPS = [
    "clinic",
    "assessments",
    "programs",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "django_htmx",
    "template_partials",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "clinic.middleware.SecurityHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "clinic.middleware.SessionLimits",
    "clinic.middleware.LoginRequired",
    "clinic.middleware.CurrentClinic",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "clinic.User"

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en", _("English"))]
PATIENT_LANGUAGES = [("en", "English"), ("de", "Deutsch"), ("fr", "Français"), ("es", "Español")]
"""Staff's pages are in LANGUAGES; the patient's page, paper and mail in these, each under its own name."""
FORMAT_MODULE_PATH = ["config.formats"]
LOCALE_PATHS = [BASE_DIR / "config" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

KNOWLEDGE_MUST_BE_RELEASED = False
"""A server signs with kept knowledge only (production says so); while knowledge is being written it need not be."""

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = BASE_DIR / "staticfiles"

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "programs:caseload"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"no_link_tokens": {"()": "clinic.logs.HideLinkTokens"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["no_link_tokens"]}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "weasyprint": {"level": "WARNING"},
        "fontTools": {"level": "WARNING"},
        "django.server": {"handlers": ["console"], "level": "INFO", "propagate": False},
    },
}
