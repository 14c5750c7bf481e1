"""A clinic's own exercises, and what it changes in ours. Nothing that was issued changes, and nothing of ours is lost:
an adaptation keeps only what the clinic wrote, and what ours said when it was written.

`by` names who acts; the audit learns it from the clinic's scope.
"""
# ruff: noqa: ARG001

import uuid
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clinic.models import User
from clinic.pictures import Picture
from programs.library.exercise import SideRule
from programs.loading import content_hash, settle
from programs.models import Exercise, ExercisePicture
from programs.progression.dose_words import Limb

BASED_ON: Final = "based_on"
"""Where an adaptation keeps what ours said at its making, of all that a clinic may change."""
CHANGEABLE: Final = (
    *("name", "targets", "purpose", "start", "steps", "cues", "faults", "breathing", "dose", "side_rule", "position"),
    *("load_type", "equipment", "rep_word", "easier", "harder", "passes"),
)
BLANK: Final[Mapping[str, Any]] = {
    **dict.fromkeys(("breathing", "rep_word", "easier", "harder", "passes", "result", "finding", "disputed"), ""),
    **{name: [] for name in ("progressions", "regressions", "content", "unsuitable", "sources")},
    "limb": Limb.LEG.value,
}
YEARS_TO_REVIEW: Final = 1


@transaction.atomic
def create_exercise(
    *,
    by: User,
    clinic_id: uuid.UUID,
    content: Mapping[str, Any],
    video_url: str = "",
    like: Exercise | None = None,
    today: date,
    language: str = "en",
) -> Exercise:
    """The clinic's own, found from now on. `like` gives what the form does not ask: sources, what it asks of the body."""
    key = f"own-{uuid.uuid4().hex[:12]}"
    kept = {**like.whole, "progressions": [], "regressions": [], "finding": ""} if like else BLANK
    kept = {name: value for name, value in kept.items() if name != BASED_ON}
    whole = {**kept, **content, "key": key, "language": language, "reviewed": _reviewed(by, today)}
    return _settled(Exercise(clinic_id=clinic_id, key=key, content=whole, video_url=video_url))


@transaction.atomic
def change_exercise(
    *, by: User, exercise: Exercise, content: Mapping[str, Any], video_url: str, today: date
) -> Exercise:
    """Drafts and the library show it from now on; what was issued stays as it was issued."""
    locked = _locked(exercise)
    if locked.adapts:
        return _adapted(locked, content, video_url, is_seen=False)
    locked.content = {**locked.content, **content, "reviewed": _reviewed(by, today)}
    locked.video_url = video_url
    return _settled(locked)


@transaction.atomic
def adapt_exercise(
    *,
    by: User,
    clinic_id: uuid.UUID,
    ours: Exercise,
    content: Mapping[str, Any],
    video_url: str = "",
) -> Exercise:
    """This clinic meets its own wording in the place of ours; only what differs is kept, the rest follows ours.

    An adaptation that was given up before is taken up again with this wording. Drafts that have ours keep ours.

    Raises ValidationError for an exercise that is not ours, or that somebody adapts at the same moment.
    """
    if ours.clinic_id is not None:
        raise ValidationError(_("Only an exercise of ours is adapted; your own you simply edit."))
    mine = Exercise.objects.select_for_update().filter(clinic_id=clinic_id, key=ours.key).first()
    mine = mine or Exercise(clinic_id=clinic_id, key=ours.key)
    mine.adapts, mine.retired_at, mine.content = ours, None, {}
    try:
        with transaction.atomic():
            return _adapted(mine, content, video_url)
    except IntegrityError as error:
        raise ValidationError(_("Somebody adapted this exercise just now. Open it again.")) from error


@transaction.atomic
def take_over(*, by: User, exercise: Exercise, take: Collection[str]) -> Exercise:
    """After ours changed: of the fields named in `take` ours is taken, the other changes of the clinic stand."""
    locked = _locked(exercise)
    if locked.adapts is None:
        raise ValidationError(_("This exercise adapts none of ours."))
    locked.content = {name: value for name, value in locked.content.items() if name not in take}
    return _adapted(locked, {}, locked.video_url)


@transaction.atomic
def retire_exercise(*, by: User, exercise: Exercise) -> None:
    """No longer offered; programs and drafts that have it keep it. An adaptation gives way to ours again."""
    locked = _locked(exercise)
    locked.retired_at = locked.retired_at or timezone.now()
    locked.save(update_fields=["retired_at"])


@transaction.atomic
def restore_exercise(*, by: User, exercise: Exercise) -> None:
    locked = _locked(exercise)
    locked.retired_at = None
    locked.save(update_fields=["retired_at"])


@transaction.atomic
def add_picture(*, by: User, clinic_id: uuid.UUID, exercise: Exercise, picture: Picture, words: str) -> ExercisePicture:
    """Shown with it from now on; earlier pictures stay with what was issued. Ours is adapted for it, without a change."""
    own = exercise if exercise.clinic_id else adapt_exercise(by=by, clinic_id=clinic_id, ours=exercise, content={})
    return ExercisePicture.objects.create(
        clinic_id=clinic_id,
        exercise=own,
        image=picture.png,
        width=picture.width,
        height=picture.height,
        words=words,
        by=by,
    )


@transaction.atomic
def remove_pictures(*, by: User, exercise: Exercise) -> None:
    """The drawing is shown again; programs issued with a picture keep theirs."""
    ExercisePicture.objects.filter(exercise=exercise, removed_at=None).update(removed_at=timezone.now())


def _locked(exercise: Exercise) -> Exercise:
    """The clinic's row, held until the transaction ends. Raises ValidationError for ours, which no clinic may write."""
    if exercise.clinic_id is None:
        raise ValidationError(_("This exercise is ours: adapt it instead."))
    own = Exercise.objects.select_for_update(of=("self",)).select_related("adapts")
    return own.get(pk=exercise.pk, clinic_id=exercise.clinic_id)


def _adapted(mine: Exercise, content: Mapping[str, Any], video_url: str, *, is_seen: bool = True) -> Exercise:
    """Keep what differs from ours as it is now. `is_seen`: the clinic has seen what ours says now."""
    assert mine.adapts is not None  # noqa: S101 - the callers made sure
    ours = {name: mine.adapts.content.get(name, "") for name in CHANGEABLE}
    wanted = {name: value for name, value in {**mine.content, **content}.items() if name in ours}
    based_on = ours if is_seen else mine.content.get(BASED_ON, ours)
    mine.content = {name: value for name, value in wanted.items() if _plain(name, value) != _plain(name, ours[name])}
    mine.content[BASED_ON] = based_on
    mine.video_url = video_url
    if is_seen:
        mine.adapted_hash = mine.adapts.content_hash
    return _settled(mine)


def _plain(name: str, value: Any) -> Any:
    """To compare: ticked boxes come in the order of the form, so their order does not count."""
    return sorted(value) if name in ("targets", "equipment") else value


def _settled(exercise: Exercise) -> Exercise:
    whole = exercise.whole
    if whole["side_rule"] != SideRule.BOTH.value and whole["limb"] == Limb.NONE.value:
        exercise.content["limb"] = Limb.LEG.value  # a dose with sides names what it is a side of
    settle(exercise)
    exercise.content_hash = content_hash(exercise.content)
    exercise.save()
    return exercise


def _reviewed(by: User, today: date) -> dict[str, str]:
    due = today.replace(year=today.year + YEARS_TO_REVIEW, day=min(today.day, 28))
    return {"author": by.name, "reviewed_on": today.isoformat(), "review_due": due.isoformat()}
