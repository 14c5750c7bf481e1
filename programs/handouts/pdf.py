"""A handout document made into HTML and into a tagged PDF. Knows no records, no request and no network.

Cost: about a second of one core a sheet once warm, roughly 80 MB of memory; the first sheet of a process pays about
another second for loading the renderer.
"""

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from django.template.loader import render_to_string
from django.utils import translation

from programs.handouts import fitting, sheet
from programs.handouts.document import PAPERS, HandoutDocument, HandoutError, Paper
from programs.handouts.fonts import FONT_FILES
from programs.handouts.icons import ICONS
from programs.handouts.qr import qr_data_uri

if TYPE_CHECKING:
    from weasyprint.text.fonts import FontConfiguration

PDF_VARIANT: Final = "pdf/ua-1"


def render_html(document: HandoutDocument, *, paper: Paper = "A4", layout: fitting.Layout | None = None) -> str:
    """The sheet as one HTML page that needs nothing but our three font files. Everything in it is escaped.

    Without `layout`, takes the fullest one that is estimated to fit its page.
    """
    if paper not in PAPERS:
        raise HandoutError(f"“{paper}” is not a paper we print on; use one of {', '.join(PAPERS)}.")
    chosen = layout or next(fitting.layouts(document, paper))
    with translation.override(document.language):
        context = sheet.context(document, chosen)
        context |= {
            "language": document.language,
            "paper": paper,
            "fonts": {weight: path.as_uri() for weight, path in FONT_FILES.items()},
            "icons": ICONS,
            "link_url": document.link_url,
            "qr": qr_data_uri(document.link_url) if document.link_url else "",
        }
        return render_to_string("handouts/fridge.html", context)


def render_pdf(document: HandoutDocument, *, paper: Paper = "A4") -> bytes:
    """The sheet as PDF/UA-1. The same document gives the same bytes on the same machine.

    Up to four exercises always stand on one page when they can: content is left out in the fixed order of
    `fitting.layouts`, letters never shrink below the standard size, and only then do pages follow.

    Raises `HandoutError` when the sheet asks for anything outside itself, or a drawing holds more than shapes.

    WeasyPrint is imported here and not above: it takes about a second and needs text libraries of the system, which
    web processes neither wait for nor need.
    """
    from weasyprint import HTML
    from weasyprint.urls import FatalURLFetchingError

    from programs.handouts.fetching import ClosedFetcher
    from programs.handouts.tagging import add_header_scopes

    fonts = _fonts()
    try:
        for layout in fitting.layouts(document, paper):
            html = render_html(document, paper=paper, layout=layout)
            laid_out = HTML(string=html, url_fetcher=ClosedFetcher()).render(font_config=fonts, pdf_variant=PDF_VARIANT)
            if layout.is_flowing or len(laid_out.pages) == 1:
                break
        return bytes(laid_out.write_pdf(finisher=add_header_scopes, pdf_variant=PDF_VARIANT))
    except FatalURLFetchingError as error:
        raise HandoutError("The sheet asked for a file or an address outside itself; it was not made.") from error


@lru_cache(maxsize=1)
def _fonts() -> "FontConfiguration":
    """One font configuration a process: the fonts are read and registered once, a quarter of the time of a sheet."""
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()
