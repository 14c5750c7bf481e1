"""What the clinician concludes; kept as a draft, as it is chosen and typed, until it is signed."""

import hashlib
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from assessments.actions.drafts import locked_draft
from assessments.errors import ConcludedMeanwhile, Refused
from assessments.models import Assessment, Conclusion
from clinic.models import User
from clinic.vocabulary.diagnoses import WorkingDiagnosis

FIELDS = ("diagnosis", "side", "stage", "irritability", "severity", "wording", "unexamined_reason", "unscreened_reason")


def mark_of(conclusion: Conclusion | None) -> str:
    """What a page remembers of the conclusion it showed: one short mark a field, none of its words."""
    return ".".join(_mark(_stored(conclusion)[name]) for name in FIELDS)


@transaction.atomic
def save_conclusion(
    *,
    by: User,
    assessment: Assessment,
    diagnosis: str,
    side: str,
    stage: int | None = None,
    irritability: str = "",
    severity: str = "",
    wording: str = "",
    unexamined_reason: str = "",
    unscreened_reason: str = "",
    seen: str | None = None,
) -> Conclusion:
    """Write the conclusion of a draft, as far as it has come. A stage must be one the diagnosis has; what signing needs
    is checked by `sign`.

    `seen` is `mark_of` what the sender's screen showed. Then only fields the sender changed are written, and
    ConcludedMeanwhile is raised, with nothing written, when a colleague changed one of them to something else.
    """
    draft = locked_draft(assessment)
    stored = Conclusion.objects.filter(clinic_id=draft.clinic_id, assessment=draft).select_related("by").first()
    given: dict[str, Any] = {
        "diagnosis": diagnosis,
        "side": side,
        "stage": stage,
        "irritability": irritability,
        "severity": severity,
        "wording": wording,
        "unexamined_reason": unexamined_reason,
        "unscreened_reason": unscreened_reason,
    }
    if seen is not None:
        given = _merged(given, stored, seen, by)
    _check_stage(given["diagnosis"], given["stage"])
    if stored is None:
        return Conclusion.objects.create(clinic_id=draft.clinic_id, assessment=draft, by=by, **given)
    if given != _stored(stored):
        for name, value in given.items():
            setattr(stored, name, value)
        stored.by = by
        stored.save(update_fields=[*FIELDS, "by"])
    return stored


def _check_stage(diagnosis: str, stage: int | None) -> None:
    stages = WorkingDiagnosis(diagnosis).stages if diagnosis else range(1, 5)
    if stage is not None and stage not in stages:
        raise Refused(
            _("Choose a stage from 1 to %(last)s.") % {"last": stages[-1]}
            if stages
            else _("This conclusion has no stages.")
        )


def _stored(conclusion: Conclusion | None) -> dict[str, Any]:
    empty: dict[str, Any] = dict.fromkeys(FIELDS, "") | {"stage": None}
    return empty if conclusion is None else {name: getattr(conclusion, name) for name in FIELDS}


def _mark(value: Any) -> str:
    text = "" if value is None else str(value).replace("\r\n", "\n")
    return hashlib.blake2s(text.encode(), digest_size=4).hexdigest()


def _merged(given: dict[str, Any], stored: Conclusion | None, seen: str, by: User) -> dict[str, Any]:
    """What was given where the sender changed something, what is stored where not."""
    marks = dict(zip(FIELDS, seen.split("."), strict=False))
    now, merged, overtaken = _stored(stored), dict(given), []
    for name in FIELDS:
        if _mark(given[name]) == _mark(now[name]) or _mark(given[name]) == marks.get(name):
            merged[name] = now[name]
        elif stored is not None and stored.by_id != by.pk and _mark(now[name]) != marks.get(name):
            overtaken.append(name)
    if overtaken and stored is not None:
        raise ConcludedMeanwhile(_overtaken_words(stored, overtaken))
    return merged


def _overtaken_words(stored: Conclusion, overtaken: list[str]) -> str:
    """Who changed which fields, and to what; long texts are named, not repeated."""
    said = []
    for name in overtaken:
        label = str(getattr(Conclusion, name).field.verbose_name)
        value = stored.stage if name == "stage" else getattr(stored, f"get_{name}_display", str)()
        said.append(f"{label}: {value}" if value else label)
    return _("%(who)s changed the conclusion meanwhile (%(what)s). Yours is still here and was not saved.") % {
        "who": stored.by.name,
        "what": "; ".join(said),
    }
