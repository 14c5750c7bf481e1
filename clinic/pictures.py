"""Pictures people upload, made harmless: only their pixels are kept, redrawn as a plain PNG of a bounded size.

Whoever shows or prints a picture relies on this: what comes out of `clean_picture` was decoded and encoded again by us,
so it holds no script, no place where the photograph was taken, no second file behind the first and no trick of size.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import IO, Final

from django.utils.translation import gettext as _
from PIL import Image, ImageFile, ImageOps

MOST_BYTES: Final = 10 * 1024 * 1024
MOST_PIXELS: Final = {"JPEG": 50_000_000, "MPO": 50_000_000, "PNG": 16_000_000, "WEBP": 16_000_000}
LEAST_SIDE: Final = 32
FORMATS: Final = ("JPEG", "PNG", "WEBP")  # MPO is how some telephones write a JPEG


class PictureRefused(ValueError):
    """A picture we do not take; the message says why, in words for the person who chose it."""


@dataclass(frozen=True)
class Picture:
    """Plain pixels on white, upright: `png` is the file, the sides are in pixels."""

    png: bytes
    width: int
    height: int


def clean_picture(upload: IO[bytes], *, longest: int = 1200) -> Picture:
    """The picture in `upload` (a form's file, or any binary file), at most `longest` pixels on its longer side.

    Takes JPEG, PNG and WebP that stand still, up to 10 MB and 50 million pixels (16 million for PNG and WebP, which
    must be held in memory whole: up to about 130 MB for a moment). Turned as the camera says, transparent parts white;
    everything else in the file (place, camera, comments, colour profile, whatever follows the picture) is left behind.
    Nothing is decoded before its size is known to be bearable. The same file gives the same bytes.

    Raises PictureRefused with words for the person who chose the file, whatever is wrong with it.
    """
    data = _read(upload)
    try:
        with _strictly():
            return _redrawn(data, longest)
    except PictureRefused:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureRefused(_too_many_pixels()) from error
    except Exception as error:  # a decoder of foreign files may raise anything
        raise PictureRefused(
            _("This file cannot be read as a picture. Save it again as JPEG or PNG, and choose that.")
        ) from error


@contextmanager
def _strictly() -> Iterator[None]:
    """Half a picture is none, also in a process where WeasyPrint was loaded: it tells Pillow to forgive whatever is broken."""
    forgiving, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = forgiving


def _read(upload: IO[bytes]) -> bytes:
    upload.seek(0)
    data = upload.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise PictureRefused(_("This file is larger than 10 MB. Choose a smaller picture."))
    if not data:
        raise PictureRefused(_("This file is empty. Choose the picture again."))
    return data


def _redrawn(data: bytes, longest: int) -> Picture:
    with Image.open(BytesIO(data), formats=FORMATS) as image:
        kind = image.format or ""
        if image.width * image.height > MOST_PIXELS.get(kind, 0):
            raise PictureRefused(_too_many_pixels())
        if kind in {"PNG", "WEBP"} and getattr(image, "is_animated", False):
            raise PictureRefused(_("This picture moves, and paper does not. Choose one that stands still."))
        if kind in {"JPEG", "MPO"}:
            image.draft("RGB", (longest, longest))  # decoded no larger than needed
        turned = ImageOps.exif_transpose(image)
        flat = _on_white(turned)
    flat.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    if min(flat.size) < LEAST_SIDE:
        raise PictureRefused(_("This picture is too small or too narrow to print. Choose a larger one."))
    # A new picture of nothing but these pixels: what else the file carried stays behind.
    bare = Image.frombytes("RGB", flat.size, flat.tobytes())
    out = BytesIO()
    bare.save(out, "PNG", compress_level=9)
    return Picture(png=out.getvalue(), width=bare.width, height=bare.height)


def _on_white(image: Image.Image) -> Image.Image:
    if not image.has_transparency_data:
        return image.convert("RGB")
    layered = image.convert("RGBA")
    white = Image.new("RGB", layered.size, "white")
    white.paste(layered, mask=layered.getchannel("A"))
    return white


def _too_many_pixels() -> str:
    return _("This picture has more points than we can print. Make it smaller, and choose it again.")
