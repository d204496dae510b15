"""Made-up complaints, petitions, receptions and talks for tests and the demo, through the real actions."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from linli.domains.complaints import actions
from linli.domains.complaints.models import Letter
from linli.domains.complaints.rules import (
    ROOMS,
    ROSTER,
    SESSIONS,
    Handing,
    LetterKind,
    MatterResult,
    Occasion,
    Paper,
    PetitionOutcome,
    RemedyKind,
)
from linli.kernel.access.actions import scoped
from linli.kernel.access.models import Staff
from linli.kernel.access.queries import actor_for
from linli.kernel.access.rules import Actor, DemoPlan, Role
from linli.kernel.access.samples import DISTRICT, FIRST_DAY, demo_actor, make_staff
from linli.kernel.orders import actions as work
from linli.kernel.orders.queries import desks
from linli.kernel.orders.rules import Channel
from linli.kernel.orders.samples import HOUR, make_desks, moment, read, settle
from linli.kernel.records.actions import add_entry

DAY = date(2010, 12, 1)
DAYS = timedelta(days=1)
GUIDED = "社区已公开办事流程，当事窗口向居民道歉并限时补办。"


def desk_at(by: Actor, area: str, on: date = DAY) -> Any:
    """The desk at a seat, as everybody may know it."""
    with scoped(by):
        found = desks(on=on).filter(area=area).order_by("id").first()
    assert found is not None, area
    return found


def make_complaint(by: Actor, about: Any, at: datetime, **words: Any) -> Any:
    """Somebody complains by the supervision telephone about a community's window."""
    given = {
        "channel": Channel.MONITOR, "category": "501020", "place": about.area, "text": "开一张证明跑了三趟，每次都说缺材料。",
        "caller": "邢来电", "phone": "13805479001", "address": "和平路15号", "about": about.pk,
    } | words  # fmt: skip
    return read(actions.take_complaint(by=by, at=at, intake=work.Intake(**given)).id)


def make_petition(by: Actor, place: str, at: datetime, paper: Paper = Paper(), **words: Any) -> Any:
    """Somebody asks by letter for wages that were not paid."""
    given = {
        "channel": Channel.LETTER, "category": "701010", "place": place, "text": "修路的工钱欠了半年，请帮助解决。",
        "caller": "狄求决", "phone": "13805479002",
    } | words  # fmt: skip
    return read(actions.take_complaint(by=by, at=at, intake=work.Intake(**given), paper=paper).id)


def make_answer(by: Actor, order: Any, on: date, title: str = "关于办证拖延的投诉") -> Any:
    """The public text, which waits for another person."""
    asked = "居民反映开证明多次往返，每次都被告知缺少材料。"
    with scoped(by):
        return actions.write_answer(by=by, on=on, order=order, title=title, question=asked, text=GUIDED)


LETTERS = (
    (LetterKind.COMPLAINT, False, "环卫车每天五点在楼下作业，按喇叭，反映过没有用。"),
    (LetterKind.PETITION, False, "拆迁补偿款两年没有到位，请帮助督促。"),
    (LetterKind.COMPLAINT, True, "热线打了三次都没有人接。"),
    (LetterKind.COMPLAINT, False, "楼上装修很吵，请处理。"),
    (LetterKind.PETITION, False, "对法院判决不服，请求改判。"),
)


def make_letters(on: date) -> list[Letter]:
    """Letters of residents as they come: complaints, petitions, one about the centre itself."""
    receipts = []
    for number, (kind, centre, text) in enumerate(LETTERS):
        name, phone = f"霍来信{'一二三四五'[number]}", f"1380547930{number}"
        content = {"unit": "", "staff": "", "text": text, "name": name, "phone": phone}
        words = {"kind": kind, "centre": centre, "content": content, "using": "default", "address": ""}
        receipts.append(actions.send_letter(on=on - number * DAYS, key=f"demo-{number}", body=text, **words))
    return [Letter.objects.get(receipt=receipt) for receipt in receipts]


def _letters(operator: Actor, place: str, on: date) -> None:
    """Three wait, one of them about the centre; one was taken, one set aside."""
    with scoped(operator):
        *_, noise, verdict = make_letters(on)
    intake = work.Intake(Channel.WEB, "303010", place, LETTERS[3][2], caller="霍来信四", phone="13805479303")
    actions.take_letter(by=operator, at=moment(on), letter=noise, intake=intake)
    why = "对生效判决不服的，请依法向人民法院申请再审，或向人民检察院申请监督。"
    actions.set_letter_aside(by=operator, on=on, letter=verdict, why=why)


def make_session(by: Actor, day: date, occasion: Occasion = Occasion.DEPUTY, host: str = "史代表") -> Any:
    """A reception, visit or talk with one open and one settled matter."""
    values = {
        "village": by.area, "day": day.isoformat(), "occasion": occasion.value, "host": host, "came": 6,
        "said": "居民反映出行和环境问题。",
    }  # fmt: skip
    session = add_entry(by=by, on=day, book=SESSIONS, values=values)
    for what, result in (("巷口积水，雨后出不了门。", MatterResult.OPEN), ("活动室几点开门。", MatterResult.EXPLAINED)):
        actions.add_matter(by=by, on=day, session=session, what=what, result=result)
    return session


