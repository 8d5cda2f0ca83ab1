"""A road to Neo4j that can be cut at the worst moment: after COMMIT, before its answer."""

from __future__ import annotations

import socket
import threading
from urllib.parse import urlsplit

COMMIT = b"\x00\x02\xb0\x12\x00\x00"
"""The whole message in the Bolt protocol: two bytes long, no fields, number 0x12."""


class BoltProxy:
    """Passes bytes between a driver and a server; `cut` says where it fails next."""

    def __init__(self, uri: str) -> None:
        address = urlsplit(uri)
        self._server = (address.hostname or "", address.port or 7687)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.uri = f"bolt://127.0.0.1:{self._listening.getsockname()[1]}"
        self.cut_after_commit = 0
        """How many commits are still carried to the server with their answers lost."""
        self.cut_before_commit = 0
        """How many commits are still lost on their way to the server."""
        self.refusing = False
        self.silent = False
        """Whether new connections are taken and never answered."""
        self.commits = 0
        self._open: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._listening.close()
        self.cut()

    def cut(self) -> None:
        """Cut all connections there are."""
        for end in self._open:
            _shut(end)
        self._open.clear()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listening.accept()
            except OSError:
                return
            if self.refusing:
                _shut(client)
                continue
            self._open.append(client)
            if self.silent:
                continue
            server = socket.create_connection(self._server)
            self._open.append(server)
            for one, other, outbound in ((client, server, True), (server, client, False)):
                threading.Thread(
                    target=self._pass_on, args=(one, other, outbound), daemon=True
                ).start()

    def _pass_on(self, one: socket.socket, other: socket.socket, outbound: bool) -> None:
        try:
            while received := one.recv(65536):
                if outbound and COMMIT in received:
                    self.commits += 1
                    if self.cut_before_commit > 0:
                        self.cut_before_commit -= 1
                        break
                    if self.cut_after_commit > 0:
                        self.cut_after_commit -= 1
                        self._lose_the_answer(one, other, received)
                        break
                other.sendall(received)
        except OSError:
            pass
        _shut(one)
        _shut(other)

    def _lose_the_answer(
        self, client: socket.socket, server: socket.socket, received: bytes
    ) -> None:
        # The other thread would pass the answer on; it finds its way to the client closed.
        _shut(client)
        server.sendall(received)
        # Let the server finish: it stops a transaction whose connection is gone too soon.
        threading.Event().wait(0.3)


def _shut(end: socket.socket) -> None:
    try:
        end.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
    end.close()
