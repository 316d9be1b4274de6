"""The line between a browser and the test's server: it can be cut, and it can answer in the server's place.

A service worker's requests are seen by no `page.route`, so what fails must fail on the way.
"""

import socket
import socketserver
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import cast

#: What becomes of a request's answer: told the request line and the server's answer, says what the browser gets.
Bend = Callable[[str, bytes], bytes]

UNAVAILABLE = b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
PORTAL = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 18\r\nConnection: close\r\n\r\n<h1>Velkommen</h1>"
)
NOT_FOUND = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
LOST = b""


class Line:
    """Forwards to the server at `port`; one request a connection, so that each can be met anew."""

    def __init__(self, port: int) -> None:
        self.upstream = port
        self.bend: Bend | None = None
        self.server: Server | None = None
        self.port = 0
        self.mend()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def mend(self) -> None:
        self.server = Server(("127.0.0.1", self.port), Handler)
        self.server.line = self
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def cut(self) -> None:
        assert self.server is not None
        self.server.shutdown()
        self.server.server_close()
        self.server = None

    def close(self) -> None:
        if self.server is not None:
            self.cut()


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False
    line: Line


class Handler(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        line = cast(Server, self.server).line
        request = _request(self.request)
        if not request:
            return
        with suppress(OSError):
            answer = _forwarded(request, line.upstream)
            if line.bend is not None:
                answer = line.bend(request.split(b"\r\n", 1)[0].decode(), answer)
            self.request.sendall(answer)


def _request(client: socket.socket) -> bytes:
    """One whole request, which asks for the connection to be closed afterwards."""
    data = b""
    while b"\r\n\r\n" not in data:
        part = client.recv(65536)
        if not part:
            return b""
        data += part
    head, body = data.split(b"\r\n\r\n", 1)
    lines = [one for one in head.split(b"\r\n") if not one.lower().startswith(b"connection:")]
    length = next((int(one.split(b":")[1]) for one in lines if one.lower().startswith(b"content-length:")), 0)
    while len(body) < length:
        body += client.recv(65536)
    return b"\r\n".join([*lines, b"Connection: close", b"", body])


def _forwarded(request: bytes, port: int) -> bytes:
    with socket.create_connection(("localhost", port)) as server:
        server.sendall(request)
        answer = b""
        while part := server.recv(65536):
            answer += part
    return answer
