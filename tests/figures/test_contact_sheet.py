"""The sheet of all figures a clinician looks at."""

import re
from io import StringIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.core.management import CommandError, call_command

from programs.figures import figures


def test_the_sheet_holds_every_frame_of_every_figure(tmp_path: Path) -> None:
    out, said = tmp_path / "figures.svg", StringIO()
    call_command("figures_sheet", out=out, stdout=said)
    frames = sum(len(figure.frames) for figure in figures().values())
    texts = [it.text for it in ElementTree.fromstring(out.read_text()).iter("{http://www.w3.org/2000/svg}text")]
    assert len(texts) == frames
    assert "clam 2" in texts
    assert f"{len(figures())} figures, {frames} drawings" in said.getvalue()


def test_the_grey_sheet_has_no_colour_left(tmp_path: Path) -> None:
    out = tmp_path / "grey.svg"
    call_command("figures_sheet", "bridge", out=out, grey=True, stdout=StringIO())
    colours = set(re.findall(r"#([0-9a-f]{6})", out.read_text()))
    assert len(colours) > 8
    assert all(colour[:2] == colour[2:4] == colour[4:] for colour in colours)


def test_a_beginning_no_figure_has_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No figure begins with flying"):
        call_command("figures_sheet", "flying", out=tmp_path / "x.svg")
