from importlib import import_module

from django.apps import AppConfig


class ProgramsConfig(AppConfig):
    name = "programs"

    def ready(self) -> None:
        import_module("config.celery")  # so that ringing a task finds our broker, in the web process too
