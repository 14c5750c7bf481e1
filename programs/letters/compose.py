"""From the record to a letter. Pure but for the active language: the same basis and the same own words give the same letter.

Generated parts draw on stored answers and on the words frozen with the signature, and on nothing else. What the writer
typed stands in blocks of its own. Sections may be left out, which the letter says; nothing can be put in.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from programs.letters import examined
from programs.letters.basis import Basis, Written
from programs.letters.document import Block, Chart, Facts, Grid, LetterDocument, Own, Section, Sentence, Signature

TITLES: Final = {
    "opening": "",
    "conclusion": lazy("Conclusion"),
    "question": lazy("What is asked"),
    "screening": lazy("Screening for serious causes"),
    "history": lazy("History"),
    "chart": lazy("Where it hurts"),
    "findings": lazy("Findings"),
    "reasoning": lazy("What supports and what contradicts"),
    "outcomes": lazy("Measures and change"),
    "program": lazy("Program and response"),
    "progress": lazy("Progress chart"),
    "sooner": lazy("When not to wait"),
    "closing": "",
}
"""Every section in the order of the letter. Own ones cannot be ticked away: empty, they are not printed."""

OWN: Final = ("opening", "question", "closing")
ADDED: Final = ("progress",)
"""Not there unless the writer wants it, so leaving it away is nothing left out."""
SUBJECT: Final = {
    "referral": lazy("Referral letter"),
    "discharge": lazy("Discharge letter"),
    "gp": lazy("Letter to the GP"),
}
NOTHING: Final = lazy("nothing recorded")


def day(value: date) -> str:
    return date_format(value, "j F Y")


def compose(basis: Basis, written: Written, *, on: date) -> LetterDocument:
    """The whole letter, dated `on`. Call it with the letter's language active. Asks no database."""
    sections = sections_of(basis, written)
    return LetterDocument(
        language=basis.language,
        paper=basis.paper,
        title=str(SUBJECT[written.kind]),
        head=basis.head,
        recipient=_recipient(written),
        facts=_facts(basis, written, on),
        subject=_("%(kind)s: %(name)s, born %(day)s")
        % {"kind": SUBJECT[written.kind], "name": basis.patient, "day": day(basis.born)},
        running_head=_("%(name)s, born %(day)s") % {"name": basis.patient, "day": day(basis.born)},
        sections=tuple(section for section in sections if section.key not in written.left_out),
        signature=_signature(basis, written),
        small_print=_small_print(basis, written, [one for one in sections if one.key in written.left_out]),
    )


def sections_of(basis: Basis, written: Written) -> list[Section]:
    """All sections that have something to say, those left out included."""
    own = {"opening": written.opening, "question": written.question, "closing": written.closing}
    parts: Mapping[str, Callable[[Basis], list[Block]]] = {
        "conclusion": _conclusion,
        "screening": examined.screening,
        "history": examined.history,
        "chart": lambda basis: [Sentence("; ".join(basis.chart) + ".")] if basis.chart else [],
        "findings": examined.findings,
        "reasoning": _reasoning,
        "outcomes": _outcomes,
        "program": _program,
        "progress": lambda basis: [Chart(basis.progress.text, basis.progress.course)] if basis.progress else [],
        "sooner": _sooner,
    }
    found = []
    for key, title in TITLES.items():
        blocks = [Own(own[key].strip())] if key in OWN and own[key].strip() else parts.get(key, lambda _: [])(basis)
        if blocks:
            found.append(Section(key, str(title), tuple(blocks)))
    return found


def _recipient(written: Written) -> tuple[str, ...]:
    lines = (written.recipient_name, written.recipient_organisation, *written.recipient_address.splitlines())
    return tuple(line.strip() for line in lines if line.strip())


def _facts(basis: Basis, written: Written, on: date) -> tuple[tuple[str, str], ...]:
    rows = [
        (_("Date"), day(on)),
        (_("Your reference"), written.reference),
        (_("Examined"), day(basis.examined_on)),
        (_("Visit"), str(basis.visit)),
    ]
    if basis.version > 1:
        rows.append((_("Record"), _("version %(number)s, amended") % {"number": basis.version}))
    return tuple(row for row in rows if row[1])


def _conclusion(basis: Basis) -> list[Block]:
    said = basis.conclusion
    if said is None:
        return []
    stage = ""
    if said.stage:
        stage = _("%(stage)s of %(last)s") % {"stage": said.stage, "last": said.last_stage or said.stage}
    rows = (
        (_("Working diagnosis"), f"{said.diagnosis_words}, {said.side}"),
        (_("Stage"), stage),
        (_("Irritability"), said.irritability),
        (_("Severity"), said.severity),
    )
    blocks: list[Block] = [Facts(tuple(row for row in rows if row[1]))]
    if said.wording:
        blocks.append(Sentence(said.wording, lead=_("In the clinician’s words:"), quoted=True))
    if said.unexamined_reason:
        lead = _("Why other causes were not examined:")
        blocks.append(Sentence(said.unexamined_reason, lead=lead, quoted=True))
    return blocks


