"""Codes of the registers of the three-level network: halls, windows, points, opinions."""

from __future__ import annotations

from collections.abc import Mapping

from linli.base.named import Named

HALLS, WINDOWS, POINTS, SYSTEMS = "hall.halls", "hall.windows", "hall.points", "hall.systems"
SESSIONS, OPINIONS, CHANNELS = "hall.sessions", "hall.opinions", "hall.channels"
WATCH, JOINT, SHEET = "hall.watch", "hall.joint", "hall.sheet"
TOWN_WATCH, DISTRICT_WATCH = "hall.town_watch", "hall.district_watch"
WATCHES = (WATCH, TOWN_WATCH, DISTRICT_WATCH)
"""The rosters of halls, by level: who stands on one for a day can be visited on it."""
HOURS = "hall.hours"
WINDOW_NAMES = (
    ("aid", "社会救助"), ("welfare", "社会福利"), ("security", "社会保障"), ("jobs", "就业服务"), ("order", "社会治安"),
    ("health", "医疗卫生"), ("family", "计划生育"), ("culture", "文教体育"), ("farm", "农业信息"), ("affairs", "社会事务"),
    ("permits", "行政审批"),
)  # fmt: skip
"""The windows of the catalogue, for the registers, which are declared before it can be read; a test compares both."""
SESSION_HOURS = 8
ADMINISTRATIVE, LIVING = "village_admin", "village_living"


class HallKind(Named):
    """Kinds of halls and centres, as the sources name them."""

    DISTRICT = "district", "公共行政服务中心（区）"
    STREET = "street", "街道（镇）服务中心"
    ONE_STOP = "one_stop", "社区一站式服务大厅"
    RESIDENTS = "residents", "居民事务受理中心"
    STATION = "station", "社区服务站"
    ADMINISTRATIVE = "village_admin", "农村社区行政服务中心"
    LIVING = "village_living", "农村社区生活服务中心"
    HELP = "help", "求助中心"


class HallState(Named):
    """Whether a hall is in use."""

    USED = "used", "已启用"
    BUILT = "built", "建设中"


class PointKind(Named):
    """Service points and what they offer for the public good."""

    POINT = "point", "便民服务站点"
    ITEM = "item", "公益服务项目"
    FACILITY = "facility", "特殊服务设施"


class Funding(Named):
    """By what a point stands: 政府投入、企业赞助、盘活资产、开放场所."""

    STATE = "state", "政府投入"
    SPONSOR = "sponsor", "企业赞助"
    ASSETS = "assets", "盘活资产"
    OPENED = "opened", "开放场所"


class System(Named):
    """The five systems under one roof (五位一体)."""

    ADMINISTRATION = "administration", "公共行政服务中心"
    CALLS = "calls", "社区服务呼叫中心"
    TRAINING = "training", "劳动就业培训中心"
    WORKERS = "workers", "特困职工帮扶中心"
    COMPLAINTS = "complaints", "行政投诉受理中心"


WORK: Mapping[System, tuple[tuple[str, Mapping[str, str]], ...]] = {
    System.ADMINISTRATION: (("hall.tickets", {}), ("hall.taken", {}), ("hall.by_business", {}), ("hall.ended", {}),
                            ("hall.agency", {}), ("hall.rated", {})),
    System.CALLS: (
        ("hotline.received", {}), ("hotline.at_once", {}), ("hotline.urgent", {}), ("hotline.closed", {}),
        ("hotline.graded", {}), ("hotline.content", {}), ("callers.presses", {}),
    ),
    System.TRAINING: (("hall.taken", {"window": "jobs"}), ("hall.ended", {"window": "jobs"})),
    System.WORKERS: (("book.outreach.union_help.count", {}),),
    System.COMPLAINTS: (
        ("complaints.received", {}), ("complaints.replied", {}), ("complaints.in_time", {}), ("complaints.public", {}),
    ),
}  # fmt: skip
"""The figures in which the work of each system shows, with the part that is its own."""


class Source(Named):
    """Where an opinion of the people came from."""

    NOTEBOOK = "notebook", "社情民意登记本"
    CARD = "card", "便民联系卡"
    BOX = "box", "社情民意收集箱"
    VISIT = "visit", "入户走访"
    SESSION = "session", "联合办公"


class Topic(Named):
    """What an opinion is about."""

    LIVING = "living", "生活困难"
    LAND = "land", "土地和征迁"
    ROADS = "roads", "道路和水电"
    ENVIRONMENT = "environment", "环境卫生"
    ORDER = "order", "治安和纠纷"
    HEALTH = "health", "医疗和教育"
    AFFAIRS = "affairs", "村务和作风"
    OTHER = "other", "其他"


class OpinionResult(Named):
    """What became of an opinion."""

    OPEN = "open", "正在办理"
    SETTLED = "settled", "已经解决"
    PASSED = "passed", "已上报上级"
    EXPLAINED = "explained", "已解释说明"
