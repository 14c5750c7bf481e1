"""Pictures people upload: what comes out is nothing but pixels, and whatever is hostile is refused in words."""

import struct
import tracemalloc
import zlib
from io import BytesIO

import pytest
from PIL import Image, ImageFile
from PIL.PngImagePlugin import PngInfo

from clinic.pictures import MOST_BYTES, Picture, PictureRefused, clean_picture

RED, BLUE = (200, 30, 30), (30, 30, 200)


def saved(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def two_halves(width: int = 200, height: int = 100) -> Image.Image:
    """Red at the left, blue at the right."""
    image = Image.new("RGB", (width, height), RED)
    image.paste(BLUE, (width // 2, 0, width, height))
    return image


def cleaned(data: bytes, **options: int) -> Picture:
    return clean_picture(BytesIO(data), **options)


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def bomb(width: int, height: int) -> bytes:
    """A small PNG that says it is enormous, and whose rows would really come out."""
    packed = zlib.compressobj(9)
    rows = b"".join(packed.compress(bytes(1 + width // 8)) for _row in range(2000)) + packed.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_picture_of_each_kind_becomes_a_png_of_the_same_shape(kind: str) -> None:
    picture = cleaned(saved(two_halves(), kind))
    again = Image.open(BytesIO(picture.png))
    assert (again.format, again.mode, again.size) == ("PNG", "RGB", (200, 100))
    assert (picture.width, picture.height) == (200, 100)


def test_a_large_picture_is_made_smaller_and_a_small_one_is_left() -> None:
    assert cleaned(saved(two_halves(3000, 1500), "JPEG")).width == 1200
    assert cleaned(saved(two_halves(3000, 1500), "JPEG"), longest=400).height == 200


def test_the_same_file_gives_the_same_bytes() -> None:
    assert cleaned(saved(two_halves())).png == cleaned(saved(two_halves())).png


def test_what_the_camera_wrote_is_gone_and_the_picture_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turn by a quarter, clockwise
    exif[0x010F] = "Secret camera"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (51.0, 30.0, 26.0)
    data = saved(two_halves(), "JPEG", exif=exif.tobytes(), comment=b"Where I live")
    assert b"Secret camera" in data
    picture = cleaned(data)
    assert (picture.width, picture.height) == (100, 200)
    again = Image.open(BytesIO(picture.png))
    assert not again.getexif()
    assert again.info == {}
    top = again.getpixel((50, 10))
    assert isinstance(top, tuple)
    assert top[0] > top[2]
    for words in (b"Secret", b"live", b"Exif"):
        assert words not in picture.png


def test_words_inside_a_png_are_left_behind() -> None:
    info = PngInfo()
    info.add_text("Comment", "<script>alert(1)</script>")
    assert b"script" not in cleaned(saved(two_halves(), pnginfo=info)).png


def test_transparent_parts_become_paper() -> None:
    logo = Image.new("RGBA", (64, 64), (0, 0, 0, 0))
    logo.paste((10, 20, 30, 255), (16, 16, 48, 48))
    again = Image.open(BytesIO(cleaned(saved(logo)).png))
    assert again.getpixel((2, 2)) == (255, 255, 255)
    assert again.getpixel((32, 32)) == (10, 20, 30)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "I;16", "CMYK"])
def test_rarer_kinds_of_pixels_are_taken(mode: str) -> None:
    image = Image.new(mode, (64, 64))
    assert cleaned(saved(image, "JPEG" if mode == "CMYK" else "PNG")).width == 64


def test_a_second_file_behind_the_picture_is_left_behind() -> None:
    picture = cleaned(saved(two_halves(), "JPEG") + b"PK\x03\x04 <script>alert(1)</script> %PDF-1.7")
    for part in (b"PK\x03\x04", b"script", b"%PDF"):
        assert part not in picture.png


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\xff\xd8" + bytes(20 * 1024 * 1024), "larger than 10 MB"),
        (b"", "empty"),
        (b"just words", "cannot be read as a picture"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "cannot be read as a picture"),
        (b"%PDF-1.7 ...", "cannot be read as a picture"),
        (saved(two_halves(), "GIF"), "cannot be read as a picture"),
        (saved(two_halves())[:200], "cannot be read as a picture"),
        (saved(two_halves(), "JPEG")[:600], "cannot be read as a picture"),
        (bomb(50_000, 50_000), "more points than we can print"),
        (bomb(9_000, 9_000), "more points than we can print"),
        (saved(two_halves(4000, 33), "PNG"), "too small or too narrow"),
        (saved(two_halves(8, 8)), "too small or too narrow"),
        (saved(two_halves(), save_all=True, append_images=[Image.new("RGB", (200, 100))]), "This picture moves"),
        (saved(two_halves(), "WEBP", save_all=True, append_images=[Image.new("RGB", (200, 100))]), "picture moves"),
    ],
    ids=range(14),
)
def test_what_is_no_plain_picture_is_refused_in_words(data: bytes, words: str) -> None:
    with pytest.raises(PictureRefused, match=words):
        cleaned(data)


def test_half_a_picture_is_refused_also_where_others_taught_the_decoder_to_forgive(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    with pytest.raises(PictureRefused):
        cleaned(saved(two_halves())[:200])
    assert ImageFile.LOAD_TRUNCATED_IMAGES


def test_words_that_unpack_to_hundreds_of_megabytes_are_refused_before_they_do() -> None:
    text = zlib.compress(bytes(200 * 1024 * 1024), 9)
    plain = saved(two_halves())
    data = plain[:33] + chunk(b"zTXt", b"Comment\0\0" + text) + plain[33:]
    assert len(data) < MOST_BYTES
    tracemalloc.start()
    try:
        with pytest.raises(PictureRefused):
            cleaned(data)
        assert tracemalloc.get_traced_memory()[1] < 50 * 1024 * 1024
    finally:
        tracemalloc.stop()
