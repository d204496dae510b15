"""Code tables of the national standards, and the kinds of statuses, areas, organisations and places."""

from __future__ import annotations

from dataclasses import dataclass

from linli.base.areas import Level, is_unit_area, level_of
from linli.base.named import Named


class Sex(Named):
    """Sex by GB/T 2261.1."""

    UNKNOWN = "0", "未知"
    MALE = "1", "男"
    FEMALE = "2", "女"
    UNSTATED = "9", "未说明"


class Marital(Named):
    """Marital state by GB/T 2261.2."""

    SINGLE = "10", "未婚"
    MARRIED = "20", "已婚"
    FIRST_MARRIED = "21", "初婚"
    MARRIED_AGAIN = "22", "再婚"
    RESTORED = "23", "复婚"
    WIDOWED = "30", "丧偶"
    DIVORCED = "40", "离婚"
    UNSTATED = "90", "未说明"

KIN: dict[str, str] = {
    "01": "本人", "02": "户主",
    "10": "配偶", "11": "夫", "12": "妻",
    "20": "子", "21": "独生子", "22": "长子", "23": "次子", "24": "三子", "25": "四子", "26": "五子",
    "27": "养子或继子", "28": "女婿", "29": "其他儿子",
    "30": "女", "31": "独生女", "32": "长女", "33": "次女", "34": "三女", "35": "四女", "36": "五女",
    "37": "养女或继女", "38": "儿媳", "39": "其他女儿",
    "40": "孙子、孙女或外孙子、外孙女", "41": "孙子", "42": "孙女", "43": "外孙子", "44": "外孙女",
    "45": "孙媳妇或外孙媳妇", "46": "孙女婿或外孙女婿", "47": "曾孙子或外曾孙子", "48": "曾孙女或外曾孙女", "49": "其他孙辈",
    "50": "父母", "51": "父亲", "52": "母亲", "53": "公公", "54": "婆婆", "55": "岳父", "56": "岳母",
    "57": "继父或养父", "58": "继母或养母", "59": "其他父母关系",
    "60": "祖父母或外祖父母", "61": "祖父", "62": "祖母", "63": "外祖父", "64": "外祖母", "65": "配偶的祖父母或外祖父母",
    "66": "曾祖父", "67": "曾祖母", "68": "配偶的曾祖父母", "69": "其他祖父母关系",
    "70": "兄弟姐妹", "71": "兄", "72": "嫂", "73": "弟", "74": "弟媳", "75": "姐姐", "76": "姐夫", "77": "妹妹", "78": "妹夫",
    "79": "其他兄弟姐妹",
    "80": "其他", "81": "伯父", "82": "伯母", "83": "叔父", "84": "婶母", "85": "舅父", "86": "舅母", "87": "姨父", "88": "姨母",
    "89": "姑父", "90": "姑母", "91": "堂兄弟、堂姐妹", "92": "表兄弟、表姐妹", "93": "侄子", "94": "侄女", "95": "外甥",
    "96": "外甥女", "97": "其他亲属", "99": "非亲属",
}  # fmt: skip
"""Relation to the head of the household (GB/T 4761; "02" is the head)."""

HEAD = "02"

_ETHNIC = (
    "01汉 02蒙古 03回 04藏 05维吾尔 06苗 07彝 08壮 09布依 10朝鲜 11满 12侗 13瑶 14白 15土家 16哈尼 17哈萨克 18傣 19黎 20傈僳 "
    "21佤 22畲 23高山 24拉祜 25水 26东乡 27纳西 28景颇 29柯尔克孜 30土 31达斡尔 32仫佬 33羌 34布朗 35撒拉 36毛南 37仡佬 38锡伯 "
    "39阿昌 40普米 41塔吉克 42怒 43乌孜别克 44俄罗斯 45鄂温克 46德昂 47保安 48裕固 49京 50塔塔尔 51独龙 52鄂伦春 53赫哲 54门巴 "
    "55珞巴 56基诺 97其他 98外国血统"
)
ETHNIC: dict[str, str] = {
    entry[:2]: entry[2:] if entry[:2] in ("97", "98") else entry[2:] + "族" for entry in _ETHNIC.split()
}
"""Ethnic groups by GB/T 3304."""


@dataclass(frozen=True)
class StatusKind:
    """A kind of status that the office recognises: key, Chinese name, and its grades (code to name) if it has any."""

    code: str
    zh: str
    grades: tuple[tuple[str, str], ...] = ()

    def grade_zh(self, grade: str) -> str:
        return dict(self.grades).get(grade, grade)


_LEVELS = tuple((f"{kind}{level}", f"{zh}{level}级") for kind, zh in (
    ("1", "视力"), ("2", "听力"), ("3", "言语"), ("4", "肢体"), ("5", "智力"), ("6", "精神"), ("7", "多重"),
) for level in "1234")  # fmt: skip

