"""Database and broker for one run: the addresses in the environment if they are set, else the embedded ones."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from config.embedded import say
from config.embedded.broker import Valkey
from config.embedded.home import Home
from config.embedded.postgres import Postgres
from config.embedded.process import Guard
from config.embedded.trouble import Trouble


@dataclass(frozen=True)
class Backing:
    """What was started; None where an address in the environment is used. `marks` lives and dies with the data."""

    database: Postgres | None
    broker: Valkey | None
    marks: Path


@contextmanager
def backing(home: Home, *, durable: bool = True) -> Iterator[Backing]:
    """Start what is needed and stop it in reverse, the database last. Raises Trouble in words."""
    with ExitStack() as stack:
        stack.callback(Guard.dismiss)
        database = None if _external_database() else Postgres(home, durable=durable)
        broker = None if os.environ.get("BROKER_URL") else Valkey(home)
        for service, name in ((database, "database"), (broker, "broker")):
            if service:
                with say.step(f"Starting the {name}"):
                    stack.callback(service.stop)
                    service.start()
        yield Backing(database, broker, _marks(home, database))


def _external_database() -> bool:
    app, owner = os.environ.get("DATABASE_URL"), os.environ.get("DATABASE_OWNER_URL")
    if bool(app) != bool(owner):
        raise Trouble("Set both DATABASE_URL (the application's role) and DATABASE_OWNER_URL (the owner), or neither.")
    return bool(app)


def _marks(home: Home, database: Postgres | None) -> Path:
    if database:
        return database.place
    return home.folder("external-" + sha256(os.environ["DATABASE_URL"].encode()).hexdigest()[:12])
