"""Sessions at the door: how one begins and ends, and forms that outlive it.

What a session holds besides Django's own: when it began and was last touched, with which second factor, whose password was
right while the code is still missing, whose it was when it ended, and the key of what was typed then.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from django.conf import settings
from django.contrib.auth import SESSION_KEY, login, logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.datastructures import MultiValueDict

from linli.base.days import SHANGHAI
from linli.kernel.access import actions, queries
from linli.kernel.access.rules.sign_in import SEEN, SINCE, needs_factor

FACTOR, WAS, OVER, KEPT = "factor", "was", "over", "kept"
BACKEND = "django.contrib.auth.backends.ModelBackend"
TOUCH = timedelta(minutes=1)
POLL = "X-Linli-Poll"  # a page that asks by itself how far a job is does not keep its session alive
NEVER_KEPT = {"csrfmiddlewaretoken", "password"}


def begin(request: HttpRequest, user: Any, *, factor: str = "") -> None:
    """A new session under a new key; ``factor`` says what was given besides the password."""
    kept = request.session.get(KEPT)
    login(request, user, backend=BACKEND)
    request.session.cycle_key()  # Django keeps the key when the same person signs in over a running session
    for name in (WAS, OVER, FACTOR):
        request.session.pop(name, None)
    if kept:
        request.session[KEPT] = kept
    if factor:
        request.session[FACTOR] = factor


def keep_this_one(request: HttpRequest) -> None:
    """After all sessions of the account were ended: go on in this one, under a new key."""
    update_session_auth_hash(request, request.user)  # type: ignore[arg-type]


def end(request: HttpRequest, *, over: bool = False) -> None:
    """End the session, remembering in an empty one whose it was: a form still open elsewhere may be kept for them."""
    whose, kept = request.session.get(SESSION_KEY), request.session.get(KEPT)
    logout(request)
    if kept:
        request.session[KEPT] = kept
    if whose:
        request.session[WAS] = whose
        request.session[OVER] = over


def owner(request: HttpRequest) -> int | None:
    """Whose session this is or was. Asked before ``request.user``, which empties a session that was ended from outside."""
    whose = request.session.get(SESSION_KEY) or request.session.get(WAS)
    return int(whose) if whose else None


def end_if_over(request: HttpRequest) -> None:
    """End a session that nobody touched or that has lasted too long; otherwise note that it was touched."""
    session, now = request.session, request.now  # type: ignore[attr-defined]
    if SESSION_KEY not in session:
        return
    since, seen = (datetime.fromtimestamp(session.get(name, 0), SHANGHAI) for name in (SINCE, SEEN))
    if settings.SESSION_RULES.over(since=since, seen=seen, at=now):
        end(request, over=True)
    elif now - seen >= TOUCH and POLL not in request.headers:
        session[SEEN] = int(now.timestamp())


def lacks_factor(request: HttpRequest, posts: list[Any]) -> bool:
    """Whether one of these posts demands a second factor that this session was begun without."""
    demanded = needs_factor((post.role for post in posts), settings.SECOND_FACTOR_ROLES, queries.factor_mode())
    return demanded and FACTOR not in request.session


def unproven(request: HttpRequest, posts: list[Any]) -> bool:
    """Whether the session was begun without the factor that the account has and one of its posts demands."""
    return lacks_factor(request, posts) and queries.factor_of(request.user) is not None  # type: ignore[arg-type]


def to_sign_in(request: HttpRequest, mark: Any, whose: int | None) -> HttpResponse:
    """Send somebody who is not signed in to the door; a form that was posted is kept for its owner."""
    if whose is not None and SESSION_KEY not in request.session:
        request.session[WAS] = str(whose)
    keeps = whose is not None and not mark.while_password_is_new and keep(request, whose)
    if "HX-Request" in request.headers:  # a part of a page: the whole page has to go
        return HttpResponse(headers={"HX-Redirect": f"{settings.LOGIN_URL}?next={_page_before(request, 'HX-Current-URL')}"})
    path = request.path if keeps or request.method in ("GET", "HEAD") else _page_before(request, "Referer")
    return redirect(f"{settings.LOGIN_URL}?next={path}")


def _page_before(request: HttpRequest, header: str) -> str:
    """The page of ours on which somebody pressed a button, without what was asked for on it; else the first page."""
    before = urlsplit(request.headers.get(header, ""))
    return quote(unquote(before.path)) if before.netloc == request.get_host() and before.path.startswith("/") else "/"


def keep(request: HttpRequest, whose: int) -> bool:
    """Keep a posted form for this account; whether it was one, and short enough."""
    if request.method != "POST" or "_key" not in request.POST or "HX-Request" in request.headers:
        return False
    key = request.session.get(KEPT) or actions.new_key()
    fields = {name: values for name, values in request.POST.lists() if name not in NEVER_KEPT}
    path, at = request.get_full_path(), request.now  # type: ignore[attr-defined]
    files = sum(len(found) for _, found in request.FILES.lists())
    if not actions.keep_form(key=key, staff_id=whose, path=path, fields=fields, files=files, at=at):
        return False
    request.session[KEPT] = key
    return True


def typed_before(request: HttpRequest) -> Any:
    """What the signed-in person had typed on this page when a session was over; None is the usual case."""
    if KEPT not in request.session or request.method != "GET":
        return None
    words: dict[str, Any] = {"key": request.session[KEPT], "staff_id": request.user.pk, "path": request.get_full_path()}
    return queries.kept_form(at=request.now, **words)  # type: ignore[attr-defined]


def forget_typed(request: HttpRequest, path: str = "") -> None:
    """The form was sent after all (or is not wanted): what had been typed on this page is not shown again."""
    if key := request.session.get(KEPT):
        whose: Any = request.user.pk
        actions.drop_form(key=key, staff_id=whose, path=path or request.get_full_path())
        if not queries.kept_forms(key=key, staff_id=whose, at=request.now):  # type: ignore[attr-defined]
            del request.session[KEPT]


def first_kept(request: HttpRequest) -> str:
    """The address of the newest form that waits for the signed-in person; empty if there is none."""
    key = request.session.get(KEPT)
    if not key:
        return ""
    waiting = queries.kept_forms(key=key, staff_id=request.user.pk, at=request.now)  # type: ignore[attr-defined, arg-type]
    return waiting[0].path if waiting else ""


def as_typed(request: HttpRequest, typed: Any) -> None:
    """Let a page believe that the form came again. Forms with ``unsent`` data are never valid, and no action runs."""
    data = QueryDict(mutable=True)
    for name, values in typed.fields.items():
        data.setlist(name, values)
    data.unsent = True  # type: ignore[attr-defined]
    data._mutable = False
    request.method, request.POST, request._files = "POST", data, MultiValueDict()  # type: ignore[misc, assignment, attr-defined]
    request.typed_before = typed  # type: ignore[attr-defined]
