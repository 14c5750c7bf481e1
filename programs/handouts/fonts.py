"""The print fonts: one TrueType file a weight. Only these weights exist on paper; name no others in a style sheet."""

from pathlib import Path
from typing import Final

FONT_FOLDER: Final = Path(__file__).resolve().parents[2] / "static" / "fonts" / "print"
FONT_FILES: Final = {weight: FONT_FOLDER / f"atkinson-next-{weight}.ttf" for weight in (400, 700, 800)}
