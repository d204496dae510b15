"""The registers of the mechanism, declared as data: its documents, and what other departments give."""

from __future__ import annotations

from linli.base.fields import Field, FieldKind
from linli.domains.coordination.rules import PARTNER_HELPS, PARTNERS, Department, Facility, Paper
from linli.kernel.records.rules import Book

HEARD = "linli.domains.coordination.actions"
DOCUMENTS = Book(
    "coordination.documents", "社会救助协调机制文件", "查得到每一项救助和协调的依据，知道哪一份现在有效",
    "《关于建立社会救助协调机制的意见》；政府信息公开条例 §20",
    (
        Field("day", "印发日期", FieldKind.DAY, required=True),
        Field("number", "文号", required=True, longest=60, searchable=True),
        Field("title", "文件名称", required=True, longest=120, searchable=True),
        Field("kind", "文种", FieldKind.CHOICE, required=True, choices=tuple(Paper.choices())),
        Field("issuer", "印发单位", required=True, longest=60, searchable=True),
        Field("partners", "参加部门", longest=200, searchable=True, help="由哪些部门共同办理，用顿号分开。"),
        Field("about", "主要内容", required=True, longest=500, listed=False, searchable=True),
        Field("paper", "文件", FieldKind.FILE),
    ),
    write="coordination.document", read="coordination.see_documents", day="day", lasting=True, unique=("number",),
    keep_years=30, noun="份", counted="件",
)  # fmt: skip
PARTNER_AID = Book(
    PARTNERS, "部门专项救助登记", "把各部门给予困难群众的救助与民政救助合在一户一档里，不遗漏、不重复",
    "社会救助法 §24—§28（专项救助）、§42（认定结果共享）",
    (
        Field("person", "受助人", FieldKind.PERSON, required=True),
        Field("day", "救助日期", FieldKind.DAY, required=True),
        Field("department", "救助部门", FieldKind.CHOICE, required=True, choices=tuple(Department.choices())),
        Field("help", "救助类别", FieldKind.CHOICE, required=True, choices=PARTNER_HELPS),
        Field("what", "救助内容", required=True, longest=120, searchable=True, help="如：危房改造一处、公益性岗位、技能培训。"),
        Field("amount", "金额", FieldKind.MONEY, required=True, least=0, help="介绍工作、培训等没有金额的填0。"),
        Field("paper", "依据", required=True, longest=120, help="部门的名单、批复或者文号。"),
    ),
    write="coordination.partner", read="coordination.see_partners", subject="person", day="day",
    unique=("person", "day", "department", "help"), keep_years=10, noun="次", counted="人次",
    heard=f"{HEARD}.partner_aid_entered",
)  # fmt: skip
FACILITIES = Book(
    "coordination.facilities", "三留人员服务设施", "知道每个社区（村）有哪些照护留守老人、儿童、妇女的设施，缺什么",
    "关于加强农村留守人员关爱服务的工作安排",
    (
        Field("since", "启用日期", FieldKind.DAY, required=True),
        Field("kind", "设施类别", FieldKind.CHOICE, required=True, choices=tuple(Facility.choices())),
        Field("name", "名称", required=True, longest=60, searchable=True),
        Field("places", "可容纳", FieldKind.NUMBER, unit="人", required=True, least=0, most=10000),
        Field("keeper", "管理人", longest=30, searchable=True),
        Field("hours", "开放时间", longest=60, listed=False),
    ),
    write="coordination.furnish", read="coordination.see_facilities", day="since", lasting=True, unique=("kind", "name"),
    keep_years=10, noun="处", counted="个",
)  # fmt: skip
BOOKS = (DOCUMENTS, PARTNER_AID, FACILITIES)
