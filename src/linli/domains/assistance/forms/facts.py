"""Forms of the application and of what is found of the family."""

from __future__ import annotations

from typing import Any

from django import forms

from linli.domains.assistance.rules import Source
from linli.kernel.registry.rules import KIN
from linli.kernel.ui.forms import DayField, Form, IdentityField, MoneyField, NameField, TextField, TidyField, YearMonth
from linli.law import CARE_ITEMS, Disability, Item, Scheme, Standing, Study, Work, Zone
from linli.law.codes import INCOME, MONEY, SPENDING, THINGS

PAPERS = [
    ("form", "社会救助申请书"), ("income", "收入证明"), ("illness", "诊断证明、医疗费用单据"), ("disability", "残疾人证"),
    ("other", "其他证明"),
]  # fmt: skip
STUDIES = {
    Study.NONE: "不在校", Study.COMPULSORY: "义务教育", Study.SENIOR: "高中、中职", Study.COLLEGE: "全日制大专、本科",
    Study.POSTGRADUATE: "研究生",
}  # fmt: skip
WORKS = {
    Work.UNABLE: "没有劳动能力", Work.EMPLOYED: "稳定就业", Work.FLEXIBLE: "灵活就业、务农", Work.JOBLESS: "失业",
    Work.NOT_YET: "未就业（在校、未成年）", Work.RETIRED: "退休",
}  # fmt: skip
DISABILITIES = ("无", "视力", "听力", "言语", "肢体", "智力", "精神", "多重")
ITEMS = [
    ("收入", [(str(int(item)), item.zh) for item in INCOME]), ("金融资产", [(str(int(item)), item.zh) for item in MONEY]),
    ("车辆、房屋、经营", [(str(int(item)), item.zh) for item in THINGS]),
    ("支出", [(str(int(item)), item.zh) for item in SPENDING]),
]  # fmt: skip


def choices(words: dict[Any, str]) -> list[tuple[str, str]]:
    return [(str(int(key)), zh) for key, zh in words.items()]


class Whole(forms.TypedChoiceField):
    """A choice among whole numbers."""

    def __init__(self, **words: Any) -> None:
        super().__init__(coerce=int, empty_value=None, **words)


class FindApplicant(Form):
    """The first step at the door: the identity number finds the family."""

    number = IdentityField(label="申请人身份证号", help_text="18 位；查到后由系统带出家庭情况，不必重填")


class Apply(Form):
    """What the registry cannot know. The family is shown with the reason why each member counts; nothing is typed again."""

    groups = (
        ("申请", ("zone", "statement", "alone", "single_parent", "permit")), ("代办", ("agent", "agent_tie")),
        ("材料", ("papers", "opinion")),
    )  # fmt: skip
    zone = Whole(
        label="适用标准", choices=[(int(one), f"{one.zh}居民标准") for one in Zone],
        help_text="按居住的社区或村带出，户籍性质不同的请改正",
    )  # fmt: skip
    statement = TextField(label="申请理由", max_length=1000, help_text="家庭遇到的困难，用申请人自己的话写")
    alone = forms.BooleanField(label="申请人单独申请（单人户）", required=False, help_text="限重度残疾人、重病患者")
    single_parent = forms.BooleanField(label="单亲家庭", required=False)
    permit = forms.BooleanField(label="户籍不在本区，已核对居住证", required=False)
    agent = TidyField(label="代办人姓名", required=False, max_length=50)
    agent_tie = TidyField(label="代办人与申请人的关系", required=False, max_length=30, help_text="亲属、村（居）委会工作人员等")
    papers = forms.MultipleChoiceField(label="已收材料", choices=PAPERS, widget=forms.CheckboxSelectMultiple, initial=["form"])
    opinion = TidyField(label="受理说明", required=False, max_length=200)

    def clean_zone(self) -> Zone:
        return Zone(self.cleaned_data["zone"])


