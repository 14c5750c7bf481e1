"""The QR code of the patient's page, as an image that needs no file and no network."""

import segno


def qr_data_uri(url: str, *, on_screen: bool = False) -> str:
    """Black on white, error correction M, vector; 22 mm on paper is read by phones up to about 80 characters.

    `on_screen` paints the white and its margin too: a page may be dark.
    """
    code = segno.make(url, error="m", micro=False)
    if on_screen:
        return code.svg_data_uri(border=3, light="#ffffff", omitsize=True)
    return code.svg_data_uri(border=0, omitsize=True)
