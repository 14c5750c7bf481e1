"""A letter made into HTML and into a tagged PDF. Knows no records, no request and no network.

Cost: about a second of one core a letter once warm; the first one of a process pays about another second for loading the
renderer.
"""

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from django.template.loader import render_to_string
from django.utils import translation

from programs.handouts.fonts import FONT_FILES
from programs.letters.document import LetterDocument, LetterError

if TYPE_CHECKING:
    from weasyprint.text.fonts import FontConfiguration

PDF_VARIANT: Final = "pdf/ua-1"
ROOMY_NAME, LONG_NAME = 40, 80


def render_html(document: LetterDocument) -> str:
    """The letter as one HTML page that needs nothing but our font files. Everything in it is escaped."""
    with translation.override(document.language):
        context = {
            "letter": document,
            "name_size": _name_size(document.head.name),
            "fonts": {weight: path.as_uri() for weight, path in FONT_FILES.items()},
        }
        return render_to_string("letters/paper/letter.html", context)


def _name_size(name: str) -> int:
    """Points of the clinic's name: a long one gets smaller letters, so that the address stays in the window."""
    if len(name) <= ROOMY_NAME:
        return 17
    return 13 if len(name) <= LONG_NAME else 10


def render_pdf(document: LetterDocument) -> bytes:
    """The letter as PDF/UA-1. The same document gives the same bytes on the same machine.

    Raises LetterError when the letter asks for anything outside itself. WeasyPrint is imported here and not above: it takes
    about a second and needs text libraries of the system, which web processes neither wait for nor need.
    """
    from weasyprint import HTML
    from weasyprint.urls import FatalURLFetchingError

    from programs.handouts.fetching import ClosedFetcher
    from programs.handouts.tagging import add_header_scopes

    html = HTML(string=render_html(document), url_fetcher=ClosedFetcher())
    try:
        laid_out = html.render(font_config=_fonts(), pdf_variant=PDF_VARIANT)
        return bytes(laid_out.write_pdf(finisher=add_header_scopes, pdf_variant=PDF_VARIANT))
    except FatalURLFetchingError as error:
        raise LetterError("The letter asked for a file or an address outside itself; it was not made.") from error


@lru_cache(maxsize=1)
def _fonts() -> "FontConfiguration":
    """One font configuration a process: the fonts are read and registered once."""
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()
