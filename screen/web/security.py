"""Who may ask: this machine's own browser with the token, from this very page, and nobody else."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from screen.translation import marked as _

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; "
    "form-action 'none'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
#: Requests that change something carry this header, which no form and no other page can send.
OWN_HEADER = "x-photoscreen"
_SAFE_METHODS = frozenset({"GET", "HEAD"})
_OPEN_PATHS = ("/", "/favicon.ico")
ENTER = "/api/enter"
#: Uploads are read as a stream and bounded there; all other bodies have at most so many bytes.
_STREAMS = frozenset({"/api/photos", "/api/roster"})
MOST_BODY = 2**20

TOKEN = _("Open the page with the whole address that photoscreen review printed.")
TOO_LONG = _("This request is too long.")
FOREIGN = _("This request does not come from the page itself.")


@dataclass(frozen=True, slots=True)
class Keys:
    """What lets a browser in.

    Attributes:
        port: of the server.
        token: stands in the printed address, behind the #, which browsers never send.
        session: what the cookie holds once the token was shown.
    """

    port: int
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    session: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)

    @property
    def address(self) -> str:
        """What the person opens."""
        return f"http://127.0.0.1:{self.port}/#{self.token}"

    @property
    def cookie(self) -> str:
        """The name of the cookie; browsers keep those of several ports in one jar."""
        return f"photoscreen-{self.port}"

    @property
    def hosts(self) -> frozenset[str]:
        """The names under which the server answers. Any other one is another site that points here (DNS rebinding)."""
        return frozenset({f"127.0.0.1:{self.port}", f"localhost:{self.port}"})

    def fits(self, token: str) -> bool:
        """Is this the token?"""
        return secrets.compare_digest(token.encode(), self.token.encode())


class Guard:
    """Refuses what does not come from the page, before anything else looks at it; adds the headers to every answer.

    Args:
        app: what answers.
        keys: what lets a browser in.
        said: says a sentence in the page's language.
    """

    def __init__(self, app: ASGIApp, keys: Keys, said: Callable[[str], str]) -> None:
        self.app, self.keys, self.said = app, keys, said

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = _with_headers(message.get("headers", []), scope["path"])
            await send(message)

        refused = self._refused(scope)
        if refused is None:
            await self.app(scope, receive, guarded)
            return
        from starlette.responses import JSONResponse  # noqa: PLC0415

        status, code, sentence = refused
        answer = JSONResponse({"error": {"code": code, "message": self.said(sentence)}}, status)
        await answer(scope, receive, guarded)

    def _refused(self, scope: Scope) -> tuple[int, str, str] | None:
        """(status, code, sentence) why the request is refused; None if it may pass."""
        headers = _headers(scope)
        path, method = scope["path"], scope["method"]
        if not _is_own(headers, self.keys.hosts):
            return 403, "foreign", FOREIGN
        if method not in _SAFE_METHODS and headers.get(OWN_HEADER) != ["1"]:
            return 403, "foreign", FOREIGN
        if method not in _SAFE_METHODS and path not in _STREAMS and not _is_short(headers):
            return 413, "too-large", TOO_LONG
        if path in _OPEN_PATHS or path.startswith("/static/") or (path == ENTER and method == "POST"):
            return None
        return None if self._has_cookie(headers) else (403, "token", TOKEN)

    def _has_cookie(self, headers: dict[str, list[str]]) -> bool:
        """Is our cookie there? Other programs of this machine leave theirs in the same jar, in whatever form."""
        pairs = (part.strip().partition("=") for line in headers.get("cookie", []) for part in line.split(";"))
        found = [value for name, _equals, value in pairs if name == self.keys.cookie]
        wanted = self.keys.session.encode()
        return len(found) == 1 and secrets.compare_digest(found[0].encode("latin-1", "replace"), wanted)


def _is_short(headers: dict[str, list[str]]) -> bool:
    """Does the request say how long it is, and is that bearable?"""
    if "transfer-encoding" in headers:
        return False
    length = headers.get("content-length", ["0"])
    return len(length) == 1 and length[0].isdecimal() and len(length[0]) < 12 and int(length[0]) <= MOST_BODY


def _headers(scope: Scope) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in scope["headers"]:
        found.setdefault(name.decode("latin-1").lower(), []).append(value.decode("latin-1"))
    return found


def _is_own(headers: dict[str, list[str]], hosts: frozenset[str]) -> bool:
    """Does the request come from our own page, as far as its headers tell? Each may be there once at most."""
    host, origin, site = (headers.get(name, []) for name in ("host", "origin", "sec-fetch-site"))
    if len(host) != 1 or host[0].lower() not in hosts or len(origin) > 1 or len(site) > 1:
        return False
    if origin and origin[0].lower() not in {f"http://{name}" for name in hosts}:
        return False
    return not site or site[0] in {"none", "same-origin"}


def _with_headers(given: list[tuple[bytes, bytes]], path: str) -> list[tuple[bytes, bytes]]:
    kept = [pair for pair in given if pair[0].lower() not in {b"server", b"cache-control"}]
    cache = "no-cache" if path.startswith("/static/") else "no-store"
    return [
        *kept,
        *((name.encode(), value.encode()) for name, value in HEADERS.items()),
        (b"cache-control", cache.encode()),
    ]
