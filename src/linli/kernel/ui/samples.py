"""What the living page shows: every component in its real states, with made-up content."""

from __future__ import annotations

from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

from django import forms
from django.http import QueryDict

from linli.base.days import SHANGHAI
from linli.kernel.ui.forms import (
    DayField,
    Filter,
    Form,
    IdentityField,
    MoneyField,
    NameField,
    PhoneField,
    PublicForm,
    TextField,
    TidyField,
    YearMonth,
)
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Badge, Batch, Chart, Column, DaysLeft, Event, Fact, NumberCard, Step, Tone

TOWNS = ("坛山街道", "吴林街道", "古邵镇", "阴平镇", "底阁镇", "榴园镇", "峨山镇")
STATES = (
    Badge("待审核", Tone.NOW),
    Badge("公示中", Tone.NOW),
    Badge("已发放", Tone.GOOD),
    Badge("已退回", Tone.WARN),
    Badge("不予救助"),
)
NAMES = ("王秀兰", "李建国", "欧阳明", "张桂英", "阿不都·买买提", "䶮䶮", "孙守信", "褚玉珍", "单立民", "曾庆海")


class Application(Form):
    groups = (
        ("申请人", ("name", "identity", "phone", "kin")),
        ("申请事项", ("amount", "month", "since", "proof", "reason", "consent")),
    )
    name = NameField()
    identity = IdentityField(label="身份证号", help_text="18 位，末位是 X 的大小写均可。")
    phone = PhoneField(label="联系电话", required=False)
    kin = forms.ChoiceField(label="与户主关系", choices=[("1", "本人"), ("2", "配偶"), ("3", "子女")], widget=forms.RadioSelect)
    amount = MoneyField(label="自付医疗费", least=1)
    month = YearMonth(label="费用所属年月", required=False)
    since = DayField(label="确诊日期")
    proof = forms.FileField(label="诊断证明", required=False, help_text="PDF 或照片，不超过 5 MB。")
    reason = TextField(label="申请理由", max_length=200)
    consent = forms.BooleanField(label="本人同意核对家庭经济状况")


class Objection(PublicForm):
    name = NameField(label="您的姓名")
    phone = PhoneField(label="联系电话", required=False, help_text="便于我们答复您。")
    text = TextField(label="异议内容", max_length=500)


class Search(Filter):
    words = TidyField(label="姓名或编号")
    town = forms.ChoiceField(label="镇街", choices=[(town, town) for town in TOWNS])
    state = forms.ChoiceField(label="状态", choices=[(state.text, state.text) for state in STATES])
    least = MoneyField(label="金额不低于")
    since = DayField(label="受理自")


def _cases() -> list[Any]:
    return [
        SimpleNamespace(
            pk=at,
            number=f"CS2010-{at:04d}",
            name=NAMES[at % len(NAMES)],
            town=TOWNS[at % len(TOWNS)],
            amount=50_000 + at * 13_700,
            state=STATES[at % len(STATES)],
            accepted=date(2010, 11, 1 + at % 28),
            left=DaysLeft(at % 14 - 2, unit="个工作日") if at % 5 < 2 else DaysLeft(None),
        )
        for at in range(1, 64)
    ]


def _rows(words: dict[str, Any]) -> list[Any]:
    return [
        case
        for case in _cases()
        if words.get("words", "") in case.name + case.number
        and words.get("town", case.town) == case.town
        and words.get("state", case.state.text) == case.state.text
        and words.get("least", 0) <= case.amount
        and words.get("since", case.accepted) <= case.accepted
    ]


def _listing(request: Any, **words: Any) -> Listing:
    columns = (
        Column("number", "编号", kind="code", sort=True, link=lambda case: f"#{case.number}"),
        Column("name", "申请人", kind="person"),
        Column("town", "镇街", sort=True),
        Column("amount", "自付医疗费", kind="money", sort=True, total="amount"),
        Column("state", "状态", kind="state"),
        Column("left", "时限", kind="days_left", sort=True),
        Column("accepted", "受理日", kind="day", sort=True, minor=True),
    )
    made: dict[str, Any] = {"rows": _rows, "columns": columns, "filters": Search, "title": "大病救助申请", "noun": "件"}
    made |= {"batch": (Batch("批量通过", request.path),), "export": lambda purpose, count: None}
    return Listing(request, **(made | {"name_of": lambda case: case.number} | words))


def _refused() -> Application:
    typed = QueryDict(mutable=True)
    typed.update({"name": "王秀兰", "identity": "37040419630512002", "amount": "两万", "since": "2010-2-30", "reason": "住院。"})
    return Application(typed, auto_id="r_%s")


