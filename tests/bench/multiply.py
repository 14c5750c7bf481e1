"""A clinic copied several times over inside the database: twenty thousand runners in seconds instead of minutes."""

from uuid import UUID

import psycopg
from django.conf import settings

from tests.support.factories import World, make_clinic

TABLES = (
    "clinic_patient",
    "clinic_runningprofile",
    "clinic_episode",
    "assessments_assessment",
    "assessments_conclusion",
    "programs_program",
    "programs_programversion",
    "programs_exerciselog",
    "programs_standing",
)
"""Parents before children. Links stay out: each has a secret of its own, and the caseload does not read them."""

PEOPLE = {"clinician_id", "signed_by_id", "by_id", "issued_by_id"}
COLUMNS = """
SELECT column_name FROM information_schema.columns
WHERE table_name = %s AND table_schema = 'public' AND is_generated = 'NEVER' ORDER BY ordinal_position
"""


def multiplied(world: World, times: int) -> World:
    """A new clinic with every runner of `world` so many times, with programs and reports of their own."""
    many = make_clinic(f"{world.clinic.name}, {times} times")
    with psycopg.connect(settings.DATABASE_OWNER_URL) as owner:
        for table in TABLES:
            owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        columns = {table: [name for (name,) in owner.execute(COLUMNS, [table])] for table in TABLES}
        _enter(owner, world.clinic.pk)
        for table in TABLES:
            owner.execute(f"CREATE TEMP TABLE copy_{table} AS SELECT * FROM {table}")
        _enter(owner, many.clinic.pk)
        for table in TABLES:
            values = ", ".join(_copied(name) for name in columns[table])
            owner.execute(
                f"INSERT INTO {table} ({', '.join(columns[table])})"
                f" SELECT {values} FROM copy_{table} AS was, generate_series(1, {times}) AS nth",
                {"clinic": many.clinic.pk, "person": many.clinician.pk},
            )
        owner.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in TABLES:
            owner.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    return many


def _enter(owner: psycopg.Connection, clinic: UUID) -> None:
    owner.execute(
        "SELECT set_config('strideback.clinic_id', %s, true), set_config('strideback.actor', 'system:bench', true)",
        [str(clinic)],
    )


def _copied(column: str) -> str:
    """Ids of rows change together, so that children still find their parents."""
    if column == "clinic_id":
        return "%(clinic)s"
    if column in PEOPLE:
        return f"CASE WHEN was.{column} IS NULL THEN NULL ELSE %(person)s::uuid END"
    if column == "id" or column.endswith("_id"):
        return f"md5(was.{column}::text || nth)::uuid"
    return f"was.{column}"
