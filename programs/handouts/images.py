"""Pictures carried inside the page, so that the renderer need not open anything."""

from base64 import b64encode


def data_uri(kind: str, content: bytes) -> str:
    """`kind` is the media type: image/png, image/svg+xml."""
    return f"data:{kind};base64,{b64encode(content).decode()}"
