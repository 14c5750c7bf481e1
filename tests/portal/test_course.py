"""The runner's page says where the runner is in the course; versions from before there were phases say nothing of it."""

import copy

from clinic.models import Patient
from clinic.tenancy import clinic_scope
from programs.models import ProgramVersion
from programs.portal.presenters import course_of
from tests.portal.conftest import Runner

CALM = {
    "title": "Ruhe",
    "criteria": ["Der Test bleibt bei 3 <b>oder</b> weniger."],
    "is_current": True,
    "language": "de",
}
LOAD = {"title": "Load the tendon", "criteria": [], "is_current": False, "language": "en"}


def test_an_old_version_has_no_course() -> None:
    assert course_of({"lines": []}) is None
    assert course_of({"phases": [CALM]}) is None


def test_the_course_names_the_phase_now_and_the_next() -> None:
    course = course_of({"phases": [CALM, LOAD]})
    assert course
    assert course.now["title"] == "Ruhe"
    assert course.coming
    assert course.coming["title"] == "Load the tendon"
    last = course_of({"phases": [CALM | {"is_current": False}, LOAD | {"is_current": True}]})
    assert last
    assert last.coming is None


def test_the_page_says_what_must_be_true_to_move_on_and_what_comes_next(runner: Runner) -> None:
    assert 'id="course"' not in runner.page()
    content = copy.deepcopy(runner.version.content) | {"language": "de", "phases": [CALM, LOAD]}
    with clinic_scope(runner.world.clinic.pk, actor="system:tests"):
        ProgramVersion.objects.create(
            clinic=runner.world.clinic,
            program=runner.version.program,
            number=2,
            issued_by=runner.world.clinician,
            starts_on=runner.version.starts_on,
            ends_on=runner.version.ends_on,
            content=content,
        )
        Patient.objects.update(language="de")
    page = runner.page()
    assert "Wo Sie jetzt stehen" in page
    assert "Der Test bleibt bei 3 &lt;b&gt;oder&lt;/b&gt; weniger." in page
    assert '<bdi lang="en">Load the tendon</bdi> (Englisch)' in page