class MemberFound(Form):
    """What the survey found of one member."""

    groups = (
        ("家庭关系", ("kin", "long_together", "duty", "independent")), ("就业和就学", ("work", "refusals", "study")),
        ("去向和其他保障", ("standing", "since", "scheme", "ill")),
        ("按特困认定", ("asks", "bearers_known", "failed", "institution")), ("依据", ("why",)),
    )  # fmt: skip
    kin = forms.ChoiceField(label="与申请人关系", choices=sorted(KIN.items()))
    long_together = forms.BooleanField(label="长期共同居住", required=False)
    duty = forms.BooleanField(
        label="与申请人有法定赡养、抚养、扶养义务", required=False,
        help_text="本人的父母已勾选；成年子女、祖孙、兄弟姐妹等有法定义务的请勾选；配偶、未成年子女不用勾选",
    )  # fmt: skip
    independent = forms.BooleanField(label="能独立生活", required=False, help_text="成年子女因残、因病不能独立生活的，去掉勾选")
    work = Whole(label="劳动能力和就业", choices=choices(WORKS))
    refusals = forms.IntegerField(label="连续无正当理由拒绝就业（次）", min_value=0, max_value=99)
    study = Whole(label="就学", choices=choices(STUDIES))
    standing = Whole(label="去向", choices=[(int(one), one.zh) for one in Standing])
    since = DayField(label="去向开始日期", required=False)
    scheme = Whole(label="已享受其他保障", choices=[(int(one), one.zh) for one in Scheme])
    ill = forms.BooleanField(label="患重病", required=False)
    asks = forms.BooleanField(label="无劳动能力、无生活来源，按特困人员认定", required=False)
    bearers_known = forms.BooleanField(label="已核实法定义务人（另行登记；确实没有的也要勾选）", required=False)
    failed = forms.MultipleChoiceField(
        label="不能自主完成的项目", required=False, choices=[(one, one) for one in CARE_ITEMS],
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    institution = forms.BooleanField(label="选择集中供养", required=False)
    why = TidyField(label="依据", max_length=200, help_text="例如：入户核实；查看学生证")

    def __init__(self, *args: Any, applicant: bool, **words: Any) -> None:
        super().__init__(*args, **words)
        if applicant:
            for name in ("kin", "duty", "independent", "long_together"):
                del self.fields[name]


class NewLine(Form):
    """One line of income, property or spending."""

    groups = (
        ("谁的什么", ("person", "kind")), ("多少", ("amount", "number", "first", "last", "another")),
        ("来源", ("source", "evidence")),
    )  # fmt: skip
    person = Whole(label="成员")
    kind = Whole(label="项目", choices=ITEMS)
    amount = MoneyField(label="金额", required=False, help_text="收入和支出填起止月份内的合计；金融资产填现值")
    number = forms.IntegerField(label="数量", required=False, min_value=0, max_value=1000, help_text="车辆、房屋等填件数")
    first = YearMonth(label="起始月份", required=False)
    last = YearMonth(label="截止月份", required=False)
    another = forms.BooleanField(label="是另一笔收入", required=False, help_text="同样的月份已有一条，这条要另外计入的勾选")
    source = forms.ChoiceField(label="来源", choices=[(one.value, one.zh) for one in Source])
    evidence = TidyField(label="依据", required=False, max_length=200)

    def __init__(self, *args: Any, people: list[tuple[int, str]], **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["person"].choices = people

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        data["amount"], data["number"] = data.get("amount") or 0, data.get("number") or 0
        if data.get("kind"):
            data["kind"] = Item(data["kind"])
        if data.get("source"):
            data["source"] = Source(data["source"])
        return data


class Strike(Form):
    why = TidyField(label="划去的原因", max_length=200)


class NewSupporter(Form):
    """Somebody outside of the household who must support a member by law."""

    groups = (
        ("义务人", ("person", "name", "tie", "born")), ("经济状况", ("income", "property_fits", "dibao", "tekun")),
        ("身体和去向", ("disability", "level", "incapable", "standing")),
    )  # fmt: skip
    person = Whole(label="赡养、抚养、扶养谁")
    name = NameField(label="义务人姓名")
    tie = TidyField(label="与本人关系", max_length=20, help_text="例如：女儿")
    born = DayField(label="出生日期")
    income = MoneyField(label="上年收入")
    property_fits = forms.BooleanField(label="财产符合规定", required=False, initial=True)
    dibao = forms.BooleanField(label="低保对象", required=False)
    tekun = forms.BooleanField(label="特困人员", required=False)
    disability = Whole(label="残疾类别", choices=[(int(one), DISABILITIES[int(one)]) for one in Disability])
    level = forms.IntegerField(label="残疾等级", required=False, min_value=0, max_value=4)
    incapable = forms.BooleanField(label="无民事行为能力", required=False)
    standing = Whole(label="去向", choices=[(int(one), one.zh) for one in Standing])

    def __init__(self, *args: Any, people: list[tuple[int, str]], **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["person"].choices = people

    def clean_level(self) -> int:
        return self.cleaned_data["level"] or 0
