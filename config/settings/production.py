"""A server on the internet. Refuses to start with a missing or weak value, naming every one at once."""

import os
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from config.settings.base import *  # noqa: F403

MIN_SECRET_LENGTH = 50
WEAK_PASSWORDS = {"", "postgres", "password", "strideback", "changeme", "secret"}


def problems(env: dict[str, str]) -> list[str]:
    """Every reason why these values are not fit for patients' data, each saying what to do."""
    found = []
    for name in (
        "SECRET_KEY",
        "DATABASE_URL",
        "BROKER_URL",
        "SITE_URL",
        "ALLOWED_HOSTS",
        "EMAIL_URL",
        "DEFAULT_FROM_EMAIL",
    ):
        if not env.get(name):
            found.append(f"{name} is missing: set it in the environment")
    # Only migrating needs the owner: web and workers do better without a password that can lift row-level security.
    if env.get("STRIDEBACK_DB_ROLE") == "owner" and not env.get("DATABASE_OWNER_URL"):
        found.append("DATABASE_OWNER_URL is missing: set it in the environment of the command that migrates")
    if env.get("SECRET_KEY") and (len(env["SECRET_KEY"]) < MIN_SECRET_LENGTH or len(set(env["SECRET_KEY"])) < 10):
        found.append(f"SECRET_KEY is weak: use at least {MIN_SECRET_LENGTH} random characters")
    if env.get("SITE_URL") and urlsplit(env["SITE_URL"]).scheme != "https":
        found.append("SITE_URL must start with https://: patients' links carry health data")
    if "*" in env.get("ALLOWED_HOSTS", "").split(","):
        found.append("ALLOWED_HOSTS must name the hosts, not *")
    app, owner = urlsplit(env.get("DATABASE_URL", "")), urlsplit(env.get("DATABASE_OWNER_URL", ""))
    if app.username and app.username == owner.username:
        found.append("DATABASE_URL and DATABASE_OWNER_URL need two roles: the application must not own its tables")
    if any(host.startswith("http:") for host in env.get("PUSH_HOSTS", "").split(",")):
        found.append("PUSH_HOSTS must not hold an http:// address: push services are called by https")
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "BROKER_URL"):
        if env.get(name) and (urlsplit(env[name]).password or "") in WEAK_PASSWORDS:
            found.append(f"{name} has no password or a common one: use a random password")
    return found


if _problems := problems(dict(os.environ)):
    raise ImproperlyConfigured("Strideback does not start: " + "; ".join(_problems))

DEBUG = False
KNOWLEDGE_MUST_BE_RELEASED = True
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^health/$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"
CSRF_TRUSTED_ORIGINS = [SITE_URL]  # noqa: F405
ALLAUTH_TRUSTED_PROXY_COUNT = 1
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "config.storage.StaticFiles"},
}
