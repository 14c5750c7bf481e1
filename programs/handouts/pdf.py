"""A handout document made into HTML and into a tagged PDF. Knows no records, no request and no network.

Cost: about a second of one core a sheet once warm, roughly 80 MB of memory; the first sheet of a process pays about
another second for loading the renderer.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from django.template.loader import render_to_string
from django.utils import translation

from programs.handouts import booklet, fitting, sheet
from programs.handouts.document import KINDS, PAPERS, HandoutDocument, HandoutError, Kind, Paper
from programs.handouts.fonts import FONT_FILES
from programs.handouts.icons import ICONS
from programs.handouts.qr import qr_data_uri

if TYPE_CHECKING:
    from weasyprint.text.fonts import FontConfiguration

PDF_VARIANT: Final = "pdf/ua-1"


def render_html(
    document: HandoutDocument,
    *,
    kind: Kind = "fridge",
    paper: Paper = "A4",
    layout: fitting.Layout | None = None,
    thinness: Mapping[int, int] | None = None,
) -> str:
    """The print as one HTML page that needs nothing but our three font files. Everything in it is escaped.

    Without `layout` the fridge sheet takes the fullest one that is estimated to fit its page. `thinness` is how much of
    each exercise the other prints leave out (booklet).
    """
    if paper not in PAPERS:
        raise HandoutError(f"“{paper}” is not a paper we print on; use one of {', '.join(PAPERS)}.")
    if kind not in KINDS:
        raise HandoutError(f"“{kind}” is not a print we make; use one of {', '.join(KINDS)}.")
    with translation.override(document.language):
        if kind == "fridge":
            context = sheet.context(document, layout or next(fitting.layouts(document, paper)))
        else:
            context = booklet.context(document, kind, thinness or {})
        context |= {
            "language": document.language,
            "paper": paper,
            "fonts": {weight: path.as_uri() for weight, path in FONT_FILES.items()},
            "icons": ICONS,
            "link_url": document.link_url,
            "qr": qr_data_uri(document.link_url) if document.link_url else "",
        }
        return render_to_string(f"handouts/{kind}.html", context)


@dataclass(frozen=True)
class Printed:
    """A finished file and how many pages of paper it takes."""

    pdf: bytes
    pages: int


def render_pdf(document: HandoutDocument, *, kind: Kind = "fridge", paper: Paper = "A4") -> bytes:
    """The file of `print_document` alone."""
    return print_document(document, kind=kind, paper=paper).pdf


def print_document(document: HandoutDocument, *, kind: Kind = "fridge", paper: Paper = "A4") -> Printed:
    """The print as PDF/UA-1. The same document gives the same bytes on the same machine.

    Fridge: up to four exercises always stand on one page when they can: content is left out in the fixed order of
    `fitting.layouts`, letters never shrink below the standard size, and only then do pages follow. Full and large: no
    exercise is split over pages; one that would be is printed again with less (`booklet.EVERYTHING` and what follows).

    Raises `HandoutError` when the sheet asks for anything outside itself, or a drawing holds more than shapes.

    WeasyPrint is imported here and not above: it takes about a second and needs text libraries of the system, which
    web processes neither wait for nor need.
    """
    from weasyprint.urls import FatalURLFetchingError

    from programs.handouts.tagging import add_header_scopes

    try:
        laid_out = _fridge(document, paper) if kind == "fridge" else _booklet(document, kind, paper)
        pdf = bytes(laid_out.write_pdf(finisher=add_header_scopes, pdf_variant=PDF_VARIANT))
        return Printed(pdf, len(laid_out.pages))
    except FatalURLFetchingError as error:
        raise HandoutError("The sheet asked for a file or an address outside itself; it was not made.") from error


def _fridge(document: HandoutDocument, paper: Paper) -> Any:
    """Laid out by the first layout that keeps to its page."""
    for layout in fitting.layouts(document, paper):
        laid_out = _laid_out(render_html(document, paper=paper, layout=layout))
        if layout.is_flowing or len(laid_out.pages) == 1:
            break
    return laid_out


def _booklet(document: HandoutDocument, kind: Kind, paper: Paper) -> Any:
    """Laid out until no exercise is split: usually once."""
    thinness = booklet.first_guess(document, kind, paper)
    while True:
        laid_out = _laid_out(render_html(document, kind=kind, paper=paper, thinness=thinness))
        split = _split(laid_out, document)
        if not split or all(thinness[number] >= booklet.SPLIT for number in split):
            return laid_out
        thinness = thinness | {number: booklet.thinner(thinness[number]) for number in split}


def _split(laid_out: Any, document: HandoutDocument) -> set[int]:
    """Numbers of the exercises that begin on one page and end on another."""
    pages = {name: number for number, page in enumerate(laid_out.pages) for name in page.anchors}
    return {
        each.number
        for each in document.exercises
        if pages.get(f"begin-{each.number}") != pages.get(f"end-{each.number}")
    }


def _laid_out(html: str) -> Any:
    from weasyprint import HTML

    from programs.handouts.fetching import ClosedFetcher

    return HTML(string=html, url_fetcher=ClosedFetcher()).render(font_config=_fonts(), pdf_variant=PDF_VARIANT)


@lru_cache(maxsize=1)
def _fonts() -> "FontConfiguration":
    """One font configuration a process: the fonts are read and registered once, a quarter of the time of a sheet."""
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()
