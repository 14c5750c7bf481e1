"""The embedded database, broker and mail catcher: what they promise, asked of the real thing."""

import os
import shutil
import smtplib
import socket
import stat
import subprocess
import time
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import psycopg
import pytest
import redis

from config.embedded.home import Home
from config.embedded.machine import alive, birth, free_port
from config.embedded.process import Process
from config.embedded.services import MailCatcher, Postgres, Valkey
from config.embedded.trouble import Trouble
from tests.setup.conftest import make_folder

HOSTILE = '<script>alert("x")</script>'


@pytest.fixture(scope="module")
def place() -> Iterator[Home]:
    """One home for the module: making a cluster takes a second."""
    folder = make_folder()
    yield Home(folder / "home")
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def database(place: Home) -> Iterator[Postgres]:
    with Postgres(place, durable=False) as running:
        yield running


def test_the_application_role_is_bound_by_row_level_security(database: Postgres) -> None:
    with psycopg.connect(database.app_url()) as connection:
        powers = connection.execute(
            "SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
        assert powers == (False, False, False, False)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("CREATE TABLE mine (id int)")


def test_the_owner_may_create_databases_which_have_the_extensions(database: Postgres) -> None:
    with psycopg.connect(database.owner_url("postgres"), autocommit=True) as owner:
        assert owner.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone() == (False,)
        owner.execute("CREATE DATABASE made_by_the_owner")
    with psycopg.connect(database.app_url("made_by_the_owner")) as connection:
        assert connection.execute("SELECT unaccent('Ä'), similarity('runner', 'runners') > 0.5").fetchone() == (
            "A",
            True,
        )


def test_the_database_asks_for_a_password_and_listens_on_the_loopback_address_only(database: Postgres) -> None:
    with pytest.raises(psycopg.OperationalError, match="no password supplied"):
        psycopg.connect(f"postgresql://strideback_app@127.0.0.1:{database.port}/strideback", passfile="/nonexistent")
    with database.connect() as admin:
        assert admin.execute("SHOW listen_addresses").fetchone() == ("127.0.0.1",)
        assert admin.execute("SHOW unix_socket_directories").fetchone() == ("",)


def test_passwords_are_random_and_readable_by_their_owner_only(place: Home, database: Postgres) -> None:
    files = list((place.path / "secrets").iterdir())
    assert len({path.read_text() for path in files}) == len(files) >= 3
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in files)


def test_lower_case_and_search_know_umlauts(database: Postgres) -> None:
    with psycopg.connect(database.app_url()) as connection:
        assert connection.execute("SELECT lower('ÄÖÜ'), 'Müller' ILIKE 'mÜ%'").fetchone() == ("äöü", True)


def test_the_broker_keeps_its_messages_over_a_kill_and_asks_for_a_password(home: Home) -> None:
    broker = Valkey(home).start()
    redis.Redis.from_url(broker.url()).rpush("queue", "message")
    with pytest.raises(redis.exceptions.AuthenticationError):
        redis.Redis(port=broker.port).ping()
    with redis.Redis.from_url(broker.url()) as client:
        client.execute_command("WAITAOF", 1, 0, 2000)
    assert broker.process
    broker.process.kill()
    with broker, redis.Redis.from_url(broker.url()) as client:
        assert client.lrange("queue", 0, -1) == [b"message"]


@pytest.fixture
def catcher(home: Home) -> Iterator[MailCatcher]:
    with MailCatcher(home) as running:
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = "clinic@example.org", "runner@example.org", HOSTILE
        message.set_content(f"Ünicode {HOSTILE}\nhttp://localhost:8000/my/x?a=1&b=2.")
        message.add_alternative(f"<p>{HOSTILE}</p>", subtype="html")
        with smtplib.SMTP("127.0.0.1", running.smtp_port) as smtp:
            smtp.send_message(message)
        yield running


