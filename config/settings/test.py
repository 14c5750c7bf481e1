"""The tests: like one machine, with cheap password hashing and no waiting."""

from config.settings.dev import *  # noqa: F403

DEBUG = False
SECRET_KEY = "tests-only-and-never-anywhere-else-0123456789"  # noqa: S105
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
