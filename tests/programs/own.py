"""What a clinic types about an exercise of its own."""

from typing import Any

from programs.forms.exercises import ExerciseForm

FORM: dict[str, Any] = {
    "name": "Towel bridge",
    "kind": "exercise",
    "targets": ["gluteal", "hamstring"],
    "purpose": "Makes the back of your thigh strong.",
    "start": "Lie on your back, heels on a towel.",
    "steps": "Lift your hips.\nPull the towel in.\n\nLower slowly.",
    "cues": "Keep your hips level.",
    "faults": "",
    "breathing": "",
    "dose": "3x10 h5 2/d MWF",
    "side_rule": "injured",
    "position": "lying",
    "load_type": "isotonic",
    "equipment": ["sliders"],
    "rep_word": "",
    "easier": "",
    "harder": "",
    "passes": "Ten with level hips.",
    "video_url": "",
}


def typed(**changes: Any) -> dict[str, Any]:
    return FORM | changes


def content_of(**changes: Any) -> dict[str, Any]:
    """The same as the action takes it."""
    form = ExerciseForm(typed(**changes))
    assert form.is_valid(), form.errors
    return form.content
