"""How much of an uploaded file is taken in: enough to refuse it in words, never enough to fill the disk."""

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler

from clinic.pictures import MOST_BYTES

TAKEN: int = MOST_BYTES + 1024 * 1024


class UpToALimit(FileUploadHandler):
    """Stands before Django's own handlers and passes on the first eleven megabytes of each file.

    What follows is read from the network and dropped, so the form still answers, and says that the file is too large.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return raw_data if start < TAKEN else None

    def file_complete(self, file_size: int) -> Any:  # noqa: ARG002
        return None
