"""A private PostgreSQL: own data folder, loopback only, passwords always, an owner and an application role."""

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from config.embedded import postgres_binaries
from config.embedded.home import Home
from config.embedded.machine import LOOPBACK, MACOS, alive, as_account, database_account, free_port, reachable
from config.embedded.process import DATABASE as LAYER
from config.embedded.process import Process
from config.embedded.trouble import Trouble

ADMIN, OWNER, APP = "strideback_admin", "strideback_owner", "strideback_app"
DATABASE = "strideback"
EXTENSIONS = ("pg_trgm", "unaccent")
SHELTER = Path("/var/lib/strideback")


class Postgres:
    """Start, stop and address a private PostgreSQL. `durable=False` trades safety against a power cut for speed (tests).

    The first start makes the cluster (about a second), later ones take a tenth of that.
    """

    def __init__(self, home: Home | Path | str, *, durable: bool = True, port: int = 0) -> None:
        self.home = home if isinstance(home, Home) else Home(home)
        self.durable, self.port = durable, port
        self.place = self.home.path / "postgres"
        self.process: Process | None = None

    def start(self) -> Self:
        """Start and make sure roles, extensions and the database are there. Raises Trouble in words."""
        source = postgres_binaries.find()
        account = database_account(self.place / "data") if self.place.exists() else database_account(self.place)
        if os.geteuid() == 0 and account is None:
            raise Trouble("PostgreSQL refuses to run as root and there is no other account: add one named postgres.")
        self._settle(account)
        binaries = postgres_binaries.reachable_copy(source, account, self.place)
        data = self.place / "data"
        if not (data / "PG_VERSION").exists():
            self._make_cluster(binaries, account)
        self._check_version(data, binaries)
        self._clear_stale_pid(data)
        self.port = self.port or free_port()
        self.process = Process(
            "postgres",
            [binaries / "postgres", "-D", data, *self._options()],
            home=self.home,
            env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"},
            ready=self._answers,
            account=account,
            stop_signal=signal.SIGINT,  # "fast": open connections are ended, data are written
            patience=30,
            layer=LAYER,
            cwd=Path("/"),
        )
        self.process.start()
        try:
            self._provide()
        except BaseException:
            self.stop()
            raise
        return self

    def stop(self) -> None:
        """Stop it with its data written."""
        if self.process:
            self.process.stop()

    @property
    def running(self) -> bool:
        """Whether the server runs."""
        return self.process is not None and self.process.running

    def url(self, role: str, database: str = DATABASE) -> str:
        """The address as one of the three roles."""
        return f"postgresql://{role}:{self.home.secret(role)}@{LOOPBACK}:{self.port}/{database}"

    def owner_url(self, database: str = DATABASE) -> str:
        """The address for migrations: owns the tables, may create databases, is no superuser."""
        return self.url(OWNER, database)

    def app_url(self, database: str = DATABASE) -> str:
        """The address for everything else: row-level security binds this role."""
        return self.url(APP, database)

    def create_database(self, name: str) -> None:
        """Make a database of the owner's, with the extensions; one that is there is kept."""
        with self.connect("postgres") as admin:
            if not admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
                admin.execute(f'CREATE DATABASE "{name}" OWNER {OWNER}')

    def connect(self, database: str = DATABASE) -> Any:
        """A superuser's connection that commits each statement: for set-up and for looking behind the curtain."""
        import psycopg

        return psycopg.connect(self.url(ADMIN, database), autocommit=True, connect_timeout=5)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        self.stop()

    def _settle(self, account: Any) -> None:
        """Make the folder the data live in. Below a private folder that PostgreSQL's account cannot enter, a link is
        left and the data live under /var/lib."""
        if not self.place.exists():
            if reachable(self.home.path, account):
                self.place.mkdir()
            else:
                SHELTER.mkdir(mode=0o755, exist_ok=True)
                self.place.unlink(missing_ok=True)
                self.place.symlink_to(tempfile.mkdtemp(prefix="postgres-", dir=SHELTER))
            self.place.chmod(0o755)
        self.place = self.place.resolve()
        if account and not (self.place / "data").exists():
            (self.place / "data").mkdir(mode=0o700)
            os.chown(self.place / "data", account.pw_uid, account.pw_gid)

    def _make_cluster(self, binaries: Path, account: Any) -> None:
        data, words = self.place / "data", self.place / "password"
        for leftover in data.iterdir() if data.exists() else []:  # a first start that was interrupted
            shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()
        with os.fdopen(os.open(words, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as handle:
            handle.write(self.home.secret(ADMIN))
        if account:
            os.chown(words, account.pw_uid, account.pw_gid)
        locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]  # the same on every system
        if postgres_binaries.major(binaries) < 17:
            locale = ["--locale=en_US.UTF-8" if MACOS else "--locale=C.UTF-8"]
        command: list[str | Path] = [
            binaries / "initdb",
            "-D",
            data,
            "-U",
            ADMIN,
            "--pwfile",
            words,
            "-A",
            "scram-sha-256",
            "-E",
            "UTF8",
        ]
        try:
            done = subprocess.run(
                [*command, *locale, "--no-sync", "--no-instructions"],
                cwd="/",
                env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"},
                capture_output=True,
                text=True,
                check=False,
                **as_account(account),
            )
        finally:
            words.unlink()
        if done.returncode:
            reason = (done.stderr.strip().splitlines() or ["it said nothing"])[0]
            self.home.log("initdb").write_text(done.stdout + done.stderr)
            raise Trouble(f"The database could not be made: {reason} (all of it: {self.home.log('initdb')})")

    def _options(self) -> list[str]:
        options = {
            "listen_addresses": LOOPBACK,
            "port": str(self.port),
            "unix_socket_directories": "",
            "max_connections": "100",
            "timezone": "UTC",
            "log_timezone": "UTC",
        }
        if not self.durable:
            options |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        return [part for key, value in options.items() for part in ("-c", f"{key}={value}")]

    def _answers(self) -> bool:
        import psycopg

        try:
            self.connect("postgres").close()
        except psycopg.OperationalError as error:
            if "password authentication failed" in str(error):
                raise Trouble(
                    f"The passwords in {self.home.path / 'secrets'} do not fit the database in {self.place}: "
                    "put the right ones back, or move both folders away to begin anew."
                ) from None
            return False
        return True

    def _provide(self) -> None:
        """Roles, extensions in the template every database is made from, and the database."""
        from psycopg import sql

        with self.connect("postgres") as admin:
            known = {row[0] for row in admin.execute("SELECT rolname FROM pg_roles").fetchall()}
            for role, rights in ((OWNER, "CREATEDB"), (APP, "NOCREATEDB")):
                verb = "ALTER" if role in known else "CREATE"
                command = sql.SQL(
                    f"{verb} ROLE {role} LOGIN NOSUPERUSER NOCREATEROLE NOBYPASSRLS {rights} PASSWORD {{}}"
                )
                admin.execute(command.format(sql.Literal(self.home.secret(role))))
        with self.connect("template1") as template:
            for extension in EXTENSIONS:
                template.execute(f"CREATE EXTENSION IF NOT EXISTS {extension}")
        self.create_database(DATABASE)

    def _check_version(self, data: Path, binaries: Path) -> None:
        made_by, here = int((data / "PG_VERSION").read_text()), postgres_binaries.major(binaries)
        if made_by != here:
            raise Trouble(
                f"The data in {self.place} were made by PostgreSQL {made_by}, here is {here}: "
                f"set POSTGRES_BIN to a PostgreSQL {made_by}, or move that folder away to begin anew."
            )

    @staticmethod
    def _clear_stale_pid(data: Path) -> None:
        """PostgreSQL refuses to start while the number in its pid file exists, even as a zombie nobody reaps."""
        path = data / "postmaster.pid"
        try:
            pid = int(path.read_text().splitlines()[0])
        except (OSError, ValueError, IndexError):
            return
        if not alive(pid):
            path.unlink(missing_ok=True)
