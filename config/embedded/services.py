"""Everything the embedded default can start, ready to be used by the launcher and by tests.

home = Home("/some/folder")
with Postgres(home) as database, Valkey(home) as broker, MailCatcher(home) as mail:
    env = environment(home, database=database, broker=broker, mail=mail, site="http://localhost:8000")
    with worker(home, env), beat(home, env), web(home, env, port=8000): ...
"""

import base64
import hashlib
import os
import sys
from collections.abc import Mapping
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException

from config.embedded.broker import Valkey
from config.embedded.home import Home
from config.embedded.machine import LOOPBACK, MACOS, free_port
from config.embedded.mailbox import Mail, Mailbox
from config.embedded.mailcatcher import READY
from config.embedded.postgres import Postgres
from config.embedded.process import Process

__all__ = [
    "Home",
    "Mail",
    "MailCatcher",
    "Postgres",
    "Process",
    "Valkey",
    "beat",
    "environment",
    "free_port",
    "web",
    "worker",
]

HEALTH = "/health/"
HOMEBREW_LIBRARIES = "/opt/homebrew/lib:/usr/local/lib"


class MailCatcher(Process):
    """A local SMTP server that keeps every mail and shows it in the browser."""

    def __init__(self, home: Home, *, smtp_port: int = 0, web_port: int = 0) -> None:
        self.smtp_port, self.web_port = smtp_port or free_port(), web_port or free_port()
        self.mailbox = Mailbox(home.folder("mail"))
        arguments = ["--folder", str(self.mailbox.folder)]
        arguments += ["--smtp-port", str(self.smtp_port), "--web-port", str(self.web_port)]
        super().__init__(
            "mail",
            [sys.executable, "-m", "config.embedded.mailcatcher", *arguments],
            home=home,
            env=os.environ | {"PYTHONUNBUFFERED": "1"},
            ready=lambda: self.said(READY),
        )

    @property
    def url(self) -> str:
        """For EMAIL_URL."""
        return f"smtp://{LOOPBACK}:{self.smtp_port}"

    @property
    def address(self) -> str:
        """The mailbox in the browser."""
        return f"http://localhost:{self.web_port}"

    def messages(self) -> list[Mail]:
        """Every caught mail, oldest first."""
        return self.mailbox.all()

    def clear(self) -> None:
        """Throw every mail away."""
        self.mailbox.clear()


def _push_key(home: Home) -> str:
    """Made once, so that phones that were asked stay subscribed."""
    return base64.urlsafe_b64encode(hashlib.sha256(home.secret("push").encode()).digest()).decode()


def environment(
    home: Home,
    *,
    database: Postgres | None = None,
    broker: Valkey | None = None,
    mail: MailCatcher | None = None,
    site: str = "",
) -> dict[str, str]:
    """This process's environment with the addresses of the services given; what is not given stays as it is set."""
    env = os.environ | {"SECRET_KEY": home.secret("secret-key"), "PYTHONUNBUFFERED": "1"}
    if database:
        env |= {"DATABASE_URL": database.app_url(), "DATABASE_OWNER_URL": database.owner_url()}
    if broker:
        env |= {"BROKER_URL": broker.url(0), "CACHE_URL": broker.url(1)}
    if mail:
        env["EMAIL_URL"] = mail.url
    if site:
        env["SITE_URL"] = site
        env.setdefault("VAPID_PRIVATE_KEY", _push_key(home))
    if MACOS:  # where Homebrew puts Pango; the loader does not look there by itself
        env.setdefault("DYLD_FALLBACK_LIBRARY_PATH", HOMEBREW_LIBRARIES)
    return env


def web(home: Home, env: Mapping[str, str], *, port: int, workers: int = 2, name: str = "web") -> Process:
    """gunicorn, as on a server: processes of four threads each. No access log: addresses of patients are keys."""
    options = ["--worker-class", "gthread", "--workers", str(workers), "--threads", "4", "--bind", f"{LOOPBACK}:{port}"]
    options += [
        "--preload",
        "--no-control-socket",
        "--graceful-timeout",
        "5",
        "--worker-tmp-dir",
        str(home.folder("web")),
    ]
    return Process(
        name,
        [sys.executable, "-m", "gunicorn", "config.wsgi:application", *options],
        home=home,
        env=env,
        ready=lambda: serves(port, env.get("ALLOWED_HOSTS", "").split(",")[0] or "localhost"),
    )


def serves(port: int, host: str) -> bool:
    """Whether a page comes back, not only a connection: gunicorn listens before the application is loaded."""
    connection = HTTPConnection(LOOPBACK, port, timeout=10)
    try:
        connection.request("GET", HEALTH, headers={"Host": host})
        return connection.getresponse().status < HTTPStatus.INTERNAL_SERVER_ERROR
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def worker(home: Home, env: Mapping[str, str], *, processes: int = 2, name: str = "worker") -> Process:
    """A Celery worker. What it holds when it is killed is delivered again."""
    options = ["--concurrency", str(processes), "--loglevel", "INFO", "--without-gossip", "--without-mingle"]
    process = Process(
        name,
        [sys.executable, "-m", "celery", "-A", "config.celery", "worker", "--hostname", f"{name}@%h", *options],
        home=home,
        env=env,
        ready=lambda: process.said(" ready."),
    )
    return process


def beat(home: Home, env: Mapping[str, str], *, name: str = "beat") -> Process:
    """Celery's clock: exactly one."""
    options = ["--schedule", str(home.folder("beat") / "schedule"), "--pidfile", "", "--loglevel", "INFO"]
    process = Process(
        name,
        [sys.executable, "-m", "celery", "-A", "config.celery", "beat", *options],
        home=home,
        env=env,
        ready=lambda: process.said("beat: Starting"),
    )
    return process
