"""Activities of a signed score keep their words, and a score belongs to an activity of its own episode."""

from django.db import migrations

KEEP = """
CREATE FUNCTION strideback_activity_keeps_its_words() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    scored boolean;
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.words = OLD.words AND NEW.number = OLD.number AND NEW.episode_id = OLD.episode_id THEN
        RETURN NEW;
    END IF;
    SELECT bool_or(held.state = 'signed') INTO scored FROM (
        SELECT a.state FROM assessments_outcomescore s JOIN assessments_assessment a ON a.id = s.assessment_id
        WHERE s.activity_id = OLD.id FOR SHARE OF a
    ) AS held;
    IF scored THEN
        RAISE EXCEPTION 'an activity scored at a signed visit keeps its words: add another one'
            USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER keeps_its_words BEFORE UPDATE OR DELETE ON assessments_activity
    FOR EACH ROW EXECUTE FUNCTION strideback_activity_keeps_its_words();

CREATE FUNCTION strideback_score_of_own_episode() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.activity_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM assessments_activity c JOIN assessments_assessment a ON a.episode_id = c.episode_id
        WHERE c.id = NEW.activity_id AND a.id = NEW.assessment_id
    ) THEN
        RAISE EXCEPTION 'the activity belongs to another episode' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER of_own_episode BEFORE INSERT OR UPDATE ON assessments_outcomescore
    FOR EACH ROW EXECUTE FUNCTION strideback_score_of_own_episode();
"""


class Migration(migrations.Migration):
    dependencies = [("assessments", "0005_protect_them")]

    operations = [migrations.RunSQL(KEEP, migrations.RunSQL.noop)]
