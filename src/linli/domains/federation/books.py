"""The books of the network and of its publicity, and the duty to keep in touch with models, declared as data."""

from __future__ import annotations

from datetime import date

from linli.base.fields import Field, FieldKind
from linli.domains.federation.rules import (
    BULLETIN_KINDS,
    CONTACT,
    CONTACT_WAYS,
    ENGAGEMENTS,
    OFFICES,
    OUTLETS,
    PAPER_KINDS,
    BodyLevel,
    Consent,
)
from linli.kernel.duties.rules import Duty, From, Per
from linli.kernel.records.rules import Book

PACKAGE = "linli.domains.federation"
BODY = Field("organisation", "慈善组织", FieldKind.ORGANISATION, required=True)
NETWORK, PUBLICITY = "慈善法 §11、§12；《区慈善总会章程》", "慈善法 §79、§82；个人信息保护法 §13、§25"

BODIES = Book(
    "federation.bodies", "慈善组织名册", "掌握区、镇街两级慈善组织的设立、负责人和沿革", NETWORK,
    (
        BODY,
        Field("founded", "成立日期", FieldKind.DAY, required=True),
        Field("level", "层级", FieldKind.CHOICE, required=True, choices=tuple(BodyLevel.choices())),
        Field("book", "账簿所属", FieldKind.AREA, required=True, listed=False, help="成立时的区划，账簿按它归属。"),
        Field("approval", "批准文件", required=True, longest=100, searchable=True, help="文号，如：峄民字〔2006〕18号"),
        Field("approver", "批准机关", required=True, longest=60),
        Field("person", "登记负责人", required=True, longest=30, searchable=True),
        Field("phone", "办公电话", longest=20),
    ),
    write="federation.keep", read="federation.see", subject="organisation", day="founded", lasting=True, unique=("book",),
    keep_years=30, noun="个", counted="个", new="federation:found", own=True,
)  # fmt: skip
STAFF = Book(
    "federation.staff", "慈善组织人员", "掌握各慈善组织的会长、秘书长和专兼职人员，按期换届", NETWORK,
    (
        BODY,
        Field("since", "任职日期", FieldKind.DAY, required=True),
        Field("name", "姓名", required=True, longest=30, searchable=True),
        Field("office", "职务", FieldKind.CHOICE, required=True, choices=tuple(OFFICES.items())),
        Field("engagement", "专兼职", FieldKind.CHOICE, required=True, choices=tuple(ENGAGEMENTS.items())),
        Field("term_until", "任期至", FieldKind.DAY, help="选举产生的职务填写，到期前提醒换届。"),
        Field("document", "任职文件", longest=100, help="文号或会议名称"),
    ),
    write="federation.keep", read="federation.see", subject="organisation", day="since", lasting=True,
    unique=("organisation", "name", "office"), keep_years=30, noun="人", counted="人", new="federation:network",
    heard=f"{PACKAGE}.actions.staff_changed",
)  # fmt: skip
PAPERS = Book(
    "federation.papers", "章程与制度", "保存各慈善组织的章程、暂行办法和制度的每一版", NETWORK,
    (
        BODY,
        Field("passed", "通过日期", FieldKind.DAY, required=True),
        Field("kind", "类别", FieldKind.CHOICE, required=True, choices=tuple(PAPER_KINDS.items())),
        Field("title", "名称", required=True, longest=100, searchable=True),
        Field("edition", "版次", FieldKind.NUMBER, required=True, least=1, most=99, help="第几版，首次通过的填1。"),
        Field("meeting", "通过的会议", required=True, longest=100, searchable=True),
        Field("valid_from", "施行日期", FieldKind.DAY),
        Field("file", "文本", FieldKind.FILE),
    ),
    write="federation.keep", read="federation.see", subject="organisation", day="passed",
    unique=("organisation", "kind", "title", "edition"), keep_years=30, noun="件", counted="件", new="federation:network",
    heard=f"{PACKAGE}.actions.papers_changed",
)  # fmt: skip
BULLETINS = Book(
    "federation.bulletins", "新闻发布与情况通报", "记录每次新闻发布会和情况通报，接受社会监督", PUBLICITY,
    (
        Field("day", "日期", FieldKind.DAY, required=True),
        Field("kind", "形式", FieldKind.CHOICE, required=True, choices=tuple(BULLETIN_KINDS.items())),
        Field("title", "主题", required=True, longest=60, searchable=True),
        Field("place", "地点", required=True, longest=60),
        Field("host", "主持人", required=True, longest=30),
        Field("speaker", "发布人", longest=30),
        Field("media", "到会媒体", longest=300, searchable=True, listed=False, help="媒体名称，用顿号分开。"),
        Field("guests", "到会代表", longest=300, listed=False, help="捐赠单位、受助人员、群众代表等。"),
        Field("heads", "到会人数", FieldKind.NUMBER, unit="人", least=0, most=10000),
        Field("photo", "现场照片", FieldKind.FILE),
    ),
    write="federation.tell", read="federation.follow", day="day", keep_years=30, noun="次", counted="次", new="federation:hold",
    heard=f"{PACKAGE}.actions.bulletins_changed",
)  # fmt: skip
QUESTIONS = Book(
    "federation.questions", "记者提问与答复", "记录媒体和代表的提问和答复", PUBLICITY,
    (
        Field("day", "日期", FieldKind.DAY, required=True),
        Field("asker", "提问的媒体或代表", required=True, longest=60),
        Field("question", "问题", required=True, longest=300, searchable=True),
        Field("answer", "答复", required=True, longest=390, searchable=True),
        Field("answered_by", "答复人", required=True, longest=30),
    ),
    write="federation.tell", read="federation.follow", day="day", unique=("day", "asker", "question"), keep_years=30, noun="条",
    counted="次", new="federation:bulletins",
)  # fmt: skip
MEDIA = Book(
    "federation.media", "媒体报道", "登记媒体对慈善工作的报道", PUBLICITY,
    (
        Field("day", "报道日期", FieldKind.DAY, required=True),
        Field("outlet", "媒体", required=True, longest=60, searchable=True),
        Field("kind", "媒体类别", FieldKind.CHOICE, required=True, choices=tuple(OUTLETS.items())),
        Field("title", "标题", required=True, longest=100, searchable=True),
        Field("project", "报道的项目", longest=60, searchable=True, help="如：情暖万家、朝阳助学"),
        Field("link", "网址", longest=300, listed=False, help="以 http:// 或 https:// 开头；没有网址的请上传剪报。"),
        Field("clipping", "剪报或截图", FieldKind.FILE),
    ),
    write="federation.tell", read="federation.follow", day="day", unique=("outlet", "title", "day"), keep_years=10, noun="篇",
    counted="件", heard=f"{PACKAGE}.actions.media_changed",
)  # fmt: skip
HONOURS = Book(
    "federation.honours", "慈善先进典型", "登记受表彰的个人和单位，经本人同意后宣传", PUBLICITY,
    (
        Field("day", "授予日期", FieldKind.DAY, required=True),
        Field("name", "姓名或单位名称", required=True, longest=60, searchable=True),
        Field("unit", "是否单位", FieldKind.YES_NO, required=True),
        Field("title", "称号", required=True, longest=40, searchable=True, help="如：慈善爱民模范、爱心企业"),
        Field("body", "授予单位", required=True, longest=60),
        Field("document", "表彰文件", longest=100, help="文号"),
        Field("deeds", "主要事迹", longest=500, listed=False, searchable=True),
        Field("minor", "是否未成年人", FieldKind.YES_NO, required=True, listed=False),
        Field("consent", "公布意愿", FieldKind.CHOICE, required=True, choices=tuple(Consent.choices())),
        Field("asked_on", "征询日期", FieldKind.DAY, listed=False, help="征询本人（单位）意见的日期；未成年人征询监护人。"),
        Field("letter", "同意书", FieldKind.FILE),
        Field("served", "列为联系服务对象", FieldKind.YES_NO, required=True),
        Field("phone", "联系电话", sensitive=True, longest=20),
        Field("person", "登记的居民", FieldKind.PERSON),
        Field("organisation", "登记的单位", FieldKind.ORGANISATION),
    ),
    write="federation.tell", read="federation.follow", day="day", lasting=True, unique=("name", "title", "day"), keep_years=30,
    noun="项", counted="个", new="federation:award", heard=f"{PACKAGE}.actions.honours_changed",
)  # fmt: skip
CONTACTS = Book(
    "federation.contacts", "典型联系服务记录", "加强对先进典型的联系和服务，帮助解决困难", PUBLICITY,
    (
        Field("day", "联系日期", FieldKind.DAY, required=True),
        Field("way", "联系方式", FieldKind.CHOICE, required=True, choices=tuple(CONTACT_WAYS.items())),
        Field("heard", "了解的情况", required=True, longest=500, searchable=True),
        Field("needs", "需要帮助的事", longest=500, listed=False),
        Field("done", "办理结果", longest=500, listed=False),
    ),
    write="federation.tell", read="federation.follow", day="day", keep_years=10, noun="次", counted="次",
    new="federation:honours",
    heard=f"{PACKAGE}.actions.contacts_changed",
)  # fmt: skip
BOOKS = (BODIES, STAFF, PAPERS, BULLETINS, QUESTIONS, MEDIA, HONOURS, CONTACTS)

KEEPING_IN_TOUCH = Duty(
    CONTACT, "典型联系服务", "对列为联系服务对象的先进典型，每季度至少联系一次，了解情况，帮助解决困难",
    "区慈善总会宣传工作安排（频次为内部规定）", From(f"{PACKAGE}.queries.models_served"), Per("quarter", 1),
    permission="federation.tell", since=date(2010, 1, 1), grace=5, told="federation.supervise", act="federation:contact",
    subject_zh="先进典型",
)  # fmt: skip
DUTIES = (KEEPING_IN_TOUCH,)
