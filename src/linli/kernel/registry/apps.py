"""The manifest of the registry: permissions, menu."""

from __future__ import annotations

from django.apps import AppConfig

from linli.kernel.access.rules import DemoStep, Permission, Renewal, Role
from linli.kernel.imports.rules import ImportKind

OFFICES = frozenset({Role.COMMUNITY_WORKER, Role.TOWN_REVIEWER, Role.DISTRICT_APPROVER})
READERS = OFFICES | {Role.FEDERATION_CLERK, Role.HALL_CLERK, Role.AUDITOR}
CLERKS = OFFICES | {Role.FEDERATION_CLERK, Role.MACHINE}


class RegistryConfig(AppConfig):
    name = "linli.kernel.registry"
    label = "registry"
    verbose_name = "人员与家庭"
    area_names = "linli.kernel.registry.queries.area_titles"
    area_choices = "linli.kernel.registry.queries.area_choices"

    @property
    def imports(self) -> tuple[ImportKind, ...]:
        """The kinds of tables that the engine imports for this package."""
        from linli.kernel.registry.actions.roster import ROSTER

        return (ROSTER,)

    permissions = (
        Permission("registry.read", "查看人员与家庭", READERS | {Role.MACHINE}),
        Permission("registry.register", "登记人员与家庭", OFFICES | {Role.HALL_CLERK, Role.MACHINE}),
        Permission("registry.organise", "登记与注销单位", CLERKS),
        Permission("registry.correct", "更正人员信息", OFFICES),
        Permission("registry.move", "办理迁移", OFFICES, reach="district"),
        Permission("registry.check_elsewhere", "查询是否已在区内登记", CLERKS, reach="district"),
        Permission("registry.recognise_status", "认定身份类别", CLERKS),
        Permission("registry.reveal", "查看隐去的内容", OFFICES | {Role.FEDERATION_CLERK}),
        Permission("registry.decide_duplicate", "认定重复人员", OFFICES),
        Permission("registry.propose_duplicates", "查找重复人员", OFFICES | {Role.MACHINE}),
        Permission("registry.export", "导出人员名单", OFFICES),
        Permission("registry.import_roster", "导入人口花名册", OFFICES | {Role.MACHINE}, reach="district"),
        Permission("registry.see_areas", "查看区划", frozenset(Role) - {Role.MACHINE}),
        Permission("registry.change_areas", "调整区划", frozenset({Role.SYSTEM_ADMIN, Role.DISTRICT_APPROVER})),
    )
    renewals = (Renewal("人员与账户", "linli.kernel.registry.actions.renew_seals"),)
    demo_steps = (
        DemoStep(100, "区划", "linli.kernel.registry.samples.demo_areas"),
        DemoStep(110, "账号与岗位", "linli.kernel.registry.samples.demo_staff"),
        DemoStep(150, "单位与场所", "linli.kernel.registry.samples.demo_places"),
        DemoStep(200, "人员与家庭", "linli.kernel.registry.samples.demo_people"),
        DemoStep(210, "楼栋和房间", "linli.kernel.registry.samples.demo_buildings"),
    )
    menu = (
        ("registry:people", "人员与家庭", "registry.read", 100),
        ("registry:vulnerable", "弱势群体", "registry.read", 102),
        ("registry:duplicates", "疑似重复", "registry.decide_duplicate", 110),
        ("registry:organisations", "单位", "registry.read", 104),
        ("registry:places", "场所", "registry.read", 106),
        ("registry:elsewhere", "登记查询", "registry.check_elsewhere", 120),
        ("registry:areas", "区划", "registry.see_areas", 880),
    )
