"""Background work: the whole timetable is written out here.

The database row is the job and the broker only a doorbell (see programs/jobs.py), so every setting below may lose a
message without losing work: the sweeps ring again.
"""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")

REMINDERS_EVERY_S = float(os.environ.get("REMINDERS_EVERY_SECONDS", "300"))  # the journeys do not wait five minutes

app = Celery("strideback")
app.conf.update(
    broker_url=os.environ.get("BROKER_URL", ""),
    broker_connection_retry_on_startup=True,
    broker_transport_options={
        "visibility_timeout": 3600,  # longer than any task may run
        "unacked_restore_interval": 5,
        "unacked_restore_throttle": 1,
    },
    task_ignore_result=True,
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
    # nobody sits and waits for a reminder or a letter of the week, but for a paper
    task_routes={"programs.reminders.send": {"priority": 6}, "programs.digest.send": {"priority": 6}},
    task_time_limit=300,
    task_soft_time_limit=240,
    task_serializer="json",
    accept_content=["json"],
    timezone="UTC",
    worker_hijack_root_logger=False,
    beat_schedule={
        "handouts-never-forgotten": {"task": "programs.handouts.sweep", "schedule": 15.0},
        "letters-never-forgotten": {"task": "programs.letters.sweep", "schedule": 15.0},
        "reminders-due": {"task": "programs.reminders.plan", "schedule": REMINDERS_EVERY_S},
        "reminders-never-forgotten": {"task": "programs.reminders.sweep", "schedule": 60.0},
        "link-mails-when-they-may-leave": {"task": "programs.link_mails.sweep", "schedule": 15.0},
        "weekly-letters-due": {"task": "programs.digest.plan", "schedule": REMINDERS_EVERY_S},
        "weekly-letters-never-forgotten": {"task": "programs.digest.sweep", "schedule": 60.0},
        "proposals-never-forgotten": {"task": "programs.decisions.sweep", "schedule": 60.0},
    },
)
app.autodiscover_tasks(
    ["programs.handouts", "programs.letters", "programs.reminders", "programs.decisions", "programs.digest"]
)
app.autodiscover_tasks(["programs.reminders"], related_name="link_tasks")
