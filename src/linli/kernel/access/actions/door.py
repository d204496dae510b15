"""The one door for writes: permission, area, one transaction, and the audit line in that same transaction."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, ParamSpec, TypeVar

from django.db import ProgrammingError, connection, transaction

from linli.base.areas import Scope, scope_of
from linli.gateways.posting import post
from linli.kernel.access.actions.lines import write_line
from linli.kernel.access.models import RequestKey
from linli.kernel.access.queries.permissions import permissions
from linli.kernel.access.queries.scope import current_scope, held_scope
from linli.kernel.access.rules import Actor, Forbidden, Refused

OUT_OF_AREA = "violates row-level security policy"  # said by the database when a row is to be written outside of the range
LONGEST_KEY = 60
P = ParamSpec("P")
R = TypeVar("R")


@dataclass
class Act:
    """What one running action says about itself for the audit line."""

    kind: str = ""
    subject: str = ""
    area: str = ""
    purpose: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


_act: ContextVar[Act | None] = ContextVar("linli_act", default=None)


_showing: ContextVar[bool] = ContextVar("linli_showing", default=False)


@contextmanager
def only_showing() -> Iterator[None]:
    """Show a form again with what had been typed in it: while this lasts no action runs."""
    token = _showing.set(True)
    try:
        yield
    finally:
        _showing.reset(token)


@contextmanager
def scoped(actor_or_scope: Actor | Scope) -> Iterator[None]:
    """One transaction in which the database shows only this range of areas; the former range returns afterwards.

    The setting lives as long as the transaction, and longer than a savepoint, so it is put back by hand.
    """
    scope = actor_or_scope if isinstance(actor_or_scope, Scope) else actor_or_scope.scope
    before, nested = current_scope(), connection.in_atomic_block
    changes = not nested or before != scope
    with transaction.atomic(), held_scope(scope):
        if changes:
            _set_range(scope)
        yield
        if changes and nested and not connection.needs_rollback:  # after a fault the rollback brings the former range back
            _set_range(before)


def _set_range(scope: Scope | None) -> None:
    lo, hi = (scope.lo, scope.hi) if scope else ("", "")  # digits only (Scope)
    post(f"select set_config('linli.lo', '{lo}', true), set_config('linli.hi', '{hi}', true)", effect=False)


@contextmanager
def reach_district(by: Actor, permission: str) -> Iterator[None]:
    """Look past the actor's own area, as far as the district, inside an action declared with reach="district".

    What it finds must not leave the action except as the least that the user needs (e.g. 已在××镇登记).
    """
    declared = permissions()[permission]
    if declared.reach != "district" or not by.may(permission):
        raise Forbidden(f"{by.role.zh}岗位不能查询本辖区以外的情况。")
    district = by.area[:6] + "000000" if by.area else ""
    with scoped(scope_of(district)):
        yield


def action(permission: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Declare a write. It takes keyword arguments only, among them ``by`` (the actor).

    The actor's right is checked, everything happens in one transaction inside the actor's range of areas, and an audit
    line is written in that transaction. The action says what it touched through :func:`about`.

    :raises Forbidden: the post does not carry the permission.
    :raises Refused: the office's rules do not allow it; nothing has changed then.
    """

    def declare(function: Callable[P, R]) -> Callable[P, R]:
        @functools.wraps(function)
        def door(*args: P.args, **words: P.kwargs) -> R:
            if args:
                raise TypeError(f"{function.__name__} takes keyword arguments only")
            by = words.get("by")
            if not isinstance(by, Actor):
                raise TypeError(f"{function.__name__} needs by=, the actor")
            _check_right(by, permission)
            if _showing.get():
                raise Refused("这是刚才没有提交成功的内容，请核对后再次提交。")
            outer, act = _act.get(), Act()
            token = _act.set(act)
            try:
                with scoped(by):
                    result = function(*args, **words)
                    facts = act.facts | ({"within": True} if outer is not None else {})
                    write_line(
                        by, permission, "done", act.kind, act.subject, area=act.area, purpose=act.purpose, facts=facts
                    )
            except ProgrammingError as fault:
                if OUT_OF_AREA not in str(fault):
                    raise
                raise Forbidden("这一项属于上级或其他单位，当前岗位可以查看，不能改动。") from fault
            finally:
                _act.reset(token)
            return result

        door.permission = permission  # type: ignore[attr-defined]
        return door

    return declare


def _check_right(by: Actor, permission: str) -> None:
    if permission not in permissions():
        raise LookupError(f"no package declares the permission {permission}")
    if not by.may(permission):
        raise Forbidden(f"{by.role.zh}岗位没有“{permissions()[permission].zh}”的权限。")


def about(kind: str, subject: object, *, area: str = "", purpose: str = "", **facts: Any) -> None:
    """Say what the running action touches: the kind of thing, its id, its area, and facts without personal values."""
    act = _act.get()
    if act is None:
        raise RuntimeError("about() belongs inside an action")
    act.kind, act.subject = kind, str(subject)
    act.area = area or act.area
    act.purpose = purpose or act.purpose
    act.facts |= facts


def once(*, by: Actor, key: str, body: str, act: Callable[[], str]) -> str:
    """Do ``act`` once for this key: a second call with the same key and body gives the first answer again.

    Key, effect and answer are one transaction, so a crash leaves either all of them or none. The answer is a short
    text, usually the address of the page to show. The address to which the form was sent counts as a part of the body:
    two buttons may carry one key, and the rows of a batch stand in the address.

    :raises Refused: the key was used with another body, at another address, or by another person.
    """
    if not fit_key(key):
        raise Refused("表单已过期，请返回上一页刷新后再提交。")
    with scoped(by):
        # a second click waits here until the first is through; what is asked next sees what that one left
        post("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [key], effect=False)
        if (kept := kept_answer(by=by, key=key, body=body)) is not None:
            return kept
        answer = act()
        RequestKey.objects.create(key=key, staff_id=by.staff_id, fingerprint=_fingerprint(by, body), answer=answer)
        return answer


def fit_key(key: str) -> bool:
    """Whether this may be a form's key at all."""
    return 0 < len(key) <= LONGEST_KEY and key.isprintable()


def kept_answer(*, by: Actor, key: str, body: str) -> str | None:
    """What the first form with this key was answered; None when there was none.

    :raises Refused: the key was used with another body, at another address, or by another person.
    """
    kept = RequestKey.objects.filter(key=key).first()
    if kept is None:
        return None
    if kept.fingerprint != _fingerprint(by, body) or kept.staff_id != by.staff_id:
        raise Refused("这张表单已经提交过，内容与本次不同。请刷新页面，核对后再提交。")
    return kept.answer


def _fingerprint(by: Actor, body: str) -> str:
    return hashlib.sha256(f"{by.page}\n{body}".encode()).hexdigest()
