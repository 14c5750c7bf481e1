"""Letters: choose, write beside the preview, issue, and take away as PDF or as text."""

import json
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clinic.http import ClinicRequest, page_or_partial
from clinic.permissions import Permission, can, requires
from programs.letters import access, actions, queries
from programs.letters.basis import WORDS
from programs.letters.document import LetterDocument, from_json
from programs.letters.forms import KindForm, LetterForm, as_initial
from programs.letters.gather import Draft, draft_of
from programs.letters.text import as_text
from programs.models import Letter, LetterPaper
from programs.presenters.issued import asks_again

TEMPLATE = "letters/letter.html"
NO_STORE = {"Cache-Control": "no-store, private", "X-Content-Type-Options": "nosniff"}


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.SIGN)
def new(request: ClinicRequest, assessment_id: UUID) -> HttpResponse:
    """Choose the kind; a letter of that kind still being written on this assessment is opened instead of a second one."""
    assessment = access.get_signed(request, assessment_id)
    form = KindForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        letter = actions.start_letter(
            by=request.user, assessment=assessment, kind=form.cleaned_data["kind"], today=timezone.localdate()
        )
        return redirect("programs:letter", letter.pk)
    context = {"section": "patients", "assessment": assessment, "episode": assessment.episode, "form": form}
    return render(request, "letters/new.html", context, status=422 if form.is_bound else 200)


@require_safe
@requires(Permission.VIEW_PATIENTS)
def letter(request: ClinicRequest, letter_id: UUID) -> HttpResponse:
    """A draft beside its preview, or an issued letter as it was issued with its paper."""
    return _show(request, access.get_letter(request, letter_id))


def _draft(request: ClinicRequest, found: Letter) -> Draft:
    writes = can(request.membership, Permission.SIGN)
    writer = request.user.name if writes else found.writer.name
    return draft_of(found, writer=writer, on=timezone.localdate())


def _document(request: ClinicRequest, found: Letter) -> LetterDocument:
    return from_json(found.content or {}) if found.is_issued else _draft(request, found).document


def _show(
    request: ClinicRequest, found: Letter, form: LetterForm | None = None, conflict: str = "", status: int = 200
) -> HttpResponse:
    newest = actions.newest_version(found.assessment)
    may_write = can(request.membership, Permission.SIGN)
    context = {
        "section": "patients",
        "letter": found,
        "episode": found.episode,
        "conflict": conflict,
        "newer": newest if newest.pk != found.assessment_id else None,
        "may_write": may_write,
        **_paper_context(getattr(found, "paper", None)),
    }
    if found.is_issued:
        context["document"] = from_json(found.content or {})
    else:
        draft = _draft(request, found)
        form = form or LetterForm(initial=as_initial(found) | {"page": uuid4()})
        context |= {"document": draft.document, "form": form if may_write else None, "ticks": form.ticks(draft.offered)}
        context["can_chart"] = "program" in draft.offered
        context["recipients"] = queries.recipients_of(request.clinic.pk) if may_write else ()
    return render(request, TEMPLATE, context, status=status)


def _paper_context(paper: LetterPaper | None) -> dict[str, Any]:
    return {"paper": paper, "asks_again": bool(paper) and asks_again(paper, timezone.now())}


@require_POST
@requires(Permission.SIGN)
def save(request: ClinicRequest, letter_id: UUID) -> HttpResponse:
    """Keeps the form as it is typed; htmx gets the new preview, a page without script comes back whole."""
    found = access.get_letter(request, letter_id)
    form = LetterForm(request.POST)
    problem, status = _keep(request, found, form)
    if not request.htmx:
        if problem:
            return _show(request, found, form, problem, status)
        messages.success(request, _("Saved."))
        return redirect("programs:letter", found.pk)
    context = {"letter": found, "document": _document(request, found), "conflict": problem, "form": form}
    response = render(request, "letters/saved.html", context)
    now = formats.time_format(timezone.localtime(), "H:i")
    said = (
        {"answer-refused": {"text": problem}}
        if problem
        else {"answer-saved": {"text": _("Saved %(time)s") % {"time": now}}}
    )
    response["HX-Trigger"] = json.dumps(said)
    return response


def _keep(request: ClinicRequest, found: Letter, form: LetterForm) -> tuple[str, int]:
    """Saves, or says in words why not."""
    if not form.is_valid():
        return " ".join(str(error) for errors in form.errors.values() for error in errors), 422
    words = {name: form.cleaned_data[name] for name in WORDS}
    try:
        kept = actions.write_letter(
            by=request.user,
            letter=found,
            words=words,
            left_out=form.left_out(found.left_out),
            has_chart=form.cleaned_data["has_chart"],
            seen=form.cleaned_data["seen"] or 0,
            page=form.cleaned_data["page"],
        )
    except actions.LetterChangedError as changed:
        form.data = form.data.copy()  # type: ignore[assignment]
        form.data["seen"] = str(changed.revision)  # type: ignore[index]
        time = formats.date_format(timezone.localtime(changed.at), "H:i")
        words = _("%(name)s changed this letter at %(time)s. What you typed stays here and is not saved yet.")
        return words % {"name": changed.by, "time": time}, 409
    except ValidationError as error:
        return " ".join(error.messages), 409
    for name in (*WORDS, "left_out", "has_chart", "revision"):
        setattr(found, name, getattr(kept, name))
    return "", 200


