"""Own protocols: kept without anything of the runner, shared, retired, and applied without touching what is there."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from clinic.models import User
from clinic.tenancy import clinic_scope
from clinic.vocabulary.sides import DoseSide
from programs.actions import (
    add_line,
    add_phase,
    change_line,
    change_protocol,
    issue_program,
    restore_protocol,
    retire_protocol,
    save_protocol,
    take_back,
)
from programs.keeping import from_content, phases_from_draft, phases_from_version, rule_of
from programs.library.catalogue import PROTOCOLS
from programs.library.exercise import SideRule
from programs.models import ClinicProtocol, DraftStep, Exercise, Program, ProgramLine
from programs.progression.dose import from_json
from programs.queries import lines_of
from tests.support.factories import World, make_clinic
from tests.support.queries import at_most

PAGE = 12 + 1  # a page's twelve; the test's own open scope is set back once, which a server need not do
Keep = Callable[..., ClinicProtocol]


def url(name: str, *args: Any) -> str:
    return reverse(f"programs:{name}", args=args)


@pytest.fixture
def keep(clinic: World, program: Program) -> Keep:
    """The draft of `program` kept by the clinician."""

    def kept(name: str = "Calm tendon", by: User | None = None, **more: Any) -> ClinicProtocol:
        phases = phases_from_draft(program, lines_of(program))
        return save_protocol(by=by or clinic.clinician, program=program, phases=phases, name=name, **more)

    return kept


def now(program: Program) -> list[ProgramLine]:
    lines = ProgramLine.objects.filter(program=program, phase=program.phase)
    return list(lines.select_related("exercise").order_by("position"))


@pytest.mark.parametrize(
    ("side", "painful", "rule"),
    [
        ("right", "right", SideRule.INJURED),
        ("left", "right", SideRule.OPPOSITE),
        ("both", "left", SideRule.BOTH),
        ("alternate", "left", SideRule.EACH),
        ("left", "both", SideRule.EACH),
    ],
)
def test_a_side_is_kept_relative_to_the_pain(side: str, painful: str, rule: SideRule) -> None:
    assert rule_of(side, painful) is rule


def test_what_is_kept_says_nothing_of_the_runner(clinic: World, program: Program, keep: Keep) -> None:
    line = now(program)[0]
    change_line(by=clinic.clinician, line=line, dose=from_json(line.dose), note="Ring me, Ana.")
    program.next_visit = "Mon 7 Dec"
    program.save()
    content = keep().content
    (first, *_rest) = content["phases"][program.phase - 1]["lines"]
    assert set(first) == {"exercise", "dose", "side", "note"}
    assert (first["side"], first["note"], "side" in first["dose"]) == ("injured", "", False)
    for words in ("Ana", "Ferreira", "right", "Dec", str(program.pk), str(line.pk)):
        assert words not in str(content), words


def test_notes_are_kept_only_when_asked_for_and_never_with_the_runners_name(
    clinic: World, program: Program, keep: Keep
) -> None:
    line = now(program)[0]
    change_line(by=clinic.clinician, line=line, dose=from_json(line.dose), note="Slowly.")
    kept = keep(with_notes=True)
    assert kept.content["phases"][program.phase - 1]["lines"][0]["note"] == "Slowly."
    line.refresh_from_db()
    change_line(by=clinic.clinician, line=line, dose=from_json(line.dose), note="Slowly, ana!")
    with pytest.raises(ValidationError, match="names the runner"):
        keep("Another", with_notes=True)


def test_a_protocol_is_not_called_after_the_runner(keep: Keep) -> None:
    with pytest.raises(ValidationError, match="names the runner"):
        keep("Program of ferreira")


def test_a_name_is_given_once_by_each_person(clinic: World, keep: Keep) -> None:
    keep("Calm tendon")
    with pytest.raises(ValidationError, match="already a protocol “Calm tendon”"):
        keep("  Calm   tendon ")
    keep("Calm tendon", by=clinic.administrator)
    assert ClinicProtocol.objects.count() == 2


def test_a_retired_name_is_free_and_taking_it_back_asks_for_another(clinic: World, keep: Keep) -> None:
    first = keep()
    retire_protocol(by=clinic.clinician, protocol=first)
    second = keep()
    with pytest.raises(ValidationError, match="already a protocol"):
        restore_protocol(by=clinic.clinician, protocol=first)
    change_protocol(by=clinic.clinician, protocol=second, name="Newer", is_shared=True)
    restore_protocol(by=clinic.clinician, protocol=first)
    assert ClinicProtocol.objects.filter(retired_at=None).count() == 2


def test_an_issued_version_can_be_kept_as_it_was_issued(clinic: World, program: Program) -> None:
    version = issue_program(by=clinic.clinician, program=program, today=timezone.localdate())
    ProgramLine.objects.filter(program=program).delete()
    (phase,) = phases_from_version(version)
    assert [line.exercise for line in phase.lines] == [line["exercise"] for line in version.content["lines"]]
    assert phase.criteria


def test_a_program_without_exercises_is_not_kept(program: Program, keep: Keep) -> None:
    program.lines.all().delete()
    with pytest.raises(ValidationError, match="no exercise to keep"):
        keep()


def test_the_page_keeps_a_draft_and_warns_of_notes(clinic: World, browser: Client, program: Program) -> None:
    line = now(program)[0]
    change_line(by=clinic.clinician, line=line, dose=from_json(line.dose), note="Slowly.")
    page = browser.get(url("protocol_save", program.pk)).text
    assert "Notes may name the runner" in page
    assert "“Slowly.”" in page
    answer = browser.post(url("protocol_save", program.pk), {"name": "Calm <b>tendon</b>", "is_shared": "on"})
    saved = ClinicProtocol.objects.get()
    assert answer["Location"] == url("protocol", saved.pk)
    assert (saved.owner, saved.is_shared, saved.diagnosis, saved.stage) == (clinic.clinician, True, "pht", 1)
    assert "Slowly." not in str(saved.content)
    page = browser.get(url("protocol", saved.pk)).text
    assert "Calm &lt;b&gt;tendon" in page
    assert "the painful side" in page


def test_the_page_says_what_to_mend(browser: Client, program: Program, keep: Keep) -> None:
    keep("Taken")
    for name, words in (("", "required"), ("Taken", "already a protocol"), ("x" * 121, "at most 120")):
        answer = browser.post(url("protocol_save", program.pk), {"name": name})
        assert answer.status_code == 422
        assert words in answer.text


def test_an_issued_version_is_kept_from_its_page(clinic: World, browser: Client, program: Program) -> None:
    issue_program(by=clinic.clinician, program=program, today=timezone.localdate())
    address = url("protocol_save", program.pk) + "?version=1"
    assert address in browser.get(url("program", program.pk)).text
    assert "From version 1 as it was issued" in browser.get(address).text
    assert browser.get(url("protocol_save", program.pk) + "?version=7").status_code == 404
    browser.post(address, {"name": "As issued"})
    assert len(ClinicProtocol.objects.get().content["phases"]) == 1


def test_the_list_shows_mine_shared_ones_and_ours_with_their_source(
    clinic: World, browser: Client, keep: Keep, sign_in: Callable[[User], Client]
) -> None:
    keep("Mine alone")
    keep("Theirs, shared", by=clinic.administrator, is_shared=True)
    keep("Theirs alone", by=clinic.administrator)
    with at_most(PAGE):
        page = browser.get(url("protocols")).text
    assert "Mine alone" in page
    assert "Theirs, shared" in page
    assert "Theirs alone" not in page
    ours = next(iter(PROTOCOLS.values()))
    assert ours.title in page
    assert sign_in(clinic.reader).get(url("protocols")).text.count("Theirs, shared") == 1


def test_one_of_ours_shows_what_it_rests_on(browser: Client) -> None:
    page = browser.get(url("protocol_ours", "pht", 1)).text
    assert "Sources" in page
    assert PROTOCOLS["pht", 1].aim in page
    for diagnosis, stage in (("pht", 9), ("flu", 1)):
        assert browser.get(url("protocol_ours", diagnosis, stage)).status_code == 404


def test_a_private_protocol_is_seen_by_its_owner_and_administrators_only(
    clinic: World, keep: Keep, sign_in: Callable[[User], Client]
) -> None:
    theirs = keep(by=clinic.administrator)
    mine = keep()
    assert sign_in(clinic.clinician).get(url("protocol", theirs.pk)).status_code == 404
    assert sign_in(clinic.administrator).get(url("protocol", mine.pk)).status_code == 200
    assert sign_in(clinic.reader).get(url("protocol", mine.pk)).status_code == 404


def test_only_the_owner_or_an_administrator_changes_it(
    clinic: World, keep: Keep, sign_in: Callable[[User], Client]
) -> None:
    theirs = keep(by=clinic.administrator, is_shared=True)
    mine = keep("Mine")
    clinician, administrator = sign_in(clinic.clinician), sign_in(clinic.administrator)
    assert "Retire this protocol" not in clinician.get(url("protocol", theirs.pk)).text
    for name in ("protocol_change", "protocol_retire", "protocol_restore"):
        refused = clinician.post(url(name, theirs.pk), {"name": "Taken over"})
        assert refused.status_code == 403
        assert "Only who made this protocol" in refused.text
    administrator.post(url("protocol_change", mine.pk), {"name": "Renamed"})
    mine.refresh_from_db()
    assert (mine.name, mine.is_shared, mine.owner) == ("Renamed", False, clinic.clinician)


def test_retiring_hides_it_and_it_can_be_taken_back(browser: Client, program: Program, keep: Keep) -> None:
    protocol = keep()
    browser.post(url("protocol_retire", protocol.pk))
    assert "1 retired protocol" in browser.get(url("protocols")).text
    assert "Calm tendon" not in browser.get(url("protocol_apply", program.pk)).text
    assert browser.get(f"{url('protocol_apply', program.pk)}?protocol={protocol.pk}").status_code == 404
    browser.post(url("protocol_restore", protocol.pk))
    assert "Calm tendon" in browser.get(url("protocol_apply", program.pk)).text


def apply(browser: Client, program: Program, choice: object, numbers: list[int], into: str = "") -> Any:
    return browser.post(f"{url('protocol_apply', program.pk)}?protocol={choice}&into={into}", {"line": numbers})


def test_the_preview_marks_what_is_there_and_what_is_unsuitable(
    clinic: World, browser: Client, program: Program, keep: Keep, exercise: Callable[[str], Exercise]
) -> None:
    add_line(
        by=clinic.clinician, program=program, exercise=exercise("supine_strap_stretch"), reason="Quiet for a year."
    )
    protocol = keep()
    now(program)[-1].delete()
    preview = f"{url('protocol_apply', program.pk)}?protocol={protocol.pk}&into={program.phase}"
    browser.get(preview)
    with at_most(PAGE):
        page = browser.get(preview).text
    assert "Already in the program" in page
    assert "Unsuitable today" in page
    assert "Add the ticked ones" in page


def test_applying_adds_at_the_end_and_changes_nothing_that_is_there(
    clinic: World, browser: Client, program: Program, keep: Keep, exercise: Callable[[str], Exercise]
) -> None:
    add_line(by=clinic.clinician, program=program, exercise=exercise("chair_bridge"))
    protocol = keep()
    now(program)[-1].delete()
    line = now(program)[0]
    change_line(by=clinic.clinician, line=line, dose=from_json({**line.dose, "sets": 2}), note="Mine.")
    before = [(one.pk, one.dose, one.note, one.position) for one in now(program)]
    steps = DraftStep.objects.count()
    kept = from_content(protocol.content)[program.phase - 1]
    first = sum(len(phase.lines) for phase in from_content(protocol.content)[: program.phase - 1])
    everything = list(range(first + 1, first + 1 + len(kept.lines)))
    answer = apply(browser, program, protocol.pk, everything)
    assert answer["Location"] == url("builder", program.pk) + "#plan"
    lines = now(program)
    assert [(one.pk, one.dose, one.note, one.position) for one in lines[:-1]] == before
    assert lines[-1].exercise.key == "chair_bridge"
    assert DraftStep.objects.count() == steps + 1


def test_applying_is_one_step_to_undo(clinic: World, browser: Client, program: Program) -> None:
    before = [line.pk for line in now(program)]
    apply(browser, program, "pht-2", [1, 2, 3])
    assert len(now(program)) == len(before) + 3
    step = DraftStep.objects.filter(program=program).first()
    assert step
    assert step.what.startswith("Added from")
    take_back(by=clinic.clinician, program=program, number=step.number)
    assert [line.pk for line in now(program)] == before


def test_the_side_follows_this_runners_pain(browser: Client, clinic: World, program: Program) -> None:
    Program.objects.filter(pk=program.pk).update(side="left")
    apply(browser, program, "pht-2", [1])
    (key,) = {PROTOCOLS["pht", 2].lines[0].exercise}
    line = next(line for line in now(program) if line.exercise.key == key)
    assert line.dose["side"] == DoseSide.LEFT


def test_a_protocol_of_several_phases_goes_phase_by_phase_or_into_one(
    clinic: World, browser: Client, program: Program, keep: Keep, exercise: Callable[[str], Exercise]
) -> None:
    number = add_phase(by=clinic.clinician, program=program, title="Race", criteria=["Runs a race."])
    program.refresh_from_db()
    add_line(by=clinic.clinician, program=program, exercise=exercise("chair_bridge"), phase=number)
    protocol = keep()
    total = sum(len(phase.lines) for phase in from_content(protocol.content))
    program.lines.filter(phase=number).delete()
    program.phases = program.phases[: number - 1]
    program.save()
    page = browser.get(f"{url('protocol_apply', program.pk)}?protocol={protocol.pk}").text
    assert f"Into a new phase {number}: Race" in page
    apply(browser, program, protocol.pk, [total])
    program.refresh_from_db()
    assert program.phases[number - 1] == {"title": "Race", "criteria": ["Runs a race."], "stage": None}
    assert program.lines.get(phase=number).exercise.key == "chair_bridge"
    apply(browser, program, protocol.pk, [total], into="1")
    assert program.lines.filter(phase=1, exercise__key="chair_bridge").count() == 1


def test_a_retired_exercise_is_said_and_left_out(browser: Client, clinic: World, program: Program, keep: Keep) -> None:
    own = Exercise.objects.get(clinic=None, key="chair_bridge")
    own.pk, own.clinic, own.key, own.name = None, clinic.clinic, "own_thing", "Our own thing"
    own._state.adding = True
    own.save()
    add_line(by=clinic.clinician, program=program, exercise=own)
    protocol = keep()
    now(program)[-1].delete()
    Exercise.objects.filter(pk=own.pk).update(retired_at=timezone.now())
    page = browser.get(f"{url('protocol_apply', program.pk)}?protocol={protocol.pk}").text
    assert "Our own thing" in page
    assert "Retired from the library" in page
    before = len(now(program))
    apply(browser, program, protocol.pk, list(range(1, 60)))
    assert "own_thing" not in {line.exercise.key for line in now(program)}
    assert len(now(program)) == before


def test_nothing_ticked_is_said(browser: Client, program: Program) -> None:
    answer = apply(browser, program, "pht-2", [])
    assert answer.status_code == 422
    assert "Tick at least one exercise" in answer.text


@pytest.mark.parametrize("choice", ["pht-9", "nonsense", "00000000-0000-0000-0000-000000000000"])
def test_a_protocol_that_is_none_is_not_found(browser: Client, program: Program, choice: str) -> None:
    assert browser.get(f"{url('protocol_apply', program.pk)}?protocol={choice}").status_code == 404


def test_a_reader_looks_and_changes_nothing(
    clinic: World, program: Program, keep: Keep, sign_in: Callable[[User], Client]
) -> None:
    protocol, reader = keep(is_shared=True), sign_in(clinic.reader)
    assert "Name and sharing" not in reader.get(url("protocol", protocol.pk)).text
    for name in ("protocol_change", "protocol_retire", "protocol_restore"):
        assert reader.post(url(name, protocol.pk), {"name": "Mine now"}).status_code == 403
    for name in ("protocol_save", "protocol_apply"):
        assert reader.get(url(name, program.pk)).status_code == 403


def test_another_clinics_protocols_are_not_there(db: None, sign_in: Callable[[User], Client]) -> None:
    here, there = make_clinic(), make_clinic("Elsewhere")
    with clinic_scope(there.clinic.pk, actor="system:tests"):
        content = {"phases": []}
        theirs = ClinicProtocol.objects.create(
            clinic=there.clinic, owner=there.clinician, name="Secret recipe", is_shared=True, content=content
        )
    browser = sign_in(here.administrator)
    assert browser.get(url("protocol", theirs.pk)).status_code == 404
    assert "Secret recipe" not in browser.get(url("protocols")).text
