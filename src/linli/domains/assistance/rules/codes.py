"""The words of the facts as small whole numbers, so that one rule reads one family and a million alike."""

from __future__ import annotations

from enum import IntEnum


class Zone(IntEnum):
    """Whose standard applies: that of the town's or the country's residents."""

    URBAN = 1
    RURAL = 2

    @property
    def key(self) -> str:
        return self.name.lower()

    @property
    def zh(self) -> str:
        return {1: "城市", 2: "农村"}[self.value]


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


class Standing(IntEnum):
    """Why somebody of the family may not count in it."""

    PRESENT = 0
    PRISON = 1
    DETOXIFICATION = 2
    MISSING = 3
    CLERGY = 4

    @property
    def zh(self) -> str:
        return ("在家", "在监狱服刑", "在强制隔离戒毒", "被宣告失踪", "在宗教场所任教职")[self.value]


class Work(IntEnum):
    """Ability and work."""

    UNABLE = 0
    EMPLOYED = 1
    FLEXIBLE = 2
    JOBLESS = 3
    NOT_YET = 4
    RETIRED = 5


class Scheme(IntEnum):
    """Another scheme that supports the person already."""

    NONE = 0
    TEKUN = 1
    ORPHAN = 2
    UNSUPPORTED_CHILD = 3

    @property
    def zh(self) -> str:
        return ("无", "特困人员救助供养", "孤儿基本生活保障", "事实无人抚养儿童基本生活补贴")[self.value]


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


class Item(IntEnum):
    """A line of the family's income (1–29), property (31–49) or spending (51–62)."""

    WAGE = 1
    CASUAL_WORK = 2
    BUSINESS = 3
    FARMING = 4
    INTEREST = 5
    RENT = 6
    PENSION = 7
    BASIC_PENSION = 8
    OWN_ACCOUNT_PENSION = 9
    UNEMPLOYMENT = 10
    SUPPORT = 11
    GIFT = 12
    COMPENSATION = 13
    LEGACY = 14
    OTHER_INCOME = 15
    HONOUR = 16
    FAMILY_PLANNING = 17
    SCHOLARSHIP = 18
    COURAGE = 19
    ASSISTANCE = 20
    ELDER_ALLOWANCE = 21
    DISABLED_SUBSIDY = 22
    MEDICAL_INSURANCE = 23
    DEPOSIT = 31
    SECURITIES = 32
    INSURANCE = 33
    CLAIM = 34
    ONLINE_MONEY = 35
    VEHICLE = 41
    NEEDED_VEHICLE = 42
    MACHINE = 43
    HOUSE = 44
    SHOP = 45
    FIRM = 46
    TAX = 51
    SOCIAL_INSURANCE = 52
    SUPPORT_PAID = 53
    WORK_COST = 54
    LIVING = 55
    MEDICAL = 56
    EDUCATION = 57
    REHABILITATION = 58
    OTHER_SPENDING = 59

    @property
    def key(self) -> str:
        return self.name.lower()

    @property
    def zh(self) -> str:
        return ITEM_NAMES[self]


ITEM_NAMES: dict[int, str] = {
    1: "工资", 2: "务工收入", 3: "经营净收入", 4: "种植养殖净收入", 5: "利息等财产净收入", 6: "租金", 7: "养老金、离退休金",
    8: "城乡居民基本养老保险基础养老金", 9: "城乡居民养老保险个人账户养老金", 10: "失业保险金", 11: "赡养费、抚养费、扶养费",
    12: "接受赠与", 13: "赔偿、补偿收入", 14: "遗产收入", 15: "其他收入", 16: "优待抚恤金", 17: "计划生育奖励与扶助",
    18: "奖学金", 19: "见义勇为奖励", 20: "社会救助款物", 21: "高龄津贴", 22: "残疾人两项补贴", 23: "医疗保险报销款",
    31: "存款", 32: "有价证券、基金", 33: "商业保险", 34: "债权", 35: "互联网金融资产", 41: "机动车辆",
    42: "残疾人代步或维持生计的车辆", 43: "大型农机、船舶", 44: "住房", 45: "商铺", 46: "企业出资",
    51: "缴纳税款", 52: "社会保险个人缴费", 53: "付出的赡养费、抚养费", 54: "必要的就业成本", 55: "基本生活支出",
    56: "自付医疗费用", 57: "教育支出", 58: "残疾康复支出", 59: "其他必需支出",
}  # fmt: skip
INCOME = tuple(item for item in Item if item < 31)
MONEY = tuple(item for item in Item if 31 <= item < 41)
THINGS = tuple(item for item in Item if 41 <= item < 51)
SPENDING = tuple(item for item in Item if item > 50)
FIRST_PROPERTY, FIRST_THING, FIRST_SPENDING, ITEMS = 31, 41, 51, 60
"""Bounds of the three parts, and the length of a table that an item's number indexes."""


class Category(IntEnum):
    """Members with special hardship, who get more (分类施保)."""

    ELDER = 0
    MINOR = 1
    SEVERE = 2
    DISABLED = 3
    ILL = 4
    SINGLE_PARENT = 5

    @property
    def key(self) -> str:
        return self.name.lower()

    @property
    def zh(self) -> str:
        return ("老年人", "未成年人", "重度残疾人", "其他残疾人", "重病患者", "单亲家庭未成年人")[self.value]


class Recognised(IntEnum):
    """As what a family is recognised."""

    NOTHING = 0
    DIBAO = 1
    EDGE = 2
    RIGID = 3

    @property
    def zh(self) -> str:
        return ("不符合条件", "最低生活保障家庭", "最低生活保障边缘家庭", "刚性支出困难家庭")[self.value]


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
