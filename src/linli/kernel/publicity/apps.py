"""The manifest of publicity: who may draft, publish, prove, receive and answer."""

from __future__ import annotations

from typing import ClassVar

from django.apps import AppConfig

from linli.kernel.access.rules import Permission, PublicPage, Renewal, Role

REVIEWERS = frozenset({Role.TOWN_REVIEWER, Role.DISTRICT_APPROVER, Role.FEDERATION_CLERK})
OFFICES = REVIEWERS | {Role.COMMUNITY_WORKER}


class PublicityConfig(AppConfig):
    name = "linli.kernel.publicity"
    label = "publicity"
    verbose_name = "公示公开"

    permissions = (
        Permission("publicity.see", "查看公示", OFFICES | {Role.AUDITOR}),
        Permission("publicity.draft", "拟公示稿", OFFICES),
        Permission("publicity.publish", "发布公示", REVIEWERS),
        Permission("publicity.extend", "补足公示天数", REVIEWERS),
        Permission("publicity.withdraw", "撤回公示", REVIEWERS),
        Permission("publicity.prove", "上传张榜照片", OFFICES),
        Permission("publicity.take_down", "到期撤下公示", frozenset({Role.MACHINE})),
        Permission("publicity.collect", "收取公众来信", REVIEWERS | {Role.MACHINE}),
        Permission("publicity.receive", "登记异议和咨询", OFFICES),
        Permission("publicity.answer", "处理异议和咨询", REVIEWERS),
    )
    public_pages = (PublicPage("publicity:public_list", "公示公开", "正在公示的救助、评议和资金，有意见可以提出", 50),)
    renewals = (Renewal("异议和咨询的来信人", "linli.kernel.publicity.actions.renew_senders"),)
    menu = (
        ("publicity:notices", "公示", "publicity.see", 300),
        ("publicity:objections", "异议和咨询", "publicity.see", 310),
    )
    # Domains declare theirs under the same names; listeners as {kind: "package.actions.name"}.
    notice_kinds = ()
    notice_listeners: ClassVar[dict[str, str]] = {}
    objection_listeners: ClassVar[dict[str, str]] = {}

    def ready(self) -> None:
        from linli.kernel.publicity.queries import desk_tasks

        self.task_sources = (desk_tasks,)
