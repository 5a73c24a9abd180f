"""A directory's API on loopback that behaves well or badly, as a test asks."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

Answer = Callable[[BaseHTTPRequestHandler, str, dict[str, str]], None]


class Server(ThreadingHTTPServer):
    """Answers every request by calling `answer`; remembers what was asked."""

    daemon_threads = True
    answer: Answer
    asked: list[str]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        server = self.server
        assert isinstance(server, Server)
        server.asked.append(self.path)
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        # A reader that has had enough hangs up: that is what many of these tests are about.
        with suppress(ConnectionError):
            server.answer(self, unquote(parts.path), query)

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@contextmanager
def serving(answer: Answer) -> Iterator[Server]:
    """Serve until the test is over."""
    server = Server(("127.0.0.1", 0), _Handler)
    server.answer, server.asked = answer, []
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def send(to: BaseHTTPRequestHandler, body: bytes | Any, status: int = 200, **headers: str) -> None:
    """Send a body, or anything else as JSON, with its true length unless a header says other."""
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    to.send_response(status)
    given = {"Content-Type": "application/json", "Content-Length": str(len(data))}
    for name, value in (given | {k.replace("_", "-"): v for k, v in headers.items()}).items():
        to.send_header(name, value)
    to.end_headers()
    to.wfile.write(data)