@require_POST
@requires(Permission.SIGN)
def issue(request: ClinicRequest, letter_id: UUID) -> HttpResponse:
    """Keeps what is in the form, then freezes the letter and orders its paper. Asked twice, it is issued once."""
    found = access.get_letter(request, letter_id)
    if found.is_issued:
        return redirect("programs:letter", found.pk)
    form = LetterForm(request.POST)
    problem, status = _keep(request, found, form)
    if problem:
        return _show(request, found, form, problem, status)
    try:
        issued = actions.issue_letter(by=request.user, letter=found, today=timezone.localdate())
    except ValidationError as error:
        form.add_error("recipient_name" if getattr(error, "code", "") == "recipient" else None, error)
        return _show(request, found, form, status=422)
    if issued.pk == found.pk:
        messages.success(request, _("Issued. The letter can no longer change; the PDF is being made."))
    else:
        messages.info(request, _("This very letter was issued before; here it is."))
    return redirect("programs:letter", issued.pk)


@require_safe
@requires(Permission.VIEW_PATIENTS)
def text(request: ClinicRequest, letter_id: UUID) -> HttpResponse:
    """The whole letter as text to change and copy. What is changed there leaves the record alone."""
    found = access.get_letter(request, letter_id)
    context = {"section": "patients", "letter": found, "episode": found.episode, "text": _text(request, found)}
    return render(request, "letters/text.html", context)


@require_safe
@requires(Permission.VIEW_PATIENTS)
def text_file(request: ClinicRequest, letter_id: UUID) -> HttpResponse:
    """The same text as a file; its name says nothing about the runner."""
    words = _text(request, access.get_letter(request, letter_id))
    named = {"Content-Disposition": 'attachment; filename="letter.txt"'}
    return HttpResponse(words, content_type="text/plain; charset=utf-8", headers=NO_STORE | named)


def _text(request: ClinicRequest, found: Letter) -> str:
    document = _document(request, found)
    with translation.override(document.language):
        return as_text(document)


@require_safe
@requires(Permission.VIEW_PATIENTS)
def paper(request: ClinicRequest, letter_id: UUID) -> HttpResponse:
    """The job in one line. htmx asks every second until the answer no longer tells it to; without script one reloads."""
    found = access.get_paper(request, letter_id)
    context = {"section": "patients", "letter_id": letter_id, **_paper_context(found)}
    return page_or_partial(request, "letters/paper.html", context, partial="job")


@require_safe
@requires(Permission.VIEW_PATIENTS)
def pdf(request: ClinicRequest, letter_id: UUID) -> HttpResponse:
    """The file, never kept by anything on the way."""
    content = access.get_pdf(request, letter_id)
    named = {"Content-Disposition": 'inline; filename="letter.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=NO_STORE | named)


@require_POST
@requires(Permission.SIGN)
def retry(request: ClinicRequest, letter_id: UUID) -> HttpResponse:
    actions.retry_paper(by=request.user, paper=access.get_paper(request, letter_id))
    if request.htmx:
        context = {
            "section": "patients",
            "letter_id": letter_id,
            **_paper_context(access.get_paper(request, letter_id)),
        }
        return page_or_partial(request, "letters/paper.html", context, partial="job")
    return redirect("programs:letter", letter_id)


@require_POST
@requires(Permission.SIGN)
def again(request: ClinicRequest, letter_id: UUID) -> HttpResponse:
    """A draft moves to the newest version of its assessment; an issued letter begins a new one, to somebody else."""
    fresh = actions.write_again(by=request.user, letter=access.get_letter(request, letter_id))
    return redirect("programs:letter", fresh.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.SIGN)
def discard(request: ClinicRequest, letter_id: UUID) -> HttpResponse:
    """Asks first: a draft that is discarded is gone."""
    found = access.get_letter(request, letter_id)
    if found.is_issued:
        messages.info(request, _("An issued letter stays in the record."))
        return redirect("programs:letter", found.pk)
    if request.method == "POST":
        actions.discard_letter(by=request.user, letter=found)
        messages.success(request, _("The draft of the letter is gone."))
        return redirect("clinic:patient", found.episode.patient_id)
    context = {"section": "patients", "letter": found, "episode": found.episode}
    return render(request, "letters/discard.html", context)