STATUS_KINDS: dict[str, StatusKind] = {
    kind.code: kind
    for kind in (
        StatusKind("dibao", "最低生活保障", (("urban", "城市"), ("rural", "农村"))),
        StatusKind("tekun", "特困供养（五保）", (("home", "分散供养"), ("institution", "集中供养"))),
        StatusKind("edge", "低保边缘"),
        StatusKind("rigid", "刚性支出困难"),
        StatusKind("disabled", "残疾", _LEVELS),  # GB/T 26341: kind, then level
        StatusKind("orphan", "孤儿"),
        StatusKind("unsupported_child", "事实无人抚养儿童"),
        StatusKind("left_behind_child", "留守儿童"),
        StatusKind("left_behind_elder", "留守老人"),
        StatusKind("left_behind_woman", "留守妇女"),
        StatusKind("elder_alone", "独居老人"),
        StatusKind("empty_nest", "空巢老人"),
        StatusKind("veteran", "优抚对象", (
            ("disabled", "残疾军人"), ("martyr", "烈属"), ("survivor", "因公牺牲、病故军人遗属"), ("returned", "在乡复员军人"),
            ("ill", "带病回乡退伍军人"), ("war", "参战参试人员"),
        )),
        StatusKind("unemployed", "登记失业"),
        StatusKind("hard_to_employ", "就业困难"),
        StatusKind("ill", "重大疾病"),
        StatusKind("poor_by_illness", "因病致贫"),
        StatusKind("poor_again_by_illness", "因病返贫"),
        StatusKind("poor_by_disaster", "意外灾害致贫"),
        StatusKind("poor_by_calamity", "自然灾害致贫"),
        StatusKind("lonely", "鳏寡孤独", (("widower", "鳏"), ("widow", "寡"), ("parentless", "孤"), ("childless", "独"))),
        StatusKind("laid_off", "下岗职工", (("older", "年龄偏大"), ("schooling", "文化程度低"), ("unskilled", "无技能"))),
        StatusKind("single_parent", "单亲家庭"),
        StatusKind("lost_only_child", "计划生育特殊家庭"),
        StatusKind("student", "在校学生", (
            ("primary", "小学"), ("junior", "初中"), ("senior", "高中、中职"), ("college", "大学、大专"),
        )),
        StatusKind("party_member", "党员"),
        StatusKind("floating", "流动人口"),
    )
}  # fmt: skip
VULNERABLE = frozenset({
    "dibao", "tekun", "edge", "rigid", "disabled", "orphan", "unsupported_child", "elder_alone", "ill", "poor_by_illness",
    "poor_again_by_illness", "poor_by_disaster", "poor_by_calamity", "lonely", "laid_off", "hard_to_employ",
})  # fmt: skip
"""Statuses that make the register of vulnerable people (弱势群体基本状况库)."""


class AreaKind(Named):
    """What kind of place an area code names."""

    DISTRICT = "district", "区"
    STREET = "street", "街道"
    TOWN = "town", "镇"
    TOWNSHIP = "township", "乡"
    COMMUNITY = "community", "社区"
    VILLAGE = "village", "村"
    UNITS = "units", "区直单位（汇总）"
    UNIT = "unit", "区直单位"


def area_kinds(code: str) -> frozenset[AreaKind]:
    """The kinds that an area of this code may have, by level (统计用区划代码)."""
    level = level_of(code)
    if is_unit_area(code):
        return frozenset({AreaKind.UNITS if level is Level.TOWN else AreaKind.UNIT})
    if level is Level.DISTRICT:
        return frozenset({AreaKind.DISTRICT})
    if level is Level.TOWN:
        return frozenset({AreaKind.STREET, AreaKind.TOWN, AreaKind.TOWNSHIP})
    if level is Level.COMMUNITY:
        return frozenset({AreaKind.COMMUNITY, AreaKind.VILLAGE})
    return frozenset()


class Succession(Named):
    """How an area became another."""

    MERGE = "merge", "合并"
    SPLIT = "split", "拆分"
    TURN = "turn", "改设"


class HouseholdKind(Named):
    FAMILY = "family", "家庭户"
    COLLECTIVE = "collective", "集体户"


class UnitRole(Named):
    """What a person is at a unit."""

    HEAD = "head", "负责人"
    CONTACT = "contact", "联系人"
    STAFF = "staff", "从业人员"


ORGANISATION_KINDS = {
    "office": "机关", "institution": "事业单位", "company": "企业", "shop": "个体工商户（门店）",
    "social": "社会组织", "school": "学校", "hospital": "医院", "self_government": "村（居）民委员会", "other": "其他",
}  # fmt: skip
PLACE_KINDS = {
    "building": "楼栋", "station": "服务站（所）", "home": "养老（福利）机构", "shelter": "避难场所", "grave": "墓地",
    "hall": "办事大厅", "square": "文体广场", "other": "其他",
}  # fmt: skip
NO_NUMBER_REASONS = {
    "newborn": "新生儿尚未落户", "unregistered": "未落户", "foreign": "外国人或港澳台居民", "lost": "证件遗失、号码待查",
}  # fmt: skip
