"""A push service on a free port, and a browser's keys: what arrives is opened as the phone would open it."""

import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from uuid import uuid4

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02

from programs.push.keys import encoded

KEY = encoded(bytes(range(32)))


class Phone:
    """One browser's subscription."""

    def __init__(self, origin: str) -> None:
        self.private, self.secret = ec.generate_private_key(ec.SECP256R1()), os.urandom(16)
        self.endpoint = f"{origin}/send/{uuid4().hex}"

    @property
    def form(self) -> dict[str, str]:
        point = self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return {"endpoint": self.endpoint, "p256dh": encoded(point), "auth": encoded(self.secret)}

    def opened(self, body: bytes) -> dict[str, Any]:
        plain = http_ece.decrypt(body, private_key=self.private, auth_secret=self.secret, version="aes128gcm")
        return dict(json.loads(plain))


@dataclass
class Received:
    path: str
    headers: dict[str, str]
    body: bytes

    def is_signed(self) -> bool:
        return bool(Vapid02.verify(self.headers["authorization"]))


@dataclass
class PushService:
    """`answers` are given one after another, then the last one for ever; `hangs_up` breaks the line without an answer;
    while `goes_on` is cleared it holds what it got in its hands.
    """

    origin: str = ""
    goes_on: threading.Event = field(default_factory=threading.Event)
    answers: list[int] = field(default_factory=lambda: [201])
    hangs_up: bool = False
    received: list[Received] = field(default_factory=list)

    def next_answer(self) -> int:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@contextmanager
def push_service() -> Iterator[PushService]:
    service = PushService()
    service.goes_on.set()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            service.received.append(Received(self.path, headers, body))
            service.goes_on.wait(60)
            if service.hangs_up:
                self.close_connection = True
                return
            self.send_response(service.next_answer())
            self.send_header("Content-Length", "0")
            self.send_header("Location", f"{service.origin}/elsewhere")
            self.end_headers()

        def log_message(self, *_words: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    service.origin = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield service
    finally:
        service.goes_on.set()
        server.shutdown()
        thread.join()
        server.server_close()
