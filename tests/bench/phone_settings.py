"""The tests' settings with static files as a server serves them: named by their content, compressed, kept by browsers."""

import os

from config.settings.test import *  # noqa: F403

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "config.storage.StaticFiles"},
}
STATIC_ROOT = os.environ["STATIC_ROOT"]
WHITENOISE_USE_FINDERS = False
WHITENOISE_AUTOREFRESH = False
