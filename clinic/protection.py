"""What a migration adds to a clinic-owned table so that the database itself keeps clinics apart and remembers writes."""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION strideback_clinic() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('strideback.clinic_id', true), '')::uuid $$;

CREATE FUNCTION strideback_lookup() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('strideback.lookup', true), '') $$;

-- Every write of a clinic-owned row, with who made it; runs as the owner, so the application cannot forge or skip entries.
CREATE FUNCTION strideback_audit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    actor text := nullif(current_setting('strideback.actor', true), '');
    hidden text[] := coalesce(TG_ARGV::text[], '{}');
    was jsonb; now_is jsonb; owner_clinic uuid; row_id uuid;
BEGIN
    IF actor IS NULL THEN
        RAISE EXCEPTION 'a write to % without an actor is refused', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF TG_OP <> 'INSERT' THEN was := to_jsonb(OLD) - hidden; row_id := OLD.id; owner_clinic := coalesce((to_jsonb(OLD) ->> 'clinic_id')::uuid, OLD.id); END IF;
    IF TG_OP <> 'DELETE' THEN now_is := to_jsonb(NEW) - hidden; row_id := NEW.id; owner_clinic := coalesce((to_jsonb(NEW) ->> 'clinic_id')::uuid, NEW.id); END IF;
    IF TG_OP = 'UPDATE' THEN
        SELECT jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, now_is -> o.key) INTO was, now_is
          FROM jsonb_each(was) AS o WHERE o.value IS DISTINCT FROM now_is -> o.key;
        IF was IS NULL THEN RETURN NULL; END IF;
    END IF;
    INSERT INTO clinic_auditentry (id, clinic_id, at, actor, table_name, row_id, operation, before, after)
    VALUES (gen_random_uuid(), owner_clinic, clock_timestamp(), actor, TG_TABLE_NAME, row_id, lower(TG_OP), was, now_is);
    RETURN NULL;
END $$;

CREATE FUNCTION strideback_clinic_ids() RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT id FROM clinic_clinic ORDER BY id $$;
"""

DROP_FUNCTIONS = """
DROP FUNCTION strideback_clinic_ids(); DROP FUNCTION strideback_audit();
DROP FUNCTION strideback_lookup(); DROP FUNCTION strideback_clinic();
"""


def protect_table(
    table: str,
    *,
    parents: dict[str, str] | None = None,
    hidden: tuple[str, ...] = (),
    audited: bool = True,
    readable_if: str = "",
) -> migrations.RunSQL:
    """Row-level security (enabled and forced), same-clinic foreign keys and the audit trigger for one table.

    parents: foreign key column → table it points to; both rows must then belong to the same clinic.
    hidden: columns too large or too secret for the audit. readable_if: a further SQL condition under which a row may be read.
    """
    up = [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY own_clinic ON {table} USING (clinic_id = strideback_clinic())"
        " WITH CHECK (clinic_id = strideback_clinic())",
        f"ALTER TABLE {table} ADD CONSTRAINT {table}_id_clinic UNIQUE (id, clinic_id)",
    ]
    if readable_if:
        up.append(f"CREATE POLICY looked_up ON {table} FOR SELECT USING ({readable_if})")
    for column, parent in (parents or {}).items():
        up.append(
            f"ALTER TABLE {table} ADD CONSTRAINT {table}_{column}_same_clinic FOREIGN KEY ({column}, clinic_id)"
            f" REFERENCES {parent} (id, clinic_id) DEFERRABLE INITIALLY DEFERRED"
        )
    if audited:
        arguments = ", ".join(f"'{name}'" for name in hidden)
        up.append(
            f"CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION strideback_audit({arguments})"
        )
    return migrations.RunSQL(sql=[f"{statement};" for statement in up], reverse_sql=migrations.RunSQL.noop)
