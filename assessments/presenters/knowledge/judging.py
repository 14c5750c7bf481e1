"""Criteria, weights, outcome measures and retest as entries: how what was found is judged."""

from collections.abc import Iterator

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from assessments.presenters.knowledge.entry import Entry, Kind, entry, label_in, listed
from assessments.reasoning import Knowledge
from assessments.reasoning.outcomes import load_outcomes
from assessments.reasoning.releases import files_of
from assessments.reasoning.retest import RetestKnowledge, load_retest
from assessments.reasoning.weights import Row, Settings, Vector
from assessments.wording.evidence import ANSWERS, HYPOTHESES, evidence_of_rule
from clinic.vocabulary.diagnoses import Hypothesis, WorkingDiagnosis
from clinic.vocabulary.provenance import Source

VALUES = {
    "sudden_at_speed": lazy("Sudden, with speed, warm-up or a pop"),
    "both": lazy("Lost with the knee straight and bent"),
    "straight_only": lazy("Lost with the knee straight only"),
    "none": lazy("None"),
    "positive": lazy("Positive: three or more of at least four"),
    "partial": lazy("Partly: one or two of at least four"),
    "negative": lazy("Negative: none of at least four"),
    "three_or_more": lazy("Three or more"),
    "one_or_two": lazy("One or two"),
}
ROWS = {
    "onset": lazy("Onset"),
    "pht_stretch": lazy("Stretch test of the upper tendon, the best one done"),
    "range": lazy("Range lost on the raises"),
    "sij_count": lazy("Number of positive provocation tests"),
    "sij_location": lazy("Points to the joint, or pressure on it hurts"),
    "neurodynamic": lazy("Neurodynamic test with differentiation"),
    "slr_over_bent_knee": lazy("Straight-leg raise hurts clearly more than the bent-knee stretch"),
    "deficit": lazy("Any neurological deficit"),
    "symptoms": lazy("Number of nerve-like symptoms"),
    "piriformis": lazy("Either piriformis test"),
    "lumbar": lazy("Repeated lumbar movements"),
}
"""Rows that read several findings as one; any other row is called like its finding."""


def criteria(knowledge: Knowledge) -> Iterator[Entry]:
    """What each hypothesis needs, part by part, and how well the rule as a whole does in studies."""
    for hypothesis, criterion in knowledge.criteria.items():
        parts = tuple(f"{capfirst(part.label)}: {listed(knowledge, part.keys)}" for part in criterion.parts.values())
        yield entry(
            Kind.CRITERION,
            hypothesis.value,
            str(HYPOTHESES[hypothesis]),
            criterion.rule,
            group=_("Criteria"),
            lines=(*parts, *(line for line, _source in evidence_of_rule(criterion).accuracy)),
            sources=(criterion.source, *(item.source for item in criterion.accuracy)),
            seen=criterion.reviewed,
            hypotheses=frozenset({hypothesis}),
        )


def weights(knowledge: Knowledge) -> Iterator[Entry]:
    """The working likelihoods, called what they are: proposed, and never shown beside a patient."""
    found, group = knowledge.weights, _("Working likelihoods")
    yield _settings(found.settings, group)
    for voice in found.groups.values():
        yield entry(
            Kind.WEIGHT,
            voice.key,
            voice.title,
            _("One observation in several words: however many are found, they count as one voice."),
            group=group,
            lines=(
                _("Members: %(members)s") % {"members": listed(knowledge, voice.members)},
                _("Complete with %(n)s answered") % {"n": voice.needed},
            ),
            sources=(voice.source,),
            seen=voice.reviewed,
            tag=voice.key,
        )
    for row in found.rows.values():
        yield entry(
            Kind.WEIGHT,
            row.key,
            _row_title(row, knowledge),
            _("How likely each answer is under each hypothesis: our own proposal, anchored on the study named."),
            group=group,
            lines=tuple(_likelihoods(value, vector) for value, vector in row.values.items()),
            sources=(row.anchor,),
            seen=row.reviewed,
            tag=row.group,
        )


def _row_title(row: Row, knowledge: Knowledge) -> str:
    return str(ROWS.get(row.key) or label_in(knowledge, row.key))


def _likelihoods(value: str, vector: Vector) -> str:
    return f"{VALUES.get(value) or ANSWERS.get(value, value)}: {_by_hypothesis(vector)}"


def _by_hypothesis(vector: Vector) -> str:
    return ", ".join(f"{str(HYPOTHESES[h]).lower()} {n:.2f}" for h, n in zip(Hypothesis, vector, strict=True))