def test_caught_mail_can_be_read_by_tests_and_survives_a_restart(catcher: MailCatcher) -> None:
    catcher.stop()
    (mail,) = catcher.messages()
    assert mail.recipients == ("runner@example.org",)
    assert mail.subject == HOSTILE
    assert "Ünicode" in mail.text
    catcher.clear()
    assert catcher.messages() == []


def test_hostile_mail_is_shown_as_text_and_its_html_may_run_nothing(catcher: MailCatcher) -> None:
    key = catcher.messages()[0].key
    for address in (catcher.address, f"{catcher.address}/mail/{key}"):
        with urlopen(address) as page:
            text = page.read().decode()
            assert "script-src" not in (policy := page.headers["Content-Security-Policy"])
            assert policy.startswith("default-src 'none'")
        assert "<script" not in text
        assert "&lt;script&gt;" in text
    assert 'href="http://localhost:8000/my/x?a=1&amp;b=2"' in text
    with urlopen(f"{catcher.address}/mail/{key}/html") as page:
        assert page.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")


@pytest.mark.parametrize("path", ["/mail/../../secrets/valkey", "/mail/0", "/mail/0/html", "/other"])
def test_the_mailbox_shows_nothing_but_mail(catcher: MailCatcher, path: str) -> None:
    with pytest.raises(HTTPError, match="404") as caught:
        urlopen(catcher.address + path)
    caught.value.close()


def test_the_mailbox_answers_to_no_foreign_name(catcher: MailCatcher) -> None:
    with pytest.raises(HTTPError, match="400") as caught:
        urlopen(Request(catcher.address, headers={"Host": "evil.example"}))
    caught.value.close()


def test_a_process_that_ends_at_once_is_explained_by_its_last_words(home: Home) -> None:
    broken = Process("broken", ["sh", "-c", "echo it is broken; exit 3"], home=home, ready=lambda: False)
    with pytest.raises(Trouble, match="broken ended at once: it is broken"):
        broken.start()


def test_a_process_that_is_not_there_is_named(home: Home) -> None:
    with pytest.raises(Trouble, match="/no/such/program"):
        Process("missing", ["/no/such/program"], home=home).start()


def test_a_process_that_ignores_the_request_to_stop_is_killed_with_its_children(home: Home) -> None:
    script = "trap '' TERM; sleep 300 & echo child $!; while true; do sleep 0.1; done"
    stubborn = Process("stubborn", ["sh", "-c", script], home=home, ready=lambda: stubborn.said("child"), patience=0.3)
    stubborn.start()
    child = int(stubborn.output().split()[1])
    stubborn.stop()
    deadline = time.monotonic() + 5
    while alive(child) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not alive(child)


def test_what_an_earlier_crash_left_over_is_ended_at_the_next_start(home: Home) -> None:
    left = subprocess.Popen(["sleep", "300"], start_new_session=True)
    (home.folder("pids") / "sleeper").write_text(f"{left.pid} {birth(left.pid)}")
    with Process("sleeper", ["sleep", "300"], home=home):
        assert left.wait(5) < 0


def test_a_number_that_now_belongs_to_another_process_is_left_alone(home: Home) -> None:
    with subprocess.Popen(["sleep", "300"], start_new_session=True) as other:
        (home.folder("pids") / "sleeper").write_text(f"{other.pid} long ago")
        with Process("sleeper", ["sleep", "300"], home=home):
            assert other.poll() is None
        other.kill()


def test_a_file_where_the_folder_should_be_is_explained(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("")
    with pytest.raises(Trouble, match="is a file, but a folder is needed"):
        Home(tmp_path / "home")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every folder")
def test_a_folder_of_somebody_else_is_explained() -> None:
    with pytest.raises(Trouble, match="cannot be used"):
        Home("/root/strideback-home")


def test_a_free_port_is_the_preferred_one_only_while_nobody_has_it() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert free_port(port) != port
    assert free_port(port) == port


def test_data_of_another_version_are_refused_in_words(home: Home) -> None:
    data = home.path / "postgres" / "data"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("9\n")
    with pytest.raises(Trouble, match="made by PostgreSQL 9"):
        Postgres(home).start()
