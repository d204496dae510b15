"""Marks on views: who may open the page. A view without a mark is never run (see site.middleware.Door)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Mark:
    """How a page is guarded.

    ``permission``: one key, or several with ``|`` of which one is enough. ``open``: for everyone, signed in or not,
    without an area. ``public``: runs with the public role's connection only. ``by_anyone``: any post, no right needed.
    """

    permission: str = ""
    open: bool = False
    public: bool = False
    while_password_is_new: bool = False

    def lets(self, actor: Any) -> bool:
        """Whether a post with these rights may open the page."""
        return not self.permission or any(actor.may(key) for key in self.permission.split("|"))


def page(permission: str) -> Callable[[View], View]:
    """A page for posts that carry this permission (``a|b``: either). It runs inside the post's range of areas."""
    if not permission:
        raise ValueError("a page names its permission; use staff_page for pages that every post may open")
    return _marked(Mark(permission=permission))


def staff_page(view: View) -> View:
    """A page that every signed-in post may open, e.g. the workbench."""
    return _marked(Mark())(view)


def open_page(view: View) -> View:
    """A page that needs no post and no area: sign-in, sign-out, errors."""
    return _marked(Mark(open=True))(view)


def public_page(view: View) -> View:
    """A page for residents: it may use nothing but the public role's connection."""
    return _marked(Mark(public=True))(view)


def own_page(view: View) -> View:
    """A staff page that stays open while a first password has not been changed."""
    return _marked(Mark(while_password_is_new=True))(view)


def _marked(mark: Mark) -> Callable[[View], View]:
    def put(view: View) -> View:
        view.door = mark  # type: ignore[attr-defined]
        return view

    return put


@dataclass(frozen=True, slots=True)
class PublicPage:
    """What a package offers to residents on their first page, in its manifest: ``public_pages = (PublicPage(…), …)``.

    ``words`` say in one line what one can do there; pages stand by ``rank``.
    """

    route: str
    zh: str
    words: str
    rank: int
