"""The words of the facts as small whole numbers, so that one rule reads one family and a million alike."""

from __future__ import annotations

from enum import IntEnum

from linli.base.named import NamedInt


class Zone(NamedInt):
    """Whose standard applies: that of the town's or the country's residents."""

    URBAN = 1, "城市"
    RURAL = 2, "农村"

    @property
    def key(self) -> str:
        return self.name.lower()


class Kin(IntEnum):
    """The first digit of a relation to the applicant by GB/T 4761 (01 and 02 are the applicant)."""

    SELF = 0
    SPOUSE = 1
    SON = 2
    DAUGHTER = 3
    GRANDCHILD = 4
    PARENT = 5
    GRANDPARENT = 6
    SIBLING = 7
    OTHER = 8
    FARTHER = 9


SON_IN_LAW, DAUGHTER_IN_LAW = 28, 38
"""Codes of GB/T 4761 that begin like a child's and are not a child's."""


class Study(IntEnum):
    """What somebody studies full time."""

    NONE = 0
    COMPULSORY = 1
    SENIOR = 2
    COLLEGE = 3
    POSTGRADUATE = 4


class Standing(NamedInt):
    """Why somebody of the family may not count in it."""

    PRESENT = 0, "在家"
    PRISON = 1, "在监狱服刑"
    DETOXIFICATION = 2, "在强制隔离戒毒"
    MISSING = 3, "被宣告失踪"
    CLERGY = 4, "在宗教场所任教职"


class Work(IntEnum):
    """Ability and work."""

    UNABLE = 0
    EMPLOYED = 1
    FLEXIBLE = 2
    JOBLESS = 3
    NOT_YET = 4
    RETIRED = 5


class Scheme(NamedInt):
    """Another scheme that supports the person already."""

    NONE = 0, "无"
    TEKUN = 1, "特困人员救助供养"
    ORPHAN = 2, "孤儿基本生活保障"
    UNSUPPORTED_CHILD = 3, "事实无人抚养儿童基本生活补贴"


class Disability(IntEnum):
    """Kinds by GB/T 26341."""

    NONE = 0
    SIGHT = 1
    HEARING = 2
    SPEECH = 3
    LIMBS = 4
    INTELLECT = 5
    MIND = 6
    MULTIPLE = 7


class Item(NamedInt):
    """A line of the family's income (1–29), property (31–49) or spending (51–62)."""

    WAGE = 1, "工资"
    CASUAL_WORK = 2, "务工收入"
    BUSINESS = 3, "经营净收入"
    FARMING = 4, "种植养殖净收入"
    INTEREST = 5, "利息等财产净收入"
    RENT = 6, "租金"
    PENSION = 7, "养老金、离退休金"
    BASIC_PENSION = 8, "城乡居民基本养老保险基础养老金"
    OWN_ACCOUNT_PENSION = 9, "城乡居民养老保险个人账户养老金"
    UNEMPLOYMENT = 10, "失业保险金"
    SUPPORT = 11, "赡养费、抚养费、扶养费"
    GIFT = 12, "接受赠与"
    COMPENSATION = 13, "赔偿、补偿收入"
    LEGACY = 14, "遗产收入"
    OTHER_INCOME = 15, "其他收入"
    HONOUR = 16, "优待抚恤金"
    FAMILY_PLANNING = 17, "计划生育奖励与扶助"
    SCHOLARSHIP = 18, "奖学金"
    COURAGE = 19, "见义勇为奖励"
    ASSISTANCE = 20, "社会救助款物"
    ELDER_ALLOWANCE = 21, "高龄津贴"
    DISABLED_SUBSIDY = 22, "残疾人两项补贴"
    MEDICAL_INSURANCE = 23, "医疗保险报销款"
    DEPOSIT = 31, "存款"
    SECURITIES = 32, "有价证券、基金"
    INSURANCE = 33, "商业保险"
    CLAIM = 34, "债权"
    ONLINE_MONEY = 35, "互联网金融资产"
    VEHICLE = 41, "机动车辆"
    NEEDED_VEHICLE = 42, "残疾人代步或维持生计的车辆"
    MACHINE = 43, "大型农机、船舶"
    HOUSE = 44, "住房"
    SHOP = 45, "商铺"
    FIRM = 46, "企业出资"
    TAX = 51, "缴纳税款"
    SOCIAL_INSURANCE = 52, "社会保险个人缴费"
    SUPPORT_PAID = 53, "付出的赡养费、抚养费"
    WORK_COST = 54, "必要的就业成本"
    LIVING = 55, "基本生活支出"
    MEDICAL = 56, "自付医疗费用"
    EDUCATION = 57, "教育支出"
    REHABILITATION = 58, "残疾康复支出"
    OTHER_SPENDING = 59, "其他必需支出"

    @property
    def key(self) -> str:
        return self.name.lower()


INCOME = tuple(item for item in Item if item < 31)
MONEY = tuple(item for item in Item if 31 <= item < 41)
THINGS = tuple(item for item in Item if 41 <= item < 51)
SPENDING = tuple(item for item in Item if item > 50)
FIRST_PROPERTY, FIRST_THING, FIRST_SPENDING, ITEMS = 31, 41, 51, 60
"""Bounds of the three parts, and the length of a table that an item's number indexes."""


class Category(NamedInt):
    """Members with special hardship, who get more (分类施保)."""

    ELDER = 0, "老年人"
    MINOR = 1, "未成年人"
    SEVERE = 2, "重度残疾人"
    DISABLED = 3, "其他残疾人"
    ILL = 4, "重病患者"
    SINGLE_PARENT = 5, "单亲家庭未成年人"

    @property
    def key(self) -> str:
        return self.name.lower()


class Recognised(NamedInt):
    """As what a family is recognised."""

    NOTHING = 0, "不符合条件"
    DIBAO = 1, "最低生活保障家庭"
    EDGE = 2, "最低生活保障边缘家庭"
    RIGID = 3, "刚性支出困难家庭"


class Window(IntEnum):
    """Over which period income is counted."""

    MONTHS = 1
    LAST_YEAR = 2


class Rounding(IntEnum):
    UP = 1
    NEAREST = 2
    DOWN = 3


class Mode(IntEnum):
    """How the amount follows from the income."""

    GAP = 1
    TIERS = 2


class SingleIncome(IntEnum):
    """What counts as the income of a member who enters alone: the own items, or nothing (the full standard)."""

    OWN = 1
    NOTHING = 2
