"""The tests: like one machine, with cheap password hashing and no waiting."""

import os

from config.settings.dev import *  # noqa: F403

DEBUG = False
SECRET_KEY = "tests-only-and-never-anywhere-else-0123456789"  # noqa: S105
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LOST_LINK_ANSWER_SECONDS = 0
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]

if CACHE_URL and (_process := os.environ.get("PYTEST_XDIST_WORKER", "")[2:]):  # noqa: F405
    # each test process empties its own cache after every test and counts its own rate limits
    CACHES["default"]["LOCATION"] = f"{CACHE_URL.rpartition('/')[0]}/{2 + int(_process) % 12}"  # noqa: F405
