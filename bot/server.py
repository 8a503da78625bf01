"""The web server under both doors: it says why it cannot begin, and ends when it is asked to."""

from __future__ import annotations

import signal
import socket
from typing import TYPE_CHECKING

import uvicorn

from workflow.casework.errors import Lacking

if TYPE_CHECKING:
    from types import FrameType

SECONDS_TO_END = 2  # for answers under way and for pages that listen


def listening(host: str, port: int, *, cure: str) -> socket.socket:
    """Open the socket to listen on. Raises Lacking, with the cure, when the port is taken."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise Lacking(what=f"Port {port} cannot be used: {error.strerror}.", cure=cure) from None
    return listener


class Server(uvicorn.Server):
    """A server for which to be stopped is no failure."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Note that it is to end; uvicorn's own would raise the signal again afterwards."""
        del frame
        self.force_exit = self.should_exit and sig == signal.SIGINT
        self.should_exit = True
