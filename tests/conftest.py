"""One real PostgreSQL database for the whole run: made by the owner role, used as the application's role.

DATABASE_URL, DATABASE_OWNER_URL and BROKER_URL say where the servers are (`make test` starts them). The test database is
a copy of a template that is migrated once per state of the migration files.
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

ROOT = Path(__file__).resolve().parent.parent
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright's synchronous interface runs an event loop


def _named(url: str, database: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{database}"))


def _template_name() -> str:
    files = [*sorted(ROOT.glob("*/migrations/*.py")), ROOT / "clinic/protection.py", ROOT / "clinic/grants.py"]
    files += [*sorted((ROOT / "programs/library").rglob("*.toml")), ROOT / "programs/mapping.py"]
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()
    return f"strideback_template_{digest[:12]}"


def _make_template(owner_url: str, app_url: str, template: str) -> None:
    """Migrate and load the library once; a half-made template is dropped, never reused."""
    with psycopg.connect(_named(owner_url, "postgres"), autocommit=True) as admin:
        if admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template]).fetchone():
            return
        raw = f"{template}_{os.getpid()}"
        admin.execute(f'CREATE DATABASE "{raw}"')
        env = os.environ | {
            "DATABASE_URL": _named(app_url, raw),
            "DATABASE_OWNER_URL": _named(owner_url, raw),
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
        }
        for command in (["migrate", "--verbosity", "0"], ["load_library", "--verbosity", "0"]):
            done = subprocess.run(
                [sys.executable, "manage.py", *command], cwd=ROOT, env=env, capture_output=True, text=True, check=False
            )
            if done.returncode:
                admin.execute(f'DROP DATABASE "{raw}"')
                pytest.exit(f"manage.py {' '.join(command)} failed:\n{done.stdout}{done.stderr}", returncode=1)
        try:
            admin.execute(f'ALTER DATABASE "{raw}" RENAME TO "{template}"')
        except psycopg.errors.DuplicateDatabase:
            admin.execute(f'DROP DATABASE "{raw}"')


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: object) -> Iterator[None]:
    """Replaces pytest-django's: the application's role must neither create nor own the tables it is tested on."""
    from django.conf import settings
    from django.db import connections

    owner_url, app_url = settings.DATABASE_OWNER_URL, settings.DATABASE_URL
    if not owner_url:
        pytest.exit("DATABASE_URL and DATABASE_OWNER_URL are not set: run `make test`.", returncode=1)
    template, name = _template_name(), f"strideback_test_{os.getpid()}"
    _make_template(owner_url, app_url, template)
    with psycopg.connect(_named(owner_url, "postgres"), autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    os.environ["DATABASE_URL"], os.environ["DATABASE_OWNER_URL"] = _named(app_url, name), _named(owner_url, name)
    settings.DATABASE_URL, settings.DATABASE_OWNER_URL = os.environ["DATABASE_URL"], os.environ["DATABASE_OWNER_URL"]
    connections["default"].close()
    connections["default"].settings_dict["NAME"] = name
    connections.databases["default"]["NAME"] = name
    yield
    for connection in connections.all():
        connection.close()
    with psycopg.connect(_named(owner_url, "postgres"), autocommit=True) as admin:
        admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@pytest.fixture(autouse=True)
def _fresh_cache() -> Iterator[None]:
    """Rate limits counted in one test must not stop the next."""
    yield
    from django.conf import settings
    from django.core.cache import cache

    if settings.configured and "CACHES" in dir(settings):
        cache.clear()


@pytest.fixture
def clinic(db: None) -> Iterator["object"]:
    """A clinic whose scope is open for the whole test, with its people: .clinic .administrator .clinician .reader."""
    from clinic.tenancy import clinic_scope
    from tests.support.factories import make_clinic

    world = make_clinic()
    with clinic_scope(world.clinic.pk, actor="system:tests"):
        yield world


@pytest.fixture
def owner_connection(django_db_setup: None) -> Iterator[psycopg.Connection]:
    """The owner's own connection, to look behind the application's back."""
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as connection:
        yield connection