def _events() -> list[Event]:
    def at(day: int, hour: int) -> datetime:
        return datetime(2010, 12, day, hour, 20, tzinfo=SHANGHAI)

    return [
        Event(at(1, 9), "受理", "坛山街道 和顺社区 李社工"),
        Event(at(3, 15), "镇街调查", "坛山街道 赵审核", "入户核实，收入与申报一致；费用票据原件 6 张。", took="2个工作日"),
        Event(at(6, 10), "退回补正", "坛山街道 赵审核", "缺新农合报销单，请于12月10日前补齐。", Tone.WARN),
        Event(at(8, 11), "公示", "坛山街道 公示栏", "12月8日至12月14日，无异议。", Tone.NOW, href="#timeline"),
        Event(at(16, 16), "区级审批通过", "区慈善总会 钱经办", "救助 2,000.00 元。", Tone.GOOD, took="2个工作日"),
    ]


FACTS = (
    Fact("申请人", "王**"),
    Fact("身份证号", "**************0025", "code", note="查看全号须填写用途"),
    Fact("户籍地", "坛山街道和顺社区"),
    Fact("自付医疗费", 2_345_678, "money"),
    Fact("受理日", date(2010, 12, 1), "day"),
    Fact("状态", STATES[1]),
    Fact("银行账号", None),
    Fact("同户成员", "3 人", href="#facts"),
)
STEPS = (
    Step("村居受理", "done", "12-01 李社工"),
    Step("镇街审核", "done", "12-03 赵审核"),
    Step("公示", "now", "至 12-14"),
    Step("区级审批", "todo"),
    Step("发放", "todo"),
)
BACK_STEPS = (Step("村居受理", "back", "12-06 退回补正"), Step("镇街审核", "todo"), Step("公示", "todo"))
DAY = "2010-12-20"
SAME = (("同比", "+12.4%"), ("目标", "300"))
CARDS = (
    NumberCard("已救助户数", "300", "户", SAME, DAY, "本年已发放大病救助的家庭，一户计一次。", "#cards"),
    NumberCard("救助金额", "60", "万元", (("同比", "+8.1%"),), DAY, "银行回盘成功的金额。", "#cards"),
    NumberCard("逾期未办", "4", "件", (), DAY, tone=Tone.BAD, href="#cards"),
    NumberCard("平均办理", "11.5", "个工作日", (("上月", "12.3"),), DAY),
)
COUNTS = (42, 38, 51, 44, 36, 47, 42)
SPENT = (8.4, 7.6, 10.2, 8.8, 7.2, 9.4, 8.4)
PLANNED = (9, 8, 10, 9, 8, 9, 9)
CHARTS = (
    Chart(
        key="towns",
        title="各镇街救助户数",
        categories=TOWNS,
        series=(("户数", COUNTS),),
        reading="古邵镇最多，51 户；底阁镇最少，36 户。",
        unit="户",
        head="镇街",
        as_of=DAY,
    ),
    Chart(
        key="money",
        title="各镇街救助金额与计划",
        categories=TOWNS,
        series=(("已发放", SPENT), ("计划", PLANNED)),
        reading="古邵镇和榴园镇已超计划，其余在计划之内。",
        form="row",
        unit="万元",
        head="镇街",
    ),
)
COLOURS = (
    ("--ink", "正文"),
    ("--ink-2", "标签、说明"),
    ("--line", "细线"),
    ("--line-2", "输入框边"),
    ("--ground", "侧栏、悬停"),
    ("--accent", "链接、主操作、当前位置"),
    ("--accent-wash", "提示底色"),
    ("--good", "办结"),
    ("--warn", "将到期、退回"),
    ("--bad", "逾期、错误"),
)
NONE_YET = "还没有公示。审核通过后，可以从申请页面发起公示。"


def design(request: Any) -> dict[str, Any]:
    """Everything the living page needs."""
    return {
        "colours": COLOURS,
        "sizes": [f"--text-{at}" for at in range(1, 6)],
        "spaces": [f"--space-{at}" for at in range(1, 7)],
        "empty_form": Application(auto_id="e_%s"),
        "refused": _refused(),
        "objection": Objection(auto_id="o_%s"),
        "listing": _listing(request),
        "nothing": Listing(request, rows=[], columns=(Column("name", "姓名"),), title="公示", empty=NONE_YET, export=None),
        "states": STATES,
        "deadlines": [DaysLeft(left, unit="个工作日") for left in (-3, 0, 2, 9, None)] + [DaysLeft(12, provisional=True)],
        "facts": FACTS,
        "events": _events(),
        "steps": STEPS,
        "back_steps": BACK_STEPS,
        "cards": CARDS,
        "charts": CHARTS,
    }
