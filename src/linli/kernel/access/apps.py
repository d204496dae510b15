"""The manifest of access: its permissions and its place in the menu."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.backends.signals import connection_created

from linli.kernel.access.rules import Permission, Renewal, Role

ADMIN = frozenset({Role.SYSTEM_ADMIN})
SECURITY = frozenset({Role.SECURITY_ADMIN})
MACHINE = frozenset({Role.MACHINE})
EVERYONE = frozenset(Role) - {Role.MACHINE}


class AccessConfig(AppConfig):
    name = "linli.kernel.access"
    label = "access"
    verbose_name = "岗位与审计"

    saved_views = "linli.kernel.access.queries.saved_views"
    export_recorder = "linli.kernel.access.actions.recorder_of"

    permissions = (
        Permission("access.manage_staff", "管理账号与岗位", ADMIN),
        Permission("access.grant_post", "授予岗位", SECURITY),
        Permission("access.end_post", "结束岗位", SECURITY | ADMIN),
        Permission("access.see_staff", "查看账号与岗位", ADMIN | SECURITY | {Role.AUDIT_ADMIN}),
        Permission("access.own_password", "修改本人密码", EVERYONE),
        Permission("access.keep_view", "保存本人的清单视图", EVERYONE),
        Permission("access.sign_in", "登录", EVERYONE),
        Permission("access.sign_out", "退出登录", EVERYONE),
        Permission("access.lock_sign_in", "锁定登录", MACHINE),
        Permission("access.lift_lock", "解除登录锁定", ADMIN | MACHINE),
        Permission("access.own_factor", "设置本人动态口令", EVERYONE),
        Permission("access.ask_factor_reset", "提出重置动态口令", ADMIN),
        Permission("access.grant_factor_reset", "确认重置动态口令", SECURITY),
        Permission("access.reset_factor_at_server", "在服务器上重置动态口令", MACHINE),
        Permission("access.renew_seals", "用新密钥重新加密", MACHINE),
        Permission("access.read_audit", "查看审计记录", frozenset({Role.AUDITOR, Role.AUDIT_ADMIN})),
        Permission("access.verify_audit", "核验审计链", frozenset({Role.AUDITOR, Role.AUDIT_ADMIN})),
    )
    renewals = (Renewal("动态口令", "linli.kernel.access.actions.renew_factors"),)
    menu = (
        ("access:staff", "账号与岗位", "access.see_staff", 900),
        ("access:audit", "审计记录", "access.read_audit", 910),
    )

    def ready(self) -> None:
        from linli.kernel.access.queries.scope import watch_scope

        def watch(connection, **words):  # type: ignore[no-untyped-def]
            if connection.alias == "default" and watch_scope not in connection.execute_wrappers:
                connection.execute_wrappers.append(watch_scope)

        connection_created.connect(watch, weak=False, dispatch_uid="linli.watch_scope")
