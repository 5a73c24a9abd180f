"""A server that treats its connections as a test says: slow, deaf, cut off; it never hurries."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

Treat = Callable[["Line"], None]
SENT = b'{"ok":true,"result":{"message_id":1,"date":1,"chat":{"id":7,"type":"private"}}}'


class Line:
    """One connection, as the server has it."""

    def __init__(self, line: socket.socket, server: "Lines") -> None:
        self.socket = line
        self.server = server

    def call(self) -> bool:
        """Read one whole call and count it; False where the other side has gone."""
        head = b""
        while b"\r\n\r\n" not in head:
            if not (more := self.socket.recv(1 << 16)):
                return False
            head += more
        head, _, body = head.partition(b"\r\n\r\n")
        length = head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]
        while len(body) < int(length or 0):
            body += self.socket.recv(1 << 16)
        self.server.calls += 1
        return True

    def answer(self, body: bytes = SENT, status: str = "200 OK", more: int = 0) -> None:
        """Answer a call; `more` bytes are promised that never come."""
        head = f"HTTP/1.1 {status}\r\nContent-Length: {len(body) + more}\r\n\r\n"
        self.socket.sendall(head.encode() + body)


class Lines:
    """What the server has counted: whole calls, and the lines it has closed."""

    def __init__(self, port: int) -> None:
        self.address = f"127.0.0.1:{port}"
        self.calls = 0
        self.closed = threading.Semaphore(0)


@contextmanager
def lines(*treatments: Treat) -> Iterator[Lines]:
    """Listen for as long as a block lasts; each line is treated in its turn, and then closed."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = Lines(listening.getsockname()[1])
        opened: list[socket.socket] = []

        def treated(line: socket.socket, treat: Treat) -> None:
            with suppress(OSError):  # the other side has gone, or the test is over
                treat(Line(line, server))
            line.close()
            server.closed.release()

        def listen() -> None:
            for treat in treatments:
                try:
                    line, _ = listening.accept()
                except OSError:
                    return
                opened.append(line)
                threading.Thread(target=treated, args=(line, treat), daemon=True).start()

        thread = threading.Thread(target=listen, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            for each in (listening, *opened):
                with suppress(OSError):  # it is closed already
                    each.shutdown(socket.SHUT_RDWR)
