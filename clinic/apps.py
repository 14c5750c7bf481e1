from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ClinicConfig(AppConfig):
    name = "clinic"

    def ready(self) -> None:
        from clinic import checks, grants  # noqa: F401  (registers the system checks)

        post_migrate.connect(grants.grant_to_app_role, dispatch_uid="strideback-grants")
