"""The socket of the page: this machine and no other."""

from __future__ import annotations

import socket

from screen.errors import UsageError

#: The only address that is listened on.
HOST = "127.0.0.1"


def listening(port: int, host: str = HOST) -> socket.socket:
    """A socket that listens on this machine only.

    Args:
        port: 0 for any that is free.
        host: 127.0.0.1; anything else is refused.

    Raises:
        UsageError: another host, or the port is taken.
    """
    if host != HOST:
        raise UsageError("The page listens on {host} only: nobody else may see the photos.", host=HOST)
    # Its protocol is named so that asyncio sets TCP_NODELAY; without, each answer waits 40 ms to be acknowledged.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((HOST, port))
        listener.listen(128)
    except (OSError, OverflowError) as error:
        listener.close()
        raise UsageError(
            "Port {port} cannot be used ({why}). Give another one with --port.", port=port, why=error
        ) from error
    return listener
