"""What the application's database role may do: set after every migration, in one place."""

from typing import Any

from django.conf import settings
from django.db import connection

APPEND_ONLY = ("clinic_auditentry", "clinic_accessentry")
WRITTEN_BY_TRIGGER = ("clinic_auditentry",)


class RoleError(RuntimeError):
    """The database roles are not set up as the product's trust needs it; the message says what to change."""


def grant_to_app_role(*, app_config: Any, **_kwargs: Any) -> None:
    """Runs once per migrate (on the last of our apps). Raises RoleError for an application role with too much power."""
    role = settings.DATABASE_APP_ROLE
    if app_config.name != "programs" or not role:
        return
    quoted = connection.ops.quote_name(role)
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        if cursor.fetchone()[0] == role:
            raise RoleError("Migrate as the owner role (DATABASE_OWNER_URL): the application must not own its tables.")
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = %s", [role])
        row = cursor.fetchone()
        if row is None or row[0]:
            raise RoleError(f"The role {role} must exist, without superuser and without BYPASSRLS.")
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {quoted}")
        cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {quoted}")
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {quoted}")
        cursor.execute(f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {quoted}")
        present = set(connection.introspection.table_names(cursor))
        for table in APPEND_ONLY:
            if table in present:
                cursor.execute(f"REVOKE UPDATE, DELETE ON {table} FROM {quoted}")
        for table in WRITTEN_BY_TRIGGER:
            if table in present:
                cursor.execute(f"REVOKE INSERT ON {table} FROM {quoted}")
