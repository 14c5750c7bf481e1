"""The test database: made by the owner role, used as the application's role.

A template is migrated and loaded with the library once per state of those files; every run copies it, which takes a
fraction of a second.
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

ROOT = Path(__file__).resolve().parents[2]


class DatabaseMissing(RuntimeError):
    """Where the servers are was not said, or a migration failed; the message says what to do."""


def named(url: str, database: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{database}"))


def _template_name() -> str:
    files = [*sorted(ROOT.glob("*/migrations/*.py")), ROOT / "clinic/protection.py", ROOT / "clinic/grants.py"]
    files += [ROOT / "programs/mapping.py", *sorted((ROOT / "programs/library").rglob("*.*"))]
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in files if path.suffix != ".pyc")).hexdigest()
    return f"strideback_template_{digest[:12]}"


def _make_template(owner_url: str, app_url: str, template: str) -> None:
    """A half-made template is dropped, never reused."""
    with psycopg.connect(named(owner_url, "postgres"), autocommit=True) as admin:
        if admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template]).fetchone():
            return
        raw = f"{template}_{os.getpid()}"
        admin.execute(f'CREATE DATABASE "{raw}"')
        env = os.environ | {
            "DATABASE_URL": named(app_url, raw),
            "DATABASE_OWNER_URL": named(owner_url, raw),
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
        }
        for command in ("migrate", "load_library"):
            arguments = [sys.executable, "manage.py", command, "--verbosity", "0"]
            done = subprocess.run(arguments, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
            if done.returncode:
                admin.execute(f'DROP DATABASE "{raw}" WITH (FORCE)')
                raise DatabaseMissing(f"manage.py {command} failed:\n{done.stdout}{done.stderr}")
        try:
            admin.execute(f'ALTER DATABASE "{raw}" RENAME TO "{template}"')
        except psycopg.errors.DuplicateDatabase:
            admin.execute(f'DROP DATABASE "{raw}"')


@contextmanager
def fresh_database(owner_url: str, app_url: str, name: str) -> Iterator[None]:
    """A migrated database of that name with the library in it, and the environment pointing at it; dropped afterwards."""
    if not owner_url or not app_url:
        raise DatabaseMissing("DATABASE_URL and DATABASE_OWNER_URL are not set: run `make test`.")
    template = _template_name()
    _make_template(owner_url, app_url, template)
    with psycopg.connect(named(owner_url, "postgres"), autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    os.environ["DATABASE_URL"], os.environ["DATABASE_OWNER_URL"] = named(app_url, name), named(owner_url, name)
    try:
        yield
    finally:
        os.environ["DATABASE_URL"], os.environ["DATABASE_OWNER_URL"] = app_url, owner_url
        with psycopg.connect(
            named(app_url, "postgres"), autocommit=True
        ) as app:  # the owner may not end its connections
            app.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND usename = user", [name]
            )
        with psycopg.connect(named(owner_url, "postgres"), autocommit=True) as admin:
            admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
