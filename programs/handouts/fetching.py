"""What the renderer may open: data already inside the document, and our three font files. Nothing else, ever.

Imports WeasyPrint, so only `pdf.render_pdf` imports this module, and late.
"""

from typing import Final

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from programs.handouts.fonts import FONT_FILES

_FONTS_BY_URL: Final = {path.as_uri(): path for path in FONT_FILES.values()}


class ClosedFetcher(URLFetcher):
    """Refuses by stopping the whole render: a sheet that asks for a file or an address is not a sheet of ours."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=("data",), allow_redirects=False, fail_on_errors=True)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if url in _FONTS_BY_URL:
            return URLFetcherResponse(url, _FONTS_BY_URL[url].read_bytes(), {"Content-Type": "font/ttf"})
        if url[:5].lower() == "data:":
            return super().fetch(url, headers)
        raise FatalURLFetchingError("The sheet asked for something outside itself.")
