"""How many reminders a second, and in how much memory: `python -m tests.bench.fan_out --due 50000 --send 2000`.

Fifty thousand runners of five clinics are due in the same minute. A process of its own plans and rings (its memory is
measured against one that plans nothing); then two worker processes send the first few thousand by real SMTP.
"""

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from multiprocessing import Process
from typing import Any

from tests.support.database import DatabaseMissing, fresh_database

CLINICS, AT_ONCE = 5, 500
PLAN = """
import re, sys, time
from pathlib import Path
import django
django.setup()
from programs.reminders import tasks
def most():
    return re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]
began, before = time.monotonic(), most()
if sys.argv[1] == "plan":
    tasks.plan()
print(time.monotonic() - began, before, most())
"""


def say(words: object) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


class Sink:
    """Takes every mail and forgets it."""

    async def handle_DATA(self, _server: Any, _session: Any, _envelope: Any) -> str:
        return "250 OK"


def _serve(port: int) -> None:
    from aiosmtpd.smtp import SMTP

    async def run() -> None:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: SMTP(Sink(), hostname="sink"), "127.0.0.1", port)
        await server.serve_forever()

    asyncio.run(run())


def _clinics(due: int) -> None:
    """So many runners whose hour has come, spread over the clinics; copied inside the database."""
    from assessments.models import Assessment
    from clinic.models import Clinic, Episode, Patient
    from clinic.tenancy import clinic_scope
    from programs.models import PatientLink, Program, ProgramVersion, Standing
    from programs.portal.links import unsaved_link
    from programs.simulation.people import programs_of, version_of
    from programs.simulation.runners import runners
    from tests.bench.multiply import multiplied
    from tests.support.factories import make_clinic

    hours = 12 - datetime.now(UTC).hour
    zone = f"Etc/GMT{-hours:+d}" if hours else "UTC"  # midday for everybody; these names count westwards
    today = (datetime.now(UTC) + timedelta(hours=hours)).date()
    each = due // CLINICS
    for number in range(CLINICS):
        world = make_clinic(f"Clinic {number}")
        with clinic_scope(world.clinic.pk, actor="system:bench"):
            people = runners(min(AT_ONCE, each), seed=number, start=today, weeks=2)
            programs = programs_of(world.clinic, world.clinician, people, today)
            Patient.objects.bulk_create(program.episode.patient for program in programs)
            Episode.objects.bulk_create(program.episode for program in programs)
            Assessment.objects.bulk_create(program.assessment for program in programs)
            Program.objects.bulk_create(programs)
            first = {"number": 1, "starts_on": today, "level": 0, "self_test": None, "sets": 0}
            versions = [version_of(program, world.clinician.pk, **first) for program in programs]
            ProgramVersion.objects.bulk_create(versions)
            Standing.objects.bulk_create(program.standing for program in programs)
        many = multiplied(world, each // len(people))
        with clinic_scope(world.clinic.pk, actor="system:bench"):
            Patient.objects.update(reminders=False)
        with clinic_scope(many.clinic.pk, actor="system:bench"):
            Clinic.objects.filter(pk=many.clinic.pk).update(quiet_from="00:00", quiet_until="00:00")
            Patient.objects.update(time_zone=zone, reminder_hour=0)
            ids = Program.objects.values_list("pk", flat=True)
            links = [unsaved_link(program_id=pk, clinic_id=many.clinic.pk) for pk in ids]
            PatientLink.objects.bulk_create(links, batch_size=2000)


def _empty_broker() -> None:
    """What an earlier run left there would be worked off first."""
    import redis

    with redis.Redis.from_url(os.environ["BROKER_URL"]) as broker:
        broker.flushdb()


def _measured(what: str) -> tuple[float, int, int]:
    done = subprocess.run([sys.executable, "-c", PLAN, what], capture_output=True, text=True, check=True)
    seconds, before, most = done.stdout.split()[-3:]
    return float(seconds), int(before) // 1024, int(most) // 1024


def _states() -> dict[str, int]:
    from django.db.models import Count

    from clinic.tenancy import all_clinic_ids, clinic_scope
    from programs.models import Reminder

    counted: dict[str, int] = {}
    for clinic_id in all_clinic_ids():
        with clinic_scope(clinic_id, actor="system:bench"):
            for state, number in Reminder.objects.values_list("state").annotate(Count("pk")):
                counted[state] = counted.get(state, 0) + number
    return counted


@contextmanager
def _workers(processes: int) -> Any:
    from config.embedded.home import Home
    from config.embedded.services import worker

    with tempfile.TemporaryDirectory() as folder, worker(Home(folder), dict(os.environ), processes=processes):
        yield


def _send(wanted: int, processes: int) -> None:
    began, before = time.monotonic(), _states().get("done", 0)
    with _workers(processes):
        while _states().get("done", 0) == before:
            time.sleep(0.1)
        started, first = time.monotonic(), _states().get("done", 0)
        while (sent := _states().get("done", 0)) < before + wanted:
            time.sleep(3)
        took = time.monotonic() - started
    say(f"{sent - first} sent by {processes} workers in {took:.0f} s: {(sent - first) / took:.0f} a second")
    say(f"  ({started - began:.0f} s to start the workers)")


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--due", type=int, default=50_000)
    options.add_argument("--send", type=int, default=2_000)
    options.add_argument("--processes", type=int, default=2)
    wanted = options.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"
    from config.embedded.machine import free_port

    port = free_port()
    os.environ["EMAIL_URL"] = f"smtp://127.0.0.1:{port}"
    sink = Process(target=_serve, args=(port,), daemon=True)
    sink.start()
    owner, app = os.environ.get("DATABASE_OWNER_URL", ""), os.environ.get("DATABASE_URL", "")
    try:
        with fresh_database(owner, app, f"strideback_fan_out_{os.getpid()}"):
            import django

            django.setup()
            from django.db import connection

            try:
                _clinics(wanted.due)
                _empty_broker()
                connection.close()
                _seconds, _before, idle = _measured("nothing")
                seconds, before, most = _measured("plan")
                planned = sum(_states().values())
                say(f"{planned} planned and rung for in {seconds:.0f} s: {planned / seconds:.0f} a second")
                say(f"  at most {most} MB; {before} MB before, {idle} MB without planning")
                again, _before, _most = _measured("plan")
                say(f"{again:.1f} s to plan again with nobody left to ask")
                _send(wanted.send, wanted.processes)
                say(_states())
            finally:
                connection.close()
    except DatabaseMissing as missing:
        say(missing)
        return 1
    finally:
        sink.terminate()
    return 0


if __name__ == "__main__":
    sys.exit(main())
