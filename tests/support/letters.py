"""A really signed examination and letters on it, through the product's own actions."""

from datetime import date

from assessments.models import Assessment
from programs.letters.actions import issue_letter, start_letter
from programs.models import Letter
from tests.assessments.conftest import open_draft
from tests.support.factories import World

ON = date(2026, 11, 22)


def examined(world: World, **episode: object) -> Assessment:
    """Inside the clinic's scope: a right-sided tendinopathy, screened, examined, concluded and signed."""
    examination = open_draft(world, **episode).ready()
    examination.conclude(wording="Load-related, no sign from the back.")
    return examination.sign()


def drafted(world: World, assessment: Assessment | None = None, kind: str = "referral") -> Letter:
    return start_letter(by=world.clinician, assessment=assessment or examined(world), kind=kind, today=ON)


def issued(world: World, assessment: Assessment | None = None, kind: str = "referral", **words: str) -> Letter:
    letter = drafted(world, assessment, kind)
    given = {"recipient_name": "Dr Miriam Osei", "recipient_organisation": "Hill Street Surgery"} | words
    Letter.objects.filter(pk=letter.pk).update(**given)
    letter.refresh_from_db()
    return issue_letter(by=world.clinician, letter=letter, today=ON)