def make_complaint_files(office: Any, number: int, on: date = DAY) -> list[Any]:
    """In this office's town: answered complaints with a public text that waits and one that is up, a petition under review, one
    that waits to be accepted, and a reception. The centre's second person is called "kuang".
    """
    worker, street, chief, at = office.worker, office.reviewer, _second(), moment(on)
    here = desk_at(worker, worker.area, on) if _has_desks(worker, on) else None
    if here is None:
        make_desks(office.approver)
        here = desk_at(worker, worker.area, on)
    shown = []
    for turn in range(2):
        name = f"邢{'甲乙'[turn]}{'一二三四'[number - 1]}"
        one = make_complaint(office.approver, here, at, caller=name, phone=f"1380547{number}{turn}11")
        shown.append(settle(street, one, at + HOUR, GUIDED))
    waiting = make_answer(street, shown[0], on)
    actions.judge_answer(by=chief, on=on, answer=make_answer(street, shown[1], on, "关于窗口服务的投诉"), agreed=True)
    petition = make_answered(office, at, paper=_joint(on))
    with scoped(office.approver):
        words = {"kind": RemedyKind.REVIEW, "body": "区人民政府", "why": "答复与事实不符，请求重新调查。", "asked_on": on}
        actions.ask_remedy(by=office.approver, on=on, order=petition, **words)
    fresh = make_petition(office.approver, worker.area, at, caller="狄又一")
    work.sign(by=street, at=at + HOUR, order=fresh)
    make_session(worker, on, list(Occasion)[number - 1], f"史代表{'一二三四'[number - 1]}")  # a matter is entered once for each
    return [*shown, waiting, petition, fresh]


def _has_desks(by: Actor, on: date) -> bool:
    with scoped(by):
        return desks(on=on).filter(area=by.area).exists()


def _second() -> Actor:
    """A second approver of the district, once for both towns."""
    known = Staff.objects.filter(username="kuang").first()
    found = actor_for(known, on=FIRST_DAY) if known else None
    return found or make_staff("kuang", "邝复核", Role.DISTRICT_APPROVER, DISTRICT)


def _joint(on: date) -> Paper:
    """Twelve people, three of whom speak for them; the result is to be reported within sixty days."""
    return Paper(Handing.ASSIGN, on + 60 * DAYS, 12, ("狄求决", "狄求实", "狄求是"))


def make_accepted(office: Any, at: datetime, **words: Any) -> Any:
    """A petition that the street accepted."""
    street = office.reviewer
    order = work.sign(by=street, at=at + HOUR, order=make_petition(office.approver, office.worker.area, at, **words))
    with scoped(street):
        actions.accept(by=street, at=at + HOUR, order=order, note="当面送达告知书。")
    return read(order.pk)


def make_answered(office: Any, at: datetime, outcome: PetitionOutcome = PetitionOutcome.EXPLAINED, **words: Any) -> Any:
    """A petition that the street accepted and answered."""
    street, order = office.reviewer, make_accepted(office, at, **words)
    with scoped(street):
        text = "经查，工程款已拨付施工单位，已督促其与工人结算。"
        actions.reply(by=street, at=at + 2 * HOUR, order=order, outcome=outcome, basis="保障农民工工资支付的有关规定", text=text)
    return read(order.pk)


def demo_complaints(plan: DemoPlan) -> None:
    """A few weeks of the complaint centre: answered and public, answered late, under way; a petition; receptions and a talk."""
    operator, chief = demo_actor("operator", plan.on), demo_actor("chief", plan.on)
    worker, street = demo_actor("worker1", plan.on), demo_actor("town1", plan.on)
    here, at = desk_at(chief, worker.area, plan.on), moment(plan.on)
    for number, (days, late) in enumerate(((40, 0), (33, 20), (3, 0))):
        came = at - days * DAYS
        one = make_complaint(operator, here, came, caller="", phone=f"138054790{number}1")
        if days > 3:
            one = settle(street, one, came + HOUR + late * DAYS, GUIDED)
            title = ("关于办证拖延的投诉", "关于证明材料的投诉")[number]
            draft = make_answer(street, one, plan.on - (days - late - 1) * DAYS, title)
            if not late:
                actions.judge_answer(by=chief, on=plan.on - 30 * DAYS, answer=draft, agreed=True)
    make_complaint(operator, here, at - 25 * DAYS, category="501060", text="反映的路灯问题一直没有人管。", caller="")
    asked = make_petition(operator, worker.area, at - 20 * DAYS, _joint(plan.on), channel=Channel.VISIT)
    order = work.sign(by=street, at=at - 19 * DAYS, order=asked)
    with scoped(street):
        actions.accept(by=street, at=at - 18 * DAYS, order=order, note="挂号邮寄告知书。")
    since = plan.on - 60 * DAYS
    words = {
        "village": worker.area, "since": since.isoformat(), "place": "居委会一楼", "hours": "每月10日上午",
        "phone": "0632-7700001",
    }  # fmt: skip
    add_entry(by=worker, on=plan.on, book=ROOMS, values=words)
    given = {"village": worker.area, "day": plan.on.isoformat(), "receiver": "deputy", "name": "史代表"}
    add_entry(by=worker, on=plan.on, book=ROSTER, values=given)
    _letters(operator, worker.area, plan.on)
    make_session(worker, plan.on - 10 * DAYS)
    make_session(worker, plan.on - 5 * DAYS, Occasion.TALK, "社区书记")
