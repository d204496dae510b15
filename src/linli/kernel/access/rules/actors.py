"""Who acts: roles, permissions, and the actor of one request or job."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations

from linli.base.areas import WHOLE, Level, Scope, level_of, scope_of
from linli.base.named import Named


class Refused(Exception):
    """The office cannot do this now; the message tells the user, in Chinese, what is wrong and how to mend it."""

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class Forbidden(Refused):
    """The actor's post does not carry this right, or the thing lies outside the post's area."""


class Stale(Refused):
    """Somebody else changed the row since it was shown."""

    def __init__(self, message: str = "刚才已有其他人办理了这一项，请刷新后再看。") -> None:
        super().__init__(message)


class NoScope(RuntimeError):
    """A query on a scoped table ran with no area set: a fault of the program, never of the user."""


class Role(Named):
    """A role that a post gives. The last three exclude each other and see no business data (三员分立)."""

    COMMUNITY_WORKER = "community_worker", "社区工作者"
    TOWN_REVIEWER = "town_reviewer", "街道审核员"
    DISTRICT_APPROVER = "district_approver", "区级审批员"
    FEDERATION_CLERK = "federation_clerk", "慈善总会经办"
    HALL_CLERK = "hall_clerk", "窗口人员"
    FINANCE_MAKER = "finance_maker", "财务经办"
    FINANCE_CHECKER = "finance_checker", "财务复核"
    AUDITOR = "auditor", "审计员"
    LEADER = "leader", "领导"
    HOTLINE_OPERATOR = "hotline_operator", "热线坐席"
    DESK_CLERK = "desk_clerk", "承办单位经办"
    SYSTEM_ADMIN = "system_admin", "系统管理员"
    SECURITY_ADMIN = "security_admin", "安全管理员"
    AUDIT_ADMIN = "audit_admin", "审计管理员"
    MACHINE = "machine", "系统任务"

ADMINISTRATORS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})
BUSINESS_ROLES = frozenset(Role) - ADMINISTRATORS - {Role.MACHINE}
LEVELS: dict[Role, frozenset[Level]] = {
    Role.COMMUNITY_WORKER: frozenset({Level.COMMUNITY}),
    Role.TOWN_REVIEWER: frozenset({Level.TOWN}),
    Role.DISTRICT_APPROVER: frozenset({Level.DISTRICT}),
    Role.FEDERATION_CLERK: frozenset({Level.DISTRICT, Level.TOWN}),
    Role.HALL_CLERK: frozenset({Level.DISTRICT, Level.TOWN}),
    Role.FINANCE_MAKER: frozenset({Level.DISTRICT, Level.TOWN}),
    Role.FINANCE_CHECKER: frozenset({Level.DISTRICT, Level.TOWN}),
    Role.AUDITOR: frozenset({Level.DISTRICT}),
    Role.LEADER: frozenset({Level.DISTRICT, Level.TOWN}),
    Role.HOTLINE_OPERATOR: frozenset({Level.DISTRICT}),
    Role.DESK_CLERK: frozenset({Level.COMMUNITY}),
    Role.SYSTEM_ADMIN: frozenset({Level.DISTRICT}),
    Role.SECURITY_ADMIN: frozenset({Level.DISTRICT}),
    Role.AUDIT_ADMIN: frozenset({Level.DISTRICT}),
    Role.MACHINE: frozenset({Level.DISTRICT}),
}


def _exclusive() -> frozenset[frozenset[Role]]:
    three = {frozenset(pair) for pair in combinations(ADMINISTRATORS, 2)}
    apart = {frozenset({admin, other}) for admin in ADMINISTRATORS for other in BUSINESS_ROLES}
    money = {
        frozenset({Role.FINANCE_MAKER, Role.FINANCE_CHECKER}),
        frozenset({Role.DISTRICT_APPROVER, Role.FINANCE_MAKER}),
        frozenset({Role.DISTRICT_APPROVER, Role.FINANCE_CHECKER}),
    }
    audit = {frozenset({Role.AUDITOR, other}) for other in BUSINESS_ROLES - {Role.AUDITOR}}
    return frozenset(three | apart | money | audit)


INCOMPATIBLE = _exclusive()


def may_hold_together(roles: set[Role]) -> bool:
    """Whether one member of staff may hold all these roles at one time."""
    return not any(frozenset(pair) in INCOMPATIBLE for pair in combinations(sorted(roles), 2))


EXPORTED = ("access.export", "导出清单")  # the verb of a list that says nothing of its export itself, and its name


@dataclass(frozen=True)
class Permission:
    """A right that a package declares: its key ``package.verb``, its Chinese name and the roles that carry it.

    ``reach`` is "own" (the post's area) or "district" (the action may look past the post's area and must answer no more than it
    has to; see the design, 7).
    """

    key: str
    zh: str
    roles: frozenset[Role]
    reach: str = "own"

    def __post_init__(self) -> None:
        if self.reach not in {"own", "district"}:
            raise ValueError(f"{self.key}: reach is 'own' or 'district'")
        if "." not in self.key:
            raise ValueError(f"{self.key}: a permission is named package.verb")


@dataclass(frozen=True)
class Actor:
    """Who acts, in which post, with which rights, over which range of areas.

    ``area`` is the code of the post's area (12 digits). ``request`` names the request or job in the audit trail.
    """

    staff_id: int | None
    name: str
    post_id: int | None
    role: Role
    area: str
    scope: Scope
    permissions: frozenset[str]
    request: str = ""
    address: str = ""
    page: str = ""

    def may(self, permission: str) -> bool:
        """Whether the post carries this right (the area is checked by the database)."""
        return permission in self.permissions

    def covers(self, area: str) -> bool:
        """Whether this code lies in the post's area."""
        return self.scope.contains(area)

    @property
    def near(self) -> bool:
        """Whether the post is in a community or a town, whose staff must recognise the people whom they help."""
        return bool(self.area) and level_of(self.area) >= Level.TOWN

    @property
    def own_hand(self) -> int:
        """The id of the member of staff, for acts that a machine may not do."""
        if self.staff_id is None:
            raise Forbidden("这一项须由工作人员办理，不能由系统任务自动办理。")
        return self.staff_id

    def apart_from(self, *hands: int | None, said: str) -> None:
        """One proposes, another decides: refuse whoever had a hand in it before, in these words."""
        if self.own_hand in hands:
            raise Refused(said)

    def with_request(self, request: str, address: str = "", page: str = "") -> Actor:
        """The same actor in this request or job; ``page`` is the address that was asked for."""
        return replace(self, request=request, address=address, page=page)


def actor_of(
    *, staff_id: int, name: str, post_id: int, role: Role, area: str, permissions: frozenset[str]
) -> Actor:
    """The actor of a post: its scope is the range of codes below the post's area."""
    return Actor(staff_id, name, post_id, role, area, scope_of(area), permissions)


def machine(*, task: str, area: str, permissions: frozenset[str]) -> Actor:
    """The actor of a job that nobody started by hand; ``area`` is the district whose rows it may touch."""
    scope = scope_of(area) if area else WHOLE
    return Actor(None, f"系统任务·{task}", None, Role.MACHINE, area, scope, permissions, request=f"job:{task}")
