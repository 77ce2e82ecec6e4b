"""Server-sent events: what changes is told to every open page at once."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

#: Events that a page may be behind before it is cut off; it comes back and loads everything anew.
MOST_BEHIND = 2000
#: Seconds after which something is sent even if nothing happens, so that a dead connection is noticed.
KEEP_ALIVE = 15.0


class Hub:
    """Tells events to all pages that listen; may be called from any thread."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._pages: set[asyncio.Queue[str | None]] = set()
        self._closed = False

    def attach(self, loop: asyncio.AbstractEventLoop) -> None:
        """Tell events in this loop from now on."""
        self._loop = loop

    def tell(self, kind: str, data: Any) -> None:
        """Tell an event to every page; nobody needs to listen."""
        text = f"event: {kind}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
        self._call(text)

    def close(self) -> None:
        """End all streams, so that the server can stop."""
        self._closed = True
        self._call(None)

    async def stream(self) -> AsyncIterator[bytes]:
        """The events from now on, as bytes of a text/event-stream."""
        page: asyncio.Queue[str | None] = asyncio.Queue(MOST_BEHIND)
        self._pages.add(page)
        try:
            yield b"retry: 1000\n\n"
            while not self._closed:
                try:
                    text = await asyncio.wait_for(page.get(), KEEP_ALIVE)
                except TimeoutError:
                    text = ": still here\n\n"
                if text is None:
                    return
                yield text.encode()
        finally:
            self._pages.discard(page)

    def _call(self, text: str | None) -> None:
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._put, text)

    def _put(self, text: str | None) -> None:
        for page in tuple(self._pages):
            try:
                page.put_nowait(text)
            except asyncio.QueueFull:
                self._pages.discard(page)
                while not page.empty():
                    page.get_nowait()
                page.put_nowait(None)
