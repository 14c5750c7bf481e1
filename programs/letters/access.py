"""The only road to a letter. A stranger gets 404, and every reading is remembered with the patient it concerns."""

from uuid import UUID

from django.shortcuts import get_object_or_404

from assessments.models import Assessment
from clinic.access import remember_reading
from clinic.http import ClinicRequest
from programs.models import Letter, LetterPaper

BASIS = ("clinic", "writer", "episode__patient__running", "assessment__conclusion", "assessment__signed_by")


def get_letter(request: ClinicRequest, letter_id: UUID) -> Letter:
    """The letter with its runner, the assessment it stands on and its paper without the PDF; or 404. Two queries."""
    letters = Letter.objects.filter(clinic=request.clinic).select_related(*BASIS, "paper").defer("paper__pdf")
    letter = get_object_or_404(letters, pk=letter_id)
    remember_reading(request, letter.episode.patient)
    return letter


def get_signed(request: ClinicRequest, assessment_id: UUID) -> Assessment:
    """The signed assessment a letter may stand on, with its runner and conclusion; or 404. Two queries."""
    signed = Assessment.objects.filter(clinic=request.clinic, state=Assessment.State.SIGNED)
    found: Assessment = get_object_or_404(
        signed.select_related("clinic", "episode__patient__running", "conclusion", "signed_by"), pk=assessment_id
    )
    remember_reading(request, found.episode.patient)
    return found


def get_paper(request: ClinicRequest, letter_id: UUID) -> LetterPaper:
    """The job's state without its PDF, for the line that asks every second: not a reading of the record. One query."""
    papers = LetterPaper.objects.filter(clinic=request.clinic).defer("pdf")
    return get_object_or_404(papers, letter=letter_id)


def get_pdf(request: ClinicRequest, letter_id: UUID) -> bytes:
    """The finished PDF; 404 as long as it is not done. Two queries."""
    done = LetterPaper.objects.filter(clinic=request.clinic, state=LetterPaper.State.DONE)
    paper = get_object_or_404(done.select_related("letter__episode__patient"), letter=letter_id)
    remember_reading(request, paper.letter.episode.patient)
    return bytes(paper.pdf or b"")