def _settings(settings: Settings, group: str) -> Entry:
    bands = _("Own support reads possible from %(a)s, likely from %(b)s, very likely from %(c)s.")
    return entry(
        Kind.WEIGHT,
        "settings",
        _("Bounds and bands"),
        _("How far any one voice may shift the order, and from where support is called likely."),
        group=group,
        lines=(
            _("Before anything is known: %(priors)s") % {"priors": _by_hypothesis(settings.priors)},
            _("No voice shifts two hypotheses by more than a factor of %(n)s.") % {"n": f"{settings.bound:g}"},
            _("Unclear when the first two are within a factor of %(n)s.") % {"n": f"{settings.close_call:g}"},
            _("Outside the three only with %(n)s of ten voices heard.") % {"n": settings.groups_for_outside},
            bands % {"a": settings.possible_from, "b": settings.likely_from, "c": settings.very_likely_from},
        ),
        sources=(settings.source,),
        seen=settings.reviewed,
    )


def outcomes(knowledge: Knowledge) -> Iterator[Entry]:
    """The outcome measures with every published threshold; none in versions before there were any."""
    files = files_of(knowledge.version)
    if "outcomes.toml" not in files.files:
        return
    for measure in load_outcomes(files).values():
        judged = _("Judged by: %(says)s") % {"says": measure.threshold.says}
        also = [_("Also published: %(says)s") % {"says": item.says} for item in measure.also]
        sources: tuple[Source, ...] = (measure.threshold.source, *(item.source for item in measure.also))
        yield entry(
            Kind.OUTCOME,
            measure.key,
            measure.title,
            measure.how,
            group=_("Outcome measures"),
            lines=(judged, *also),
            sources=(measure.source, *sources),
            seen=measure.reviewed,
        )


def retest(knowledge: Knowledge) -> Iterator[Entry]:
    """What a follow-up looks at again and how it reads a change; none in versions before there was a card."""
    files = files_of(knowledge.version)
    if "retest.toml" in files.files:
        found = load_retest(files, knowledge.findings)
        yield from _cards(found, knowledge)
        yield from _changes(found, knowledge)


def _cards(found: RetestKnowledge, knowledge: Knowledge) -> Iterator[Entry]:
    names = {item.value: str(HYPOTHESES[item]) for item in Hypothesis} | {
        WorkingDiagnosis.MIXED.value: _("Mixed"),
        WorkingDiagnosis.OUTSIDE.value: _("Outside the three"),
        WorkingDiagnosis.REFER.value: _("Referred on"),
    }
    for key, measures in found.measures.items():
        lines = [_("Always: %(findings)s") % {"findings": listed(knowledge, measures.findings)}]
        if measures.if_positive:
            lines.append(
                _("When it was positive: %(findings)s") % {"findings": listed(knowledge, measures.if_positive)}
            )
        lines.append(
            _("To catch a wrong diagnosis: %(findings)s") % {"findings": listed(knowledge, measures.comparators)}
        )
        concerned = frozenset({Hypothesis(key)}) if key in set(Hypothesis) else frozenset()
        yield entry(
            Kind.RETEST,
            key,
            names[key],
            _("What is looked at again at every follow-up with this working diagnosis."),
            group=_("Retest"),
            lines=tuple(lines),
            sources=(measures.source,),
            seen=measures.reviewed,
            hypotheses=concerned,
        )
    for hypothesis, signs in found.signs.items():
        yield entry(
            Kind.RETEST,
            f"signs-{hypothesis.value}",
            _("Signs of: %(cause)s") % {"cause": HYPOTHESES[hypothesis]},
            _("Settled when every sign that was there is gone; a rival from %(n)s on.") % {"n": signs.rival_from},
            group=_("Retest"),
            lines=(listed(knowledge, signs.findings),),
            sources=(signs.source,),
            seen=signs.reviewed,
            hypotheses=frozenset({hypothesis}),
        )


def _changes(found: RetestKnowledge, knowledge: Knowledge) -> Iterator[Entry]:
    for key, reading in found.readings.items():
        unit = knowledge.findings[key].unit
        better = _("More is better.") if reading.rises else _("Less is better.")
        too_little = _("A change below %(n)s%(unit)s is too little to tell apart.")
        yield entry(
            Kind.RETEST,
            f"change-{key}",
            _("Change of: %(finding)s") % {"finding": label_in(knowledge, key)},
            better,
            group=_("Retest"),
            lines=(too_little % {"n": f"{reading.smallest:g}", "unit": unit},),
            sources=(reading.source,),
            seen=reading.reviewed,
        )
