"""One machine, started by `make run`: plain http on the loopback address."""

import os

from config.settings.base import *  # noqa: F403

DEBUG = os.environ.get("DEBUG") == "1"
SECRET_KEY = SECRET_KEY or "only-for-commands-that-need-no-secret"  # noqa: F405
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT = None  # files are served from where they lie
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
