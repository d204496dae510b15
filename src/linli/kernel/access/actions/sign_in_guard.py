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
from linli.kernel.access.rules.sign_in import network_of


def _who(request: Any, credentials: Any) -> dict[str, Any]:
    name = get_client_username(request, credentials) or ""
    return {"name": name, "address": network_of(request.axes_ip_address or ""), "at": request.axes_attempt_time}


class SignInGuard(AbstractAxesHandler, AxesBaseHandler):  # type: ignore[misc]
    """The handler that ``AXES_HANDLER`` names."""

    def is_locked(self, request: Any, credentials: Any = None) -> bool:
        """Whether there is no try left; if there is one it is taken."""
        request.sign_in_lock = begin_try(**_who(request, credentials))
        return request.sign_in_lock is not None

    def user_login_failed(self, sender: Any, credentials: Any, request: Any = None, **words: Any) -> None:
        if request is None:
            return
        request.axes_credentials = credentials
        if not request.axes_locked_out:
            request.sign_in_lock = note_failure(on=business_day(), **_who(request, credentials))
            request.axes_locked_out = request.sign_in_lock is not None

    def user_logged_in(self, sender: Any, request: Any, user: Any, **words: Any) -> None:
        """The tries that led here count no more; at a sign-in with two factors the door says so earlier."""
        address = network_of(request.axes_ip_address or "")
        forgive_tries(name=user.get_username(), address=address, at=request.axes_attempt_time)

    def user_logged_out(self, sender: Any, request: Any, user: Any, **words: Any) -> None:
        """Nothing is counted here."""

    def get_failures(self, request: Any, credentials: Any = None) -> int:
        return 0
