"""The page's requests: parse, call, render. What may be shown is decided elsewhere."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from screen.errors import ScreenError
from screen.redact import CopyOptions
from screen.translation import marked as _
from screen.web.archive import zipped
from screen.web.bodies import Action, Enter, Save, Settings
from screen.web.desk import Desk
from screen.web.errors import PageError
from screen.web.pictures import covered_picture, crop_picture, shown_box, uncovered_part
from screen.web.rules import NotAllowedError
from screen.web.security import TOKEN, Guard
from screen.web.shell import listed_files, renderer
from screen.web.uploads import MOST_ROSTER, read_files
from screen.web.views import against_words, cover_asked, item_of, people_of, photo_of
from screen.words import error_words, visible

log = logging.getLogger(__name__)

WRONG = _("This request is not as the page should send it.")
NOWHERE = _("There is nothing at this address.")
NOT_SAVED = _("There is no safe copy of this photo as it is now. Save it first.")
NO_PLACE = _("This has no place in the picture.")
FAULT = _("A fault of the program. Nothing was cleared.")

router = APIRouter()


def _desk(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


Given = Annotated[Desk, Depends(_desk)]


@router.get("/")
def page(desk: Given, request: Request) -> HTMLResponse:
    """The shell of the page; no photo and no name is in it."""
    render: Callable[[str], str] = request.app.state.render
    return HTMLResponse(render(desk.rules.lang))


@router.get("/static/{name}")
def static(name: str, request: Request) -> Response:
    """A file of the page; only those that were listed at the start."""
    files: dict[str, tuple[bytes, str]] = request.app.state.files
    if name not in files:
        raise PageError(404, "nowhere", NOWHERE)
    data, kind = files[name]
    return Response(data, media_type=f"{kind}; charset=utf-8")


@router.post("/api/enter", status_code=204)
def enter(body: Enter, desk: Given) -> Response:
    """Let a browser in that knows the token."""
    if not desk.keys.fits(body.token):
        raise PageError(403, "token", TOKEN)
    answer = Response(status_code=204)
    answer.set_cookie(desk.keys.cookie, desk.keys.session, httponly=True, samesite="strict", path="/")
    return answer


@router.get("/api/state")
def state(desk: Given) -> dict[str, Any]:
    """What the page shows around the photos."""
    return desk.state()


@router.get("/api/photos")
def photos(desk: Given) -> JSONResponse:
    """All photos, as lines of the list."""
    return JSONResponse({"photos": desk.items(), "counts": desk.session.counts()})


@router.post("/api/photos", status_code=201)
async def upload(request: Request, desk: Given) -> dict[str, Any]:
    """Take photos that were dropped; they are screened in the background."""
    uploads = await read_files(request.stream(), request.headers.get("content-type", ""), desk.uploads)
    try:
        added = desk.session.add_uploads(uploads)
    except PageError:
        for sent in uploads:
            sent.path.unlink(missing_ok=True)
        raise
    return {"photos": [item_of(entry, desk.rules.lang) for entry in added]}


@router.get("/api/photos/{photo}")
def one_photo(photo: str, desk: Given) -> dict[str, Any]:
    """One photo with its findings."""
    return photo_of(desk.session.open(photo), desk.rules.lang, desk.rules.roster)


@router.delete("/api/photos/{photo}", status_code=204)
def remove(photo: str, desk: Given) -> Response:
    """Take a dropped photo out and delete it."""
    desk.forget(desk.session.remove(photo))
    return Response(status_code=204)


@router.get("/api/photos/{photo}/thumb")
def thumb(photo: str, desk: Given) -> Response:
    """The small covered picture."""
    return _jpeg(desk.small(photo))


@router.get("/api/photos/{photo}/picture")
def picture(photo: str, desk: Given) -> Response:
    """The large picture, covered as the safe copy will be."""
    entry, verdict = desk.session.ready(photo)
    view = desk.album.view(entry.path, entry.source, verdict.digest)
    return _jpeg(covered_picture(view, verdict, CopyOptions(desk.rules.style)))


@router.get("/api/photos/{photo}/peek")
def peek(photo: str, finding: str, desk: Given) -> Response:
    """What lies under one cover; the header tells where that is in the picture."""
    entry, verdict = desk.session.ready(photo)
    cover = cover_asked(entry, verdict, finding)
    if cover is None:
        raise PageError(404, "place", NO_PLACE)
    data, box = uncovered_part(desk.album.photo(entry.path, entry.source, verdict.digest), verdict, cover)
    shown = ",".join(map(str, shown_box(box, verdict).as_tuple()))
    return _jpeg(data, {"X-Photoscreen-Box": shown})


@router.get("/api/photos/{photo}/crops/{index}")
def crop(photo: str, index: int, desk: Given) -> Response:
    """A suggested crop, covered as its safe copy will be."""
    entry, verdict = desk.session.ready(photo)
    crops = verdict.plan.crops
    if not 0 <= index < len(crops):
        raise PageError(404, "crop", NOWHERE)
    view = desk.album.view(entry.path, entry.source, verdict.digest)
    return _jpeg(crop_picture(view, verdict, CopyOptions(desk.rules.style), crops[index].box))


@router.get("/api/photos/{photo}/copy")
def copy(photo: str, desk: Given) -> Response:
    """The proven safe copy, to be stored."""
    entry = desk.session.entry(photo)
    if entry.saved is None or not entry.is_saved:
        raise PageError(404, "not-saved", NOT_SAVED)
    path = Path(entry.saved.copy.path)
    return FileResponse(path, filename=visible(path.name), content_disposition_type="attachment")


@router.get("/api/copies.zip")
def copies(desk: Given) -> Response:
    """All safe copies in one file."""
    saved = [entry.saved for entry in desk.session.entries() if entry.saved and entry.is_saved]
    if not saved:
        raise PageError(404, "not-saved", NOT_SAVED)
    headers = {"Content-Disposition": 'attachment; filename="photoscreen-copies.zip"'}
    return StreamingResponse(zipped(saved, desk.out), media_type="application/zip", headers=headers)


@router.post("/api/photos/{photo}/actions")
def act(photo: str, body: Action, desk: Given) -> Any:
    """Carry out an action on a photo; its new state."""
    try:
        entry = desk.session.act(photo, body.version, body.asked())
    except NotAllowedError as error:
        entry = desk.session.entry(photo)
        person = desk.rules.roster.person(error.person)
        sentence = against_words(error.causes, visible(person.full_name) if person else error.person, desk.said)
        told = photo_of(entry, desk.rules.lang, desk.rules.roster)
        return JSONResponse({"error": {"code": error.code, "message": sentence}, "photo": told}, error.status)
    return photo_of(entry, desk.rules.lang, desk.rules.roster)


@router.get("/api/people")
def people(desk: Given, q: Annotated[str, Query(max_length=100)] = "") -> dict[str, Any]:
    """People of the roster whose name fits."""
    return {"people": people_of(desk.rules.roster, q)}


@router.post("/api/settings")
def settings(body: Settings, desk: Given) -> dict[str, Any]:
    """Other rules for all photos."""
    return desk.choose(body.purposes, body.occasion, body.style, body.lang)


@router.post("/api/roster")
async def open_roster(request: Request, desk: Given) -> dict[str, Any]:
    """Take another roster, which is read and deleted."""
    kind = request.headers.get("content-type", "")
    [sent] = await read_files(request.stream(), kind, desk.uploads, "file", 1, MOST_ROSTER)
    return await run_in_threadpool(desk.open_roster, sent)


@router.post("/api/save", status_code=202)
def save(body: Save, desk: Given) -> dict[str, Any]:
    """Save safe copies in the background."""
    return {"saving": desk.saver.save(body.ids)}


@router.get("/api/events")
def events(desk: Given) -> StreamingResponse:
    """What changes, as it does."""
    return StreamingResponse(desk.hub.stream(), media_type="text/event-stream")


def _jpeg(data: bytes, headers: dict[str, str] | None = None) -> Response:
    return Response(data, media_type="image/jpeg", headers=headers)


def make_app(desk: Desk) -> Guard:
    """The whole application behind its guard."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, lifespan=_lifespan)
    app.state.desk, app.state.files, app.state.render = desk, listed_files(), renderer()
    app.include_router(router)
    app.add_exception_handler(ScreenError, _told_error)
    app.add_exception_handler(RequestValidationError, _told_wrong)
    app.add_exception_handler(HTTPException, _told_status)
    app.add_exception_handler(Exception, _told_fault)

    def said(sentence: str) -> str:
        return desk.said.text(sentence)

    return Guard(app, desk.keys, said)


@contextlib.asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    import asyncio  # noqa: PLC0415

    app.state.desk.hub.attach(asyncio.get_running_loop())
    yield


def _told_error(request: Request, error: Exception) -> Response:
    status, code = (error.status, error.code) if isinstance(error, PageError) else (422, "not-possible")
    said = _desk(request).said
    message = error_words(error, said) if isinstance(error, ScreenError) else str(error)
    return JSONResponse({"error": {"code": code, "message": message}}, status)


def _told_wrong(request: Request, _error: Exception) -> Response:
    return JSONResponse({"error": {"code": "wrong", "message": _desk(request).said.text(WRONG)}}, 400)


def _told_status(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 404
    return JSONResponse({"error": {"code": "nowhere", "message": _desk(request).said.text(NOWHERE)}}, status)


def _told_fault(request: Request, error: Exception) -> Response:
    log.debug("fault in a handler", exc_info=error)
    return JSONResponse({"error": {"code": "fault", "message": _desk(request).said.text(FAULT)}}, 500)
