"""Programs that are not handed over: a quiet note and a filter of their own, never an alarm."""

from django.test import Client
from django.utils import timezone

from clinic.tenancy import clinic_scope
from programs.caseload.queries import counts, not_handed_over
from programs.caseload.reasons import missing_in
from programs.models import Handover, ProgramVersion
from tests.caseload.conftest import Caseload
from tests.support.factories import make_clinic
from tests.support.programs import make_version
from tests.support.queries import at_most


def open_handover(caseload: Caseload, version: ProgramVersion, *done: str) -> Handover:
    at = {f"{name}_at": timezone.now() for name in done}
    by = {f"{name}_by": caseload.world.clinician for name in done}
    return Handover.objects.create(clinic=caseload.world.clinic, version=version, **at, **by)


def missing(caseload: Caseload) -> list[list[str]]:
    number = counts(caseload.world.clinic, caseload.today).handover
    found = [missing_in(case.handover_missing) for case in not_handed_over(caseload.world.clinic)]
    assert number == len(found)
    return found


def test_what_is_missing_is_told(caseload: Caseload) -> None:
    open_handover(caseload, caseload.runner(), "shown")
    assert missing(caseload) == [["demonstrated", "taken"]]


def test_a_complete_handover_and_one_nobody_was_asked_for_are_not_open(caseload: Caseload) -> None:
    open_handover(caseload, caseload.runner(), "shown", "demonstrated", "taken")
    caseload.runner()
    assert missing(caseload) == []


def test_only_the_newest_version_of_a_running_program_counts(caseload: Caseload) -> None:
    version = caseload.runner()
    open_handover(caseload, version)
    newer = make_version(caseload.world, version.program, starts_on=caseload.day(0), number=2)
    assert missing(caseload) == []
    open_handover(caseload, newer)
    assert missing(caseload) == [["shown", "demonstrated", "taken"]]
    caseload.end(version)
    assert missing(caseload) == []


def test_an_archived_runner_is_left_out(caseload: Caseload) -> None:
    version = caseload.runner()
    open_handover(caseload, version)
    patient = version.program.episode.patient
    patient.archived_at = timezone.now()
    patient.save()
    assert missing(caseload) == []


def test_the_filter_lists_them_with_the_way_to_finish(caseload: Caseload) -> None:
    version = caseload.runner("Lea")
    open_handover(caseload, version, "shown")
    page = caseload.page("?show=handover")
    assert "Not handed over</a>" not in page
    assert "Not handed over <b>1</b>" in page
    assert "not demonstrated, neither link nor paper" in page
    assert f'href="/programs/{version.program_id}/issued/#handover"' in page


def test_in_the_other_lists_it_is_a_note_and_no_reason(caseload: Caseload) -> None:
    version = caseload.runner("Lea")
    caseload.report(version, 0, pain=9)
    open_handover(caseload, version)
    page = caseload.page()
    assert "Pain above the ceiling" in page
    assert "Not handed over yet: not shown, not demonstrated, neither link nor paper" in page
    assert "One runner needs you today" in page
    assert "1 active program " in page


def test_nothing_open_says_so(caseload: Caseload) -> None:
    assert "Everything is handed over" in caseload.page("?show=handover")


def test_the_filter_costs_as_many_queries_for_three_as_for_sixty(db: None) -> None:
    for number in (3, 60):
        world = make_clinic()
        with clinic_scope(world.clinic.pk, actor="system:tests"):
            caseload = Caseload(world, timezone.localdate())
            for place in range(number):
                open_handover(caseload, caseload.runner(f"R{place}"), *(["shown"] if place % 2 else []))
        client = Client()
        client.force_login(world.clinician)
        client.get("/")
        for show in ("handover", "planned"):
            with at_most(12):
                assert client.get(f"/?show={show}").status_code == 200
