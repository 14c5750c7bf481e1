"""Two weeks of one program, day by day, as the clinician reads them on the program's page."""

from django.template.loader import render_to_string
from django.utils import timezone

from programs.caseload.program_progress import ProgramProgress, program_progress
from programs.models import ExerciseLog, Program, ProgramVersion
from programs.progression.dose import Dose
from tests.caseload.conftest import Caseload
from tests.support.programs import content_line, make_version
from tests.support.queries import at_most


def progress(caseload: Caseload, version: ProgramVersion) -> ProgramProgress:
    found = program_progress(Program.objects.get(pk=version.program_id), caseload.today)
    assert found is not None
    return found


def words(found: ProgramProgress) -> list[str]:
    return [told.words for told in found.days]


def test_every_day_is_told_newest_first(caseload: Caseload) -> None:
    version = caseload.runner(began=4)
    caseload.report(version, 4, pain=2)
    caseload.report(version, 2, pain=None, status="skipped")
    caseload.report(version, 1, pain=6)
    caseload.morning(version, 1, change="worse", pain=5)
    caseload.morning(version, 0, change="same")
    found = progress(caseload, version)
    assert words(found) == ["open", "1 of 1 done", "0 of 1 done, 1 skipped", "not reported", "1 of 1 done"]
    assert [told.pain for told in found.days] == [None, 6, None, None, 2]
    assert [told.is_above for told in found.days] == [False, True, False, False, False]
    assert [told.morning for told in found.days] == ["The same", "Worse, pain 5", "", "", ""]
    assert found.days[1].notes == ["Bridge: pain 6"]
    assert found.days[2].notes == ["Bridge: skipped"]
    assert found.words == "2 of 4 planned done, 1 skipped, 1 not reported, last 14 days"


def test_what_was_cut_short_and_why_it_was_skipped_is_named(caseload: Caseload) -> None:
    version = caseload.runner(began=1)
    caseload.report(version, 1, 0)
    ExerciseLog.objects.filter(day=caseload.today).update(sets_done=2)
    ExerciseLog.objects.filter(day=caseload.day(1)).update(status="skipped", reason="pain")
    today, yesterday = progress(caseload, version).days
    assert today.notes == ["Bridge: 2 of 3 sets"]
    assert yesterday.notes == ["Bridge: skipped (It hurt too much)"]


def test_days_off_and_days_before_the_start_are_no_gaps(caseload: Caseload) -> None:
    version = caseload.runner(began=2)
    lines = [content_line("Bridge", Dose(sets=3, reps=10, every_n_days=2))]
    make_version(caseload.world, version.program, starts_on=caseload.day(2), number=2, lines=lines)
    assert words(progress(caseload, version)) == ["open", "nothing planned", "not reported"]


def test_fourteen_days_at_most(caseload: Caseload) -> None:
    version = caseload.runner(began=30)
    found = progress(caseload, version)
    assert len(found.days) == 14
    assert set(words(found)) == {"nothing planned"}
    assert found.line is None


def test_an_ended_program_is_shown_as_on_its_last_day(caseload: Caseload) -> None:
    version = caseload.runner(began=6)
    caseload.report(version, 6, 5)
    Program.objects.update(state="ended", ended_at=timezone.now() - (caseload.today - caseload.day(5)))
    found = progress(caseload, version)
    assert words(found) == ["1 of 1 done", "1 of 1 done"]
    assert found.words == "2 of 2 planned done, last 14 days"


def test_a_program_that_starts_later_has_no_days_yet(caseload: Caseload) -> None:
    assert progress(caseload, caseload.runner(began=-3)).days == []


def test_nothing_issued_has_no_progress(caseload: Caseload) -> None:
    version = caseload.runner()
    draft = Program(pk=version.pk, clinic=caseload.world.clinic)
    assert program_progress(draft, caseload.today) is None


def test_it_costs_two_queries_and_one_when_the_versions_are_known(caseload: Caseload) -> None:
    version = caseload.runner(began=5)
    caseload.report(version, 4, 3, 2)
    program = Program.objects.get(pk=version.program_id)
    with at_most(2):
        program_progress(program, caseload.today)
    with at_most(1):
        program_progress(program, caseload.today, [version])


def test_the_fragment_shows_line_words_and_days(caseload: Caseload) -> None:
    version = caseload.runner(began=3)
    caseload.report(version, 3, 2, pain=2)
    caseload.report(version, 1, pain=6)
    text = render_to_string(
        "caseload/progress.html", {"progress": progress(caseload, version), "program": version.program}
    )
    assert "Pain on 3 days of the last 14, from 2 to 6, ceiling 3" in text
    assert "<b>6</b>" in text
    assert "above the ceiling" in text
    assert text.count('<th scope="row">') == 4
    assert render_to_string("caseload/progress.html", {"progress": None}).strip() == ""
