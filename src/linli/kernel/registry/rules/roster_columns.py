"""The columns of the population roster (人口花名册), and the words and codes that may stand in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from linli.base.text import plain
from linli.kernel.imports.rules import ImportColumn
from linli.kernel.registry.rules.codes import ETHNIC, HEAD, KIN, NO_NUMBER_REASONS, STATUS_KINDS, Marital

DIBAO = {"城市": "urban", "农村": "rural"}
TEKUN = {"分散供养": "home", "集中供养": "institution"}
DISABLED = {zh: code for code, zh in STATUS_KINDS["disabled"].grades}
_NUMBER_WORDS = ("公民身份号码", "身份证号码", "证件号码", "居民身份证号")
_NUMBER_HELP = "18 位，按文本填写；没有的留空并填写原因。"
_HOME_WORDS, _KIN_HEADINGS = ("户号", "家庭编号"), ("户主关系", "家庭关系", "与户主的关系")
_PHONE_WORDS = ("联系电话", "手机", "手机号", "手机号码")
_AGREES = "有身份证号的可不填；填写的应与身份证号一致。"
COLUMNS = (
    ImportColumn("name", "姓名", True, "与身份证件一致；生僻字照录，少数民族姓名用“·”。", "李小明", longest=200),
    ImportColumn("number", "身份证号", False, _NUMBER_HELP, "990404196005010017", (), _NUMBER_WORDS, True, 60),
    ImportColumn("no_number_reason", "无身份证号原因", choices=tuple(NO_NUMBER_REASONS.values())),
    ImportColumn("sex", "性别", False, _AGREES, choices=("男", "女")),
    ImportColumn("birth", "出生日期", False, _AGREES, "1960-05-01", longest=40),
    ImportColumn("home", "户编号", False, "同一户的人填同一个编号，在一个村居内不重复。", "0001", (), _HOME_WORDS, longest=20),
    ImportColumn("kin", "与户主关系", False, "每户一人填“户主”，其余如配偶、子、女。", "户主", (), _KIN_HEADINGS),
    ImportColumn(
        "place", "村居", False, "村居名称（可带镇街）或 12 位代码；只导入本村居的可不填。", "",
        aliases=("村（居）", "所属村居", "社区", "村居代码"),
    ),
    ImportColumn("address", "现住址", False, "", "和平路12号3号楼501室", (), ("住址", "家庭住址", "居住地址")),
    ImportColumn("registered_address", "户籍地址", aliases=("户籍地", "户口所在地")),
    ImportColumn("phone", "电话", False, "手机号，或带区号的固定电话。", "", (), _PHONE_WORDS, True, 60),
    ImportColumn("ethnic", "民族", False, "不填为汉族。", "汉族"),
    ImportColumn("marital", "婚姻状况", False, "、".join(one.zh for one in Marital) + "。", "", (), ("婚姻", "婚否")),
    ImportColumn("dibao", "低保", choices=tuple(DIBAO), aliases=("最低生活保障",)),
    ImportColumn("tekun", "特困供养", choices=tuple(TEKUN), aliases=("特困", "五保")),
    ImportColumn("disabled", "残疾", False, "类别和等级，如 肢体2级。", choices=tuple(DISABLED), aliases=("残疾类别等级",)),
    ImportColumn("other", "其他类别", False, "多项用“、”分开，如：重大疾病、独居老人、优抚对象（烈属）。"),
)  # fmt: skip
NOTES = (
    "有问题的行不会写入，会连同原因标红退回；改好退回的行再上传即可，不会重复。",
    "户主一行有问题时，同户各行一并退回，改好后一起上传。",
    "库中已有的户，可以只写新成员：户编号、村居与库中相同即可。",
)

_KIN_WORDS = {
    "本人": "02", "夫妻": "10", "丈夫": "11", "妻子": "12", "妻": "12", "儿子": "20", "女儿": "30", "父": "51", "母": "52",
    "爷爷": "61", "奶奶": "62", "孙": "41", "儿媳妇": "38", "哥哥": "71", "弟弟": "73", "姐": "75", "妹": "77",
}  # fmt: skip
KIN_CODES = {zh: code for code, zh in KIN.items()} | {code: code for code in KIN} | _KIN_WORDS | {"01": HEAD}
ETHNIC_CODES = {zh: code for code, zh in ETHNIC.items()} | {zh.removesuffix("族"): code for code, zh in ETHNIC.items()}
ETHNIC_CODES |= {code: code for code in ETHNIC}
MARITAL_CODES = {m.zh: m.value for m in Marital} | {m.value: m.value for m in Marital}
_OTHER_CODES = {kind.zh: (code, "") for code, kind in STATUS_KINDS.items() if not kind.grades} | {
    f"{kind.zh}({zh})": (code, grade) for code, kind in STATUS_KINDS.items() for grade, zh in kind.grades
}


@dataclass(frozen=True)
class Places:
    """Where people may live on the day, as a roster may name it: text (as `plain` gives it) to code.

    ``double`` are names that several places of the range have, ``elsewhere`` what lies outside of the range. ``own`` stands
    for an empty cell where the importer's own area is one village or community.
    """

    codes: Mapping[str, str]
    double: frozenset[str] = frozenset()
    elsewhere: frozenset[str] = frozenset()
    own: str = ""


def read_other(text: str) -> list[tuple[str, str]]:
    """Kinds and grades of a list of statuses: 重大疾病、优抚对象（烈属）. Raises ValueError, in Chinese."""
    found, rest = [], plain(text).replace("，", ",").replace("；", ",").replace(";", ",")
    for name in sorted(_OTHER_CODES, key=len, reverse=True):  # the longest first: a grade may hold the mark that divides
        wanted = plain(name)
        if wanted in rest:
            found.append(_OTHER_CODES[name])
            rest = rest.replace(wanted, "", 1)
    if rest.strip("、,"):
        raise ValueError("类别应按名称填写，如重大疾病、独居老人；有等级的写在括号里，如优抚对象（烈属）。")
    return found
