"""Findings, red flags and contributors as entries: what is asked, what stops, what may have led to the pain."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from assessments.answers import CHOICE_WORDS, FROM_THE_RECORD
from assessments.presenters.knowledge.entry import Entry, Kind, entry, label_in
from assessments.reasoning import AnswerKind, Finding, Knowledge, Tier
from assessments.reasoning.conditions import AGE, Atom, Condition
from assessments.reasoning.red_flags import Rule
from assessments.wording.contributors import LEADS_TO
from assessments.wording.evidence import evidence_of

COMPARED = {
    "<=": lazy("%(n)s or less"),
    ">=": lazy("%(n)s or more"),
    "<": lazy("below %(n)s"),
    ">": lazy("above %(n)s"),
}
MODES = {
    "": "%s",
    "both": lazy("%s on both sides"),
    "no": lazy("%s: looked for, not found"),
    "unknown": lazy("%s: nobody knows"),
}
TIER_NAMES = {
    Tier.R1: lazy("Emergency (R1)"),
    Tier.R2: lazy("Urgent (R2)"),
    Tier.AMBER: lazy("Caution (amber)"),
}
EXPECTED = {"same": lazy("the painful side"), "opposite": lazy("the other side")}


def findings(knowledge: Knowledge) -> Iterator[Entry]:
    """Section by section, as the intake asks them; what the record itself knows is no finding anybody is asked for."""
    titles = {section.key: section.title for section in knowledge.sections}
    for finding in knowledge.findings.values():
        if finding.key in FROM_THE_RECORD:
            continue
        evidence = evidence_of(finding)
        yield entry(
            Kind.FINDING,
            finding.key,
            label_in(knowledge, finding.key),
            finding.how,
            group=titles[finding.section],
            lines=(*evidence.speaks, *(line for line, _source in evidence.accuracy), *_answered(finding)),
            sources=(finding.source, *(item.source for item in finding.accuracy)),
            seen=finding.reviewed,
            hypotheses=finding.concerns,
        )


def _answered(finding: Finding) -> Iterator[str]:
    if finding.kind is AnswerKind.CHOICE:
        yield _("Answers: %(choices)s") % {"choices": ", ".join(str(CHOICE_WORDS.get(c, c)) for c in finding.choices)}
    if finding.lowest is not None and finding.highest is not None:
        span = {"low": f"{finding.lowest:g}", "high": _with_unit(finding.highest, finding)}
        yield _("Possible from %(low)s to %(high)s") % span
    if finding.usual is not None:
        yield _asked_about(finding, *finding.usual)
    if finding.pass_at_least is not None:
        yield _("Passed from %(n)s") % {"n": _with_unit(finding.pass_at_least, finding)}
    if finding.pass_at_most is not None:
        yield _("Passed up to %(n)s") % {"n": _with_unit(finding.pass_at_most, finding)}
    if finding.mandatory:
        yield _("Asked of everyone, at every visit")


def _asked_about(finding: Finding, low: float, high: float) -> str:
    span = {"low": _with_unit(low, finding), "high": _with_unit(high, finding)}
    if low == finding.lowest:
        return _("Asked about before it is kept: above %(high)s (our own proposal)") % span
    if high == finding.highest:
        return _("Asked about before it is kept: below %(low)s (our own proposal)") % span
    return _("Asked about before it is kept: below %(low)s or above %(high)s (our own proposal)") % span


def _with_unit(number: float, finding: Finding) -> str:
    unit = finding.unit
    return f"{number:g}{unit if unit in ('', '°', '%') else f' {unit}'}"


def flags(knowledge: Knowledge) -> Iterator[Entry]:
    """Each red flag with every rule that raises it."""
    for flag in knowledge.red_flags.values():
        rules = tuple(_rule(rule, knowledge) for rule in flag.rules)
        yield entry(
            Kind.FLAG,
            flag.id,
            flag.title,
            flag.action,
            group=_("Red flags"),
            lines=(*rules, *((flag.cannot_fire,) if flag.cannot_fire else ()), _referral(flag.referral)),
            sources=(flag.source,),
            seen=flag.reviewed,
            tag=flag.id,
        )


def _referral(text: str) -> str:
    return _("Referral: %(text)s") % {"text": text}


def _rule(rule: Rule, knowledge: Knowledge) -> str:
    parts = [_condition(item, knowledge) for item in rule.all_of]
    if rule.any_of:
        some = "; ".join(_condition(item, knowledge) for item in rule.any_of)
        if rule.at_least > 1:
            some = _("at least %(n)s of: %(some)s") % {"n": rule.at_least, "some": some}
        elif len(rule.any_of) > 1:
            some = _("any of: %(some)s") % {"some": some}
        parts.append(some)
    words = _("%(tier)s when %(parts)s") % {"tier": TIER_NAMES[rule.tier], "parts": _(", and ").join(parts)}
    if rule.unless:
        words += _(", unless %(parts)s") % {"parts": "; ".join(_condition(item, knowledge) for item in rule.unless)}
    return f"{words}. {rule.note}" if rule.note else words


def _condition(condition: Condition, knowledge: Knowledge) -> str:
    return _(" or ").join(_atom(atom, knowledge) for atom in condition.atoms)


def _atom(atom: Atom, knowledge: Knowledge) -> str:
    if atom.mode == "flag":
        return _("%(flag)s is raised") % {"flag": atom.key}
    if atom.key == AGE:
        return _("age %(compared)s") % {"compared": COMPARED[atom.op] % {"n": atom.value}}
    said = f"“{label_in(knowledge, atom.key).rstrip('?')}”"
    if atom.op == "=":
        said = f"{said}: {str(CHOICE_WORDS.get(atom.value, atom.value)).lower()}"
    elif atom.op:
        said = f"{said}: {COMPARED[atom.op] % {'n': atom.value}}"
    return str(MODES[atom.mode]) % said


def contributors(knowledge: Knowledge) -> Iterator[Entry]:
    """Each with every view on it, also those that contradict each other."""
    for item in knowledge.contributors.values():
        leads = ", ".join(str(LEADS_TO.get(content, content)) for content in item.content)
        lines = [_("Found when: %(findings)s") % {"findings": _(" or ").join(_atom(a, knowledge) for a in item.when)}]
        if item.side in EXPECTED:
            lines.append(_("One view expects it on %(side)s") % {"side": EXPECTED[item.side]})
        yield entry(
            Kind.CONTRIBUTOR,
            item.key,
            item.title,
            _("Leads to %(content)s; never changes the order of the hypotheses.") % {"content": leads},
            group=_("What may have led to the pain"),
            lines=(*lines, *(view.says for view in item.views)),
            sources=(item.source, *(view.source for view in item.views)),
            seen=item.reviewed,
        )
