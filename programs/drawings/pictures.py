"""How a picture is handed to a browser: as an image and nothing else, kept by this browser alone."""

from django.http import HttpResponse

from programs.models import ExercisePicture

PRIVATE_HOURS = 24


def picture_answer(picture: ExercisePicture) -> HttpResponse:
    """A picture never changes, so a day is safe; nobody between us and the browser may keep it."""
    answer = HttpResponse(bytes(picture.image), content_type="image/png")
    answer["Cache-Control"] = f"private, max-age={PRIVATE_HOURS * 3600}, immutable"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Disposition"] = 'inline; filename="picture.png"'
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
