"""A panel as a signature kept it, read back. What was not kept at the time stays empty; nothing is made up for it."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from assessments.wording.contributors import ContributorCard
from assessments.wording.criteria import Need, PartLine
from assessments.wording.evidence import Cited, Evidence, Study
from assessments.wording.flags import FlagCard
from assessments.wording.groups import GroupLine
from assessments.wording.hypotheses import Card
from assessments.wording.panel import Next, Panel
from assessments.wording.situation import Situation

Plain = Mapping[str, Any]


def thawed(data: Plain) -> Panel:
    """The panel from its JSON, of any age: the first signatures kept no parts, no keys and no evidence."""
    situation = data.get("situation") or {
        "kind": data["picture"],
        "title": data["headline"],
        "text": data["explanation"],
    }
    evidence = data.get("evidence")
    return Panel(
        headline=data["headline"],
        chip=data["chip"],
        explanation=data["explanation"],
        examined=str(data.get("examined", "")),
        picture=data["picture"],
        ranking_shown=data["ranking_shown"],
        situation=_situation(situation),
        screening_tone=data["screening_tone"],
        screening=data["screening"],
        unanswered=_needs(data["unanswered"]),
        flags=tuple(_flag(flag) for flag in data["flags"]),
        flag_history=tuple(data.get("flag_history", ())),
        cards=tuple(_card(card) for card in data["cards"]),
        next=tuple(Next(**item) for item in data["next"]),
        contributors=tuple(_contributor(item) for item in data["contributors"]),
        without_age=data["without_age"],
        knowledge_version=data["knowledge_version"],
        evidence={key: _evidence(item) for key, item in evidence.items()} if evidence else {},
    )


def _made(kind: type, data: Plain, **more: Any) -> Any:
    """One of our records from its JSON: lists as tuples, keys it does not know left out."""
    known = {field.name for field in fields(kind)}
    plain = {key: tuple(value) if isinstance(value, list) else value for key, value in data.items() if key in known}
    return kind(**(plain | more))


def _needs(data: Any) -> tuple[Need, ...]:
    return tuple(Need(item["key"], item["label"]) for item in data)


def _situation(data: Plain) -> Situation:
    groups = tuple(
        _made(GroupLine, item, next=Need(**item["next"]) if item["next"] else None) for item in data.get("groups", ())
    )
    made: Situation = _made(Situation, data, groups=groups)
    return made


def _flag(data: Plain) -> FlagCard:
    made: FlagCard = _made(FlagCard, data, source=Cited(**data["source"]))
    return made


def _card(data: Plain) -> Card:
    parts = tuple(_made(PartLine, part, needed=_needs(part["needed"])) for part in data.get("parts", ()))
    made: Card = _made(Card, data, needed=_needs(data["needed"]), parts=parts)
    return made


def _contributor(data: Plain) -> ContributorCard:
    views = tuple((says, Cited(**source)) for says, source in data["views"])
    made: ContributorCard = _made(ContributorCard, data, views=views)
    return made


def _evidence(data: Plain) -> Evidence:
    made: Evidence = _made(
        Evidence,
        data,
        source=Cited(**data["source"]),
        accuracy=tuple((line, Cited(**source)) for line, source in data["accuracy"]),
        studies=tuple(_made(Study, study, source=Cited(**study["source"])) for study in data.get("studies", ())),
        reviewed_on=date.fromisoformat(data["reviewed_on"]),
        review_due=date.fromisoformat(data["review_due"]),
    )
    return made
