"""A server's way in: the role script, migrating as the owner, a web process with production settings, its health."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from config.embedded import postgres_binaries
from config.embedded.home import Home
from config.embedded.machine import free_port
from config.embedded.postgres import ADMIN
from config.embedded.services import Postgres, Valkey, web
from config.server.healthy import healthy

ROOT = Path(__file__).resolve().parents[2]


class EmptyPostgres(Postgres):
    """A cluster as the official image hands it to the role script: nothing in it yet."""

    def _provide(self) -> None:
        """Left to the script."""


@pytest.mark.live
@pytest.mark.slow
def test_from_an_empty_cluster_to_a_healthy_web_process(home: Home) -> None:
    with EmptyPostgres(home, durable=False) as database, Valkey(home) as broker:
        base = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "config.settings.production"}
        make_roles(home, database)
        env = base | {
            "DATABASE_URL": f"postgresql://strideback_app:app-{home.secret('a')}@127.0.0.1:{database.port}/strideback",
            "BROKER_URL": broker.url(),
            "SECRET_KEY": home.secret("secret-key"),
            "SITE_URL": "https://clinic.example.org",
            "ALLOWED_HOSTS": "clinic.example.org",
            "EMAIL_URL": "smtp://127.0.0.1:9",
            "DEFAULT_FROM_EMAIL": "no-reply@clinic.example.org",
        }
        owner = f"postgresql://strideback_owner:owner-{home.secret('o')}@127.0.0.1:{database.port}/strideback"
        for command in ("migrate", "load_library"):
            done = manage(command, env | {"DATABASE_OWNER_URL": owner})
            assert done.returncode == 0, done.stderr
        assert "DATABASE_OWNER_URL is missing" in manage("migrate", env).stderr
        port = free_port()
        with web(home, env, port=port, workers=1) as process:
            assert healthy(port, "clinic.example.org"), process.output()
            assert not healthy(port, "another.example.org")
            broker.stop()
            assert not healthy(port, "clinic.example.org")


def make_roles(home: Home, database: Postgres) -> None:
    """Run the image's script with the client beside the embedded server."""
    client = {
        "PATH": f"{postgres_binaries.find()}:{os.environ['PATH']}",
        "PGHOST": "127.0.0.1",
        "PGPORT": str(database.port),
        "PGPASSWORD": home.secret(ADMIN),
        "POSTGRES_USER": ADMIN,
        "DATABASE_OWNER_PASSWORD": f"owner-{home.secret('o')}",
        "DATABASE_APP_PASSWORD": f"app-{home.secret('a')}",
    }
    subprocess.run(["sh", ROOT / "config/server/postgres/10-roles.sh"], env=client, check=True)


def manage(command: str, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", command], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
