"""The mails the local catcher keeps: one file each, oldest first."""

import time
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

KEPT = 500


@dataclass(frozen=True)
class Mail:
    """One caught mail: its number in the mailbox, the envelope's recipients and the message itself."""

    key: str
    recipients: tuple[str, ...]
    message: EmailMessage

    @property
    def subject(self) -> str:
        """The decoded subject; what cannot be decoded is shown as it came."""
        return self._header("subject")

    @property
    def sender(self) -> str:
        """The From line."""
        return self._header("from")

    @property
    def text(self) -> str:
        """The plain text part, empty if there is none."""
        return self._part("plain")

    @property
    def html(self) -> str:
        """The HTML part, empty if there is none."""
        return self._part("html")

    def _header(self, name: str) -> str:
        try:
            return str(self.message.get(name, ""))
        except Exception:  # a hostile header must not hide the mailbox
            return "(unreadable)"

    def _part(self, kind: str) -> str:
        try:
            part = self.message.get_body((kind,))
            return str(part.get_content()) if part else ""
        except Exception:
            return "(unreadable)"


class Mailbox:
    """A folder of caught mails. The newest 500 are kept."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, content: bytes, recipients: list[str]) -> str:
        """Store one mail and return its key."""
        key = f"{time.time_ns():020d}"
        draft = self.folder / f"{key}.draft"
        envelope = ", ".join(recipients).replace("\r", " ").replace("\n", " ")
        draft.write_bytes(f"X-Caught-For: {envelope}\r\n".encode() + content)
        draft.rename(self.folder / f"{key}.eml")
        for old in self._files()[:-KEPT]:
            old.unlink(missing_ok=True)
        return key

    def all(self) -> list[Mail]:
        """Every mail, oldest first."""
        return [self._read(path) for path in self._files()]

    def get(self, key: str) -> Mail | None:
        """One mail, or None for an unknown key."""
        return next((self._read(path) for path in self._files() if path.stem == key), None)

    def clear(self) -> None:
        """Throw every mail away."""
        for path in self._files():
            path.unlink(missing_ok=True)

    def _files(self) -> list[Path]:
        return sorted(self.folder.glob("*.eml"))

    @staticmethod
    def _read(path: Path) -> Mail:
        message = message_from_bytes(path.read_bytes(), policy=policy.default)
        recipients = tuple(part.strip() for part in str(message.get("X-Caught-For", "")).split(",") if part.strip())
        return Mail(path.stem, recipients, message)