def _reasoning(basis: Basis) -> list[Block]:
    """The differential as it stood on the screen when it was signed: criteria and evidence, no percentages."""
    cards = basis.panel.get("cards", ())
    if not cards:
        return []
    rows = []
    for card in cards:
        state = ": ".join(part for part in (card.get("state_words", ""), card.get("criteria", "")) if part)
        name = f"{card['name']}\n{state}" if state else card["name"]
        columns = (card.get("speaks_for", ()), card.get("speaks_against", ()))
        rows.append((name, *("; ".join(items) or str(NOTHING) for items in columns), _not_assessed(card)))
    heads = (_("Cause and its criteria"), _("Supports"), _("Contradicts"), _("Not assessed"))
    return [Grid(heads, tuple(rows))]


def _not_assessed(card: Mapping[str, Any]) -> str:
    """By name what would decide the criteria, the rest counted. What is decided needs nothing any more."""
    needs = [*card.get("needed", ()), *(need for part in card.get("parts", ()) for need in part.get("needed", ()))]
    named = list(dict.fromkeys(need["label"] for need in needs))
    others = len(set(card.get("not_assessed", ())) - set(named))
    if named:
        more = [ngettext("%(n)s other", "%(n)s others", others) % {"n": others}] if others else []
        return "; ".join([*named, *more])
    if not others:
        return "–"
    words = ngettext("%(n)s finding its criteria do not need", "%(n)s findings its criteria do not need", others)
    return words % {"n": others}


def _outcomes(basis: Basis) -> list[Block]:
    if not basis.outcomes:
        return []
    if not any(row.first for row in basis.outcomes):
        return [Grid((_("Measure"), _("This visit")), tuple((row.label, row.now or "–") for row in basis.outcomes))]
    heads = (_("Measure"), _("First"), _("This visit"), _("Change"))
    rows = (
        (row.label, row.first or "–", row.now or str(examined.NOT_ASKED), row.change or "–") for row in basis.outcomes
    )
    return [Grid(heads, tuple(rows))]


def _program(basis: Basis) -> list[Block]:
    given = basis.program
    if given is None:
        return []
    values = {
        "version": given.version,
        "issued": day(given.issued_on),
        "first": date_format(given.starts_on, "j F"),
        "last": day(given.ends_on),
    }
    when = _("version %(version)s, issued on %(issued)s, planned from %(first)s to %(last)s.") % values
    ended = " " + _("The program has ended.") if given.has_ended else ""
    blocks: list[Block] = [Sentence(when + ended, lead=f"{given.condition}:")]
    if given.phase:
        blocks.append(Sentence(f"{given.phase}. {given.aim}".rstrip(), lead=_("Phase:")))
    if given.exercises:
        blocks.append(Sentence("; ".join(given.exercises) + ".", lead=_("Exercises:")))
    if given.running:
        blocks.append(Sentence(given.running, lead=_("Running:")))
    pain = _("Pain up to %(ceiling)s of 10 while exercising was set as acceptable.") % {"ceiling": given.ceiling}
    blocks.append(Sentence(pain))
    reported = [part.rstrip(".") + "." for part in (given.adherence, given.pain) if part]
    if reported:
        blocks.append(Sentence(" ".join(reported), lead=_("Reported by the runner:")))
    return blocks


def _sooner(basis: Basis) -> list[Block]:
    """For the reader, not a report: nothing here says that it was found or that somebody was told."""
    place = _("%(number)s or %(place)s") % {"number": basis.emergency_number, "place": basis.emergency_place}
    same_day = _(" (%(number)s)") % {"number": basis.urgent_number} if basis.urgent_number else ""
    return [
        Sentence(
            _(
                "new loss of bladder or bowel control, numbness between the legs, weakness that gets worse or is in both"
                " legs, breathlessness or chest pain."
            ),
            lead=_("Emergency, %(place)s:") % {"place": place},
        ),
        Sentence(
            _(
                "sudden severe pain with a pop or a large bruise, a swollen, warm or red leg, fever with the pain, pain at"
                " night that no position eases."
            ),
            lead=_("Same day%(number)s:") % {"number": same_day},
        ),
    ]


def _signature(basis: Basis, written: Written) -> Signature:
    lines = []
    if basis.signed_by:
        values = {"name": basis.signed_by.name, "day": day(basis.signed_by.on)}
        lines.append(_("Assessment signed by %(name)s on %(day)s") % values)
    lines += [
        _("Co-signed by %(name)s, clinician, on %(day)s") % {"name": person.name, "day": day(person.on)}
        for person in basis.cosigned_by
    ]
    role = _("Clinician, %(clinic)s") % {"clinic": basis.head.name}
    return Signature(written.writer, role, tuple(lines))


def _small_print(basis: Basis, written: Written, left_out: list[Section]) -> tuple[str, ...]:
    lines = [
        _("Evidence laid out, not a diagnosis by software; the clinician concludes."),
        _("Findings are printed as recorded; “not assessed” means that nobody examined it."),
    ]
    if written.opening or written.question or written.closing:
        lines.append(
            _("Paragraphs with a line beside them were written for this letter; the rest is the signed record.")
        )
    lines += [
        _("Version %(number)s of the assessment, signed on %(day)s, because: %(reason)s")
        % {"number": one.number, "day": day(one.signed_on), "reason": one.reason}
        for one in basis.amendments
    ]
    if left_out:
        names = ", ".join(section.title for section in left_out)
        lines.append(
            ngettext("Section left out: %(names)s.", "Sections left out: %(names)s.", len(left_out)) % {"names": names}
        )
    if basis.knowledge_version:
        lines.append(_("Knowledge %(version)s.") % {"version": basis.knowledge_version})
    return tuple(lines)
