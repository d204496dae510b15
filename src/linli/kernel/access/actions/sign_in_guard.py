"""django-axes asks here whether somebody may try, and tells here how it went.

Its own store counts per user agent, keeps what was typed, and forgets after the cool-off; ours keeps keyed hashes and
counts a name with an address, a name over all addresses, and an address over all names.
"""

from __future__ import annotations

from typing import Any

from axes.handlers.base import AbstractAxesHandler, AxesBaseHandler
from axes.helpers import get_client_username

from linli.kernel.access.actions.locks import begin_try, forgive_tries, note_failure
from linli.kernel.access.queries.clock import business_day
from linli.kernel.access.queries.locks import place_of
from linli.kernel.access.rules.sign_in import SEEN, SINCE

DESK_COOKIE = "linli_desk"


def _who(request: Any, name: str) -> dict[str, Any]:
    place = place_of(marks=request.COOKIES.get(DESK_COOKIE, ""), username=name, address=request.axes_ip_address or "")
    return {"name": name, "address": place, "at": request.axes_attempt_time}


class SignInGuard(AbstractAxesHandler, AxesBaseHandler):  # type: ignore[misc]
    """The handler that ``AXES_HANDLER`` names."""

    def is_locked(self, request: Any, credentials: Any = None) -> bool:
        """Whether there is no try left; if there is one it is taken."""
        request.sign_in_lock = begin_try(**_who(request, get_client_username(request, credentials) or ""))
        return request.sign_in_lock is not None

    def user_login_failed(self, sender: Any, credentials: Any, request: Any = None, **words: Any) -> None:
        if request is None:
            return
        request.axes_credentials = credentials
        if not request.axes_locked_out:
            who = _who(request, get_client_username(request, credentials) or "")
            request.sign_in_lock = note_failure(on=business_day(), seen_from=request.axes_ip_address or "", **who)
            request.axes_locked_out = request.sign_in_lock is not None

    def user_logged_in(self, sender: Any, request: Any, user: Any, **words: Any) -> None:
        """The tries that led here count no more (the door said so already), and the session's time begins."""
        request.session[SINCE] = request.session[SEEN] = int(request.axes_attempt_time.timestamp())
        forgive_tries(**_who(request, user.get_username()))

    def user_logged_out(self, sender: Any, request: Any, user: Any, **words: Any) -> None:
        """Nothing is counted here."""

    def get_failures(self, request: Any, credentials: Any = None) -> int:
        return 0
