"""The mail catcher's process: a real SMTP conversation on one port, a readable mailbox in the browser on another."""

import argparse
import signal
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from config.embedded import inbox_page
from config.embedded.machine import LOOPBACK
from config.embedded.mailbox import Mailbox

READY = "Mail catcher ready"
LARGEST = 20_000_000


class Receiver:
    """What the SMTP server calls for each mail."""

    def __init__(self, mailbox: Mailbox) -> None:
        self.mailbox = mailbox

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        """Keep the mail; whoever sent it is told it was accepted."""
        self.mailbox.keep(envelope.content, list(envelope.rcpt_tos))
        return "250 Kept"


def handler_for(mailbox: Mailbox) -> type[BaseHTTPRequestHandler]:
    """The pages over one mailbox."""

    class Pages(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            host = self.headers.get("Host", "").rpartition(":")[0]
            if host not in {"localhost", LOOPBACK}:  # a foreign name that was made to point here
                return self._answer("Unknown host", status=HTTPStatus.BAD_REQUEST)
            parts = [part for part in self.path.partition("?")[0].split("/") if part]
            if parts == ["style.css"]:
                return self._answer(inbox_page.STYLE, kind="text/css")
            if not parts:
                return self._answer(inbox_page.listing(mailbox.all()))
            mail = mailbox.get(parts[1]) if parts[0] == "mail" and len(parts) in {2, 3} else None
            if mail and len(parts) == 2:
                return self._answer(inbox_page.single(mail))
            if mail and parts[2] == "html":
                return self._answer(mail.html, policy=inbox_page.MAIL_POLICY)
            return self._answer("There is no such mail.", status=HTTPStatus.NOT_FOUND)

        def _answer(
            self,
            text: str,
            *,
            kind: str = "text/html",
            policy: str = inbox_page.POLICY,
            status: HTTPStatus = HTTPStatus.OK,
        ) -> None:
            body = text.encode(errors="replace")
            self.send_response(status)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Content-Security-Policy", policy)
            self.send_header("X-Content-Type-Options", "nosniff")
            self.send_header("Referrer-Policy", "no-referrer")
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Quiet: the page looks again every five seconds."""

    return Pages


def main() -> None:
    """Serve until asked to stop."""
    from aiosmtpd.controller import Controller

    parser = argparse.ArgumentParser()
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--smtp-port", type=int, required=True)
    parser.add_argument("--web-port", type=int, required=True)
    arguments = parser.parse_args()

    mailbox = Mailbox(arguments.folder)
    smtp = Controller(Receiver(mailbox), hostname=LOOPBACK, port=arguments.smtp_port, data_size_limit=LARGEST)
    smtp.start()
    web = ThreadingHTTPServer((LOOPBACK, arguments.web_port), handler_for(mailbox))
    web.daemon_threads = True
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: threading.Thread(target=web.shutdown).start())
    print(READY, flush=True)
    web.serve_forever()
    web.server_close()
    smtp.stop()


if __name__ == "__main__":
    main()
