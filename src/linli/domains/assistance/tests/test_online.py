"""A family applies on a telephone, the community takes it up or says why not, and whoever has the number follows its way."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connections
from django.test import Client
from lxml import html
from tests.journeys.walker import Walker

from linli.base.areas import WHOLE
from linli.domains.assistance import actions, queries
from linli.domains.assistance.models import Application, Wish
from linli.domains.assistance.rules import FLOWS
from linli.domains.assistance.rules.wishes import ENDED, STEPS, case_numbers, wish_number
from linli.domains.assistance.samples import COMMUNITY, DAY, TOWN, carry, make_application, make_family, make_office, post, step
from linli.domains.assistance.samples.delegated import make_delegation
from linli.domains.assistance.samples.online import PHONE, SAID, make_wish
from linli.domains.assistance.tests import test_delegation as delegation
from linli.kernel.access.actions import scoped
from linli.kernel.access.models import AuditLine
from linli.kernel.access.rules import Refused, Role, Stale
from linli.kernel.access.samples import DISTRICT, FIRST_DAY, make_founders, make_staff
from linli.kernel.cases.actions import ask_papers, receive_papers, refuse
from linli.kernel.cases.queries import case_by_id, papers
from linli.kernel.cases.rules import Received
from linli.kernel.publicity.actions import publish
from linli.kernel.registry.actions import found_household
from linli.kernel.registry.queries import clear_number
from linli.kernel.registry.samples import make_number, make_person

NEIGHBOUR = "370404001002"


@pytest.fixture
def office(fresh_database, django_db_blocker, settings):
    """A community, its town and the district, whose public pages write through the public's own connection."""
    settings.BUSINESS_DAY = DAY.isoformat()
    with django_db_blocker.unblock():
        yield make_office()


@pytest.fixture
def resident():
    return Client(HTTP_HOST="127.0.0.1")


def text_of(answer):
    return re.sub(r"\s+", " ", html.fromstring(answer.content).text_content())


def told_by(number, **words):
    """What somebody fills in, all three steps together."""
    return {
        "step": "2", "teller": "self", "agent": "", "agent_tie": "", "name": "李国强", "identity": number,
        "phone": "139 0632 0077", "place": COMMUNITY, "home": "向阳巷8号", "text": SAID, "agreed": "on",
    } | words  # fmt: skip


def sent(client, number, status=200, **words):
    answer = client.post("/assistance/public/", told_by(number) | words)
    assert answer.status_code == status, text_of(answer)
    return answer


def numbers_in(answer):
    big = [one.text_content() for one in html.fromstring(answer.content).find_class("big")]
    return big[0].replace(" ", ""), big[1].replace(" ", "")


def looked(client, number, secret, status=200):
    answer = client.post("/assistance/public/progress/", {"number": number, "secret": secret})
    assert answer.status_code == status, text_of(answer)
    return text_of(answer)


def number_of(office, head):
    with scoped(office.worker):
        return clear_number(head)


def wish_of(number):
    with scoped(WHOLE):
        return Wish.objects.select_related("application__case").get(number=number)


def test_a_daughter_applies_for_her_father_on_a_telephone_and_the_community_takes_it_up(office, resident):
    """社会救助法 §63, §37: online, through family; one application as at the door; its number and its way without an account."""
    number = number_of(office, make_family(office))
    page = resident.get("/assistance/public/")
    assert "谁来申请" in text_of(page) and "当面申请" in text_of(page)
    agent = {"teller": "family", "agent": "李大姐", "agent_tie": "女儿"}
    second = sent(resident, "", step="0", **agent)
    assert "住在哪个村（社区）" in text_of(second)
    assert "家里有什么困难" in text_of(sent(resident, number, step="1", **agent))
    answer = sent(resident, number, **agent)
    receipt, code = numbers_in(answer)
    assert wish_number(receipt) == receipt and len(code) == 8 and "最迟2010年12月6日" in text_of(answer)
    assert "已经收到，等待受理" in looked(resident, receipt, PHONE) and "12月6日" in looked(resident, receipt, code)
    worker = Walker("li").open("/")
    assert "网上申请" in worker.text and "李国强·网上申请救助" in worker.text
    worker.follow("李国强·网上申请救助")
    assert SAID in worker.text and "李大姐（女儿）" in worker.text
    assert number not in worker.text and PHONE not in worker.text
    worker.send("查看号码")
    assert number in worker.text and PHONE in worker.text
    worker.open(f"/assistance/wishes/{wish_of(receipt).pk}/").follow("受理申请")
    assert number not in worker.text and SAID in worker.text
    worker.send("受理申请")
    wish = wish_of(receipt)
    made = wish.application
    assert (made.statement, made.agent, made.agent_tie, made.area) == (SAID, "李大姐", "女儿", COMMUNITY)
    assert wish.identity_sealed is None and wish.state == "taken"
    with scoped(WHOLE):
        seen = set(AuditLine.objects.filter(verb__startswith="assistance.").values_list("verb", flat=True))
    assert {"assistance.wish", "assistance.answer"} <= seen
    for given in (receipt, made.case.number, "2010000001", "峄救2010000001"):
        shown = looked(resident, given, PHONE)
        assert "村（社区）正在核实家庭情况" in shown and made.case.number in shown
        assert "李国强" not in shown and "张桂英" not in shown and "李大姐" not in shown
    assert "网上申请救助" not in Walker("li").open("/").text


def test_a_second_press_and_a_second_sending_are_one_application(office, resident):
    number = number_of(office, make_family(office))
    first = numbers_in(sent(resident, number))
    assert numbers_in(sent(Client(HTTP_HOST="127.0.0.1"), number)) == first
    again = text_of(sent(resident, number, status=422, text="另外还欠了医院一万块钱。"))
    assert "正在等待受理，不用再提" in again
    with scoped(WHOLE):
        assert Wish.objects.count() == 1


WRONG = (
    ({"teller": ""}, 0, "请选择谁来申请"), ({"teller": "agent"}, 0, "请填写代办人姓名"),
    ({"teller": "agent", "agent": "王五"}, 0, "什么关系"), ({"name": ""}, 1, "请填写申请人姓名"),
    ({"identity": "37040319700301123"}, 1, "身份证号"), ({"phone": "12"}, 1, "11 位手机号码"),
    ({"place": "370404999999"}, 1, "没有"),
    ({"home": ""}, 1, "请填写住址"), ({"text": "穷"}, 2, "至少要有5个字"), ({"agreed": ""}, 2, "请勾选"),
)  # fmt: skip


def test_every_fault_is_named_at_its_field_and_nothing_typed_is_lost(office, resident):
    number = make_number()
    for words, at, said in WRONG:
        answer = resident.post("/assistance/public/", told_by(number) | words)
        assert answer.status_code == 422, words
        page = html.fromstring(answer.content)
        assert said in text_of(answer), words
        assert page.xpath("//input[@name='step']/@value") == [str(at)]
        for name, value in (told_by(number) | words).items():
            found = page.xpath(f"//*[@name='{name}' and not(@type='radio') and not(@type='checkbox') and not(self::select)]")
            if found and name != "step":
                assert (found[0].get("value") or found[0].text or "").strip() == value, (words, name)
    with scoped(WHOLE):
        assert not Wish.objects.exists()
    back = sent(resident, number, step="2", back="1")
    assert "住在哪个村（社区）" in text_of(back) and SAID in back.content.decode()


def test_a_flood_is_stopped_by_address_and_by_telephone_and_the_others_are_not(office, resident):
    answers = [resident.post("/assistance/public/", told_by(make_number())) for _ in range(7)]
    assert answers[4].status_code == 200 and "已经很多" in text_of(answers[5]) and "太频繁" in text_of(answers[6])
    phones = [f"1390632{turn:04d}" for turn in range(20)]
    last = [resident.post("/assistance/public/", told_by(make_number(), phone=phone)) for phone in phones][-1]
    assert last.status_code == 422 and "太频繁" in text_of(last)
    other = Client(HTTP_HOST="127.0.0.1", REMOTE_ADDR="10.0.2.1")
    assert sent(other, make_number(), phone="13906329999").status_code == 200


def test_nothing_tells_a_wrong_number_from_a_wrong_telephone_and_trying_ends(office, resident):
    _, told = make_wish(office.worker, make_number(), DAY)
    one = make_application(office, make_family(office, ("周正", "吴兰")))
    tries = (
        (told.number, "13906320078"), ("ABCDEFGHJK", PHONE), (told.number, "00000000"), (one.case.number, PHONE),
        ("2010000099", PHONE), (one.case.number, told.code), ("x", "y"), ("9" * 30, PHONE),
    )  # fmt: skip
    wrong = {looked(resident, *words, 422) for words in tries}
    assert len({re.sub(r'value="[^"]*"', "", said) for said in wrong}) == 1 and "不相符" in wrong.pop()
    others = [Client(HTTP_HOST="127.0.0.1", REMOTE_ADDR=f"10.0.0.{turn}") for turn in range(25)]
    guess = {"number": told.number, "secret": "13900000000"}
    said = [text_of(each.post("/assistance/public/progress/", guess)) for each in others]
    assert "太频繁" in said[-1], "a thousand addresses do not try out one number"
    wide = "".join(chr(ord(each) + 0xFEE0) for each in told.number)
    for turn, way in enumerate((told.number.lower(), wide, " ".join(told.number))):
        again = Client(HTTP_HOST="127.0.0.1", REMOTE_ADDR=f"10.0.3.{turn}")
        assert "太频繁" in text_of(again.post("/assistance/public/progress/", guess | {"number": way})), way
    ways = (one.case.number, one.case.number.removesuffix("号"), "".join(re.findall("[0-9]", one.case.number)))
    said = [
        text_of(Client(HTTP_HOST="127.0.0.1", REMOTE_ADDR=f"10.0.4.{turn}").post(
            "/assistance/public/progress/", guess | {"number": ways[turn % 3]}
        )) for turn in range(22)
    ]  # fmt: skip
    assert "太频繁" in said[-1], "nor one case in three ways of writing"
    with connections["public"].cursor() as cursor:
        for asks in (
            "select * from public.assistance_wish", "select * from public.assistance_application",
            "delete from public.assistance_wish", "select bulletin.assistance_case(1)",
        ):  # fmt: skip
            with pytest.raises(DatabaseError, match="permission denied"):
                cursor.execute(asks)
        cursor.execute("select bulletin.assistance_progress(%s, false, %s, %s, %s)", [told.number, [one.case.number], [], []])
        assert cursor.fetchone() == (None,)


def test_what_is_declined_says_why_and_whom_to_ask_and_is_answered_once(office, resident):
    wish, told = make_wish(office.worker, make_number(), DAY)
    worker = Walker("li").open(f"/assistance/wishes/{wish.pk}/")
    assert "没有这个身份证号" in worker.text and "登记人员" in worker.text
    worker.follow("不受理，说明原因")
    worker.send("答复申请人", expect=422)
    assert "请选择原因" in worker.text and "请填写向谁咨询" in worker.text
    worker.send("答复申请人", expect=422, reason="elsewhere", said="请打 13906320088", ask="街道窗口")
    assert "请不要写身份证号、电话" in worker.text
    worker.send("答复申请人", reason="elsewhere", said="您登记在光明社区。", ask="光明社区 0632-7710102")
    shown = looked(resident, told.number, told.code)
    for said in ("没有受理", "不住在您选的村（社区）", "您登记在光明社区。", "光明社区 0632-7710102", "可以到镇（街道）"):
        assert said in shown
    with pytest.raises(Stale):
        actions.take_wish(by=office.worker, on=DAY, wish=wish, words={})
    assert sent(resident, make_number()).status_code == 200, "one may apply again"


def test_who_is_not_registered_is_registered_first_and_then_taken_up(office, resident):
    number = make_number(date(1961, 4, 5))
    wish, _ = make_wish(office.worker, number, DAY, name="钱长林")
    with pytest.raises(Refused, match="先登记人员"):
        actions.take_wish(by=office.worker, on=DAY, wish=wish, words={})
    worker = Walker("li").open(f"/assistance/wishes/{wish.pk}/")
    assert worker.client.get(f"/assistance/wishes/{wish.pk}/take/").status_code == 302
    make_person(office.worker, DAY, "钱长林", birth=date(1961, 4, 5), number=number)
    worker.open(f"/assistance/wishes/{wish.pk}/").follow("受理申请")
    worker.send("受理申请", expect=422)
    assert "还没有登记家庭户" in worker.text and SAID in worker.text
    with scoped(WHOLE):
        assert not Application.objects.exists() and Wish.objects.get(pk=wish.pk).identity_sealed is not None


def test_another_community_a_hall_clerk_and_the_district_do_not_read_what_was_told(office, resident):
    wish, _ = make_wish(office.worker, make_number(), DAY)
    founders = make_founders()
    make_staff("lin", "林邻居", Role.COMMUNITY_WORKER, NEIGHBOUR, on=FIRST_DAY, founders=founders)
    make_staff("chuang", "孙窗口", Role.HALL_CLERK, TOWN, on=FIRST_DAY, founders=founders)
    for name, status in (("lin", 404), ("chuang", 403), ("wang", 403), ("zhao", 200)):
        assert Walker(name).client.get(f"/assistance/wishes/{wish.pk}/").status_code == status, name
    listed = Walker("wang").open("/assistance/wishes/").text
    assert "李**" in listed and "李国强" not in listed and "网上申请救助" not in Walker("wang").open("/").text


def test_the_way_of_an_application_from_the_door_is_told_to_its_end_in_plain_words(office, resident, settings):
    """By case number and the applicant's telephone, or the code on the receipt: papers, notice, decision, letter; no amount."""
    head = make_person(office.worker, FIRST_DAY, "周正", birth=date(1962, 4, 5), phone=PHONE)
    found_household(by=office.worker, on=FIRST_DAY, head_id=head.pk)
    one = make_application(office, head)
    number = one.case.number
    code = queries.code_of(number)
    assert code in Walker("li").open(f"/assistance/applications/{one.pk}/receipt/").text
    with scoped(office.worker):
        ask_papers(by=office.worker, on=DAY, case=case_by_id(one.case_id), others=("户口簿复印件",), opinion="请补交。")
    assert "等待您补交材料" in looked(resident, number, code)
    assert "请补交：户口簿复印件" in looked(resident, "2010000001", PHONE)
    with scoped(office.worker):
        receive_papers(by=office.worker, on=DAY, case=case_by_id(one.case_id), papers=[Received(_other(one), original=True)])
    carry(office, one, "first")
    with scoped(office.reviewer):
        notice = actions.draft_posting(by=office.reviewer, on=DAY, step="first", area=one.area)[0]
        until = publish(by=office.reviewer, on=DAY, notice=notice).until
    assert f"正在公示，到{until:%Y年%-m月%-d日}为止" in looked(resident, number, code)
    day = _decided(office, one, until + timedelta(days=1))
    settings.BUSINESS_DAY = day.isoformat()
    shown = looked(resident, number, PHONE)
    for said in ("已经决定：不予确认", f"{number}-决1", "决定书在", "行政复议"):
        assert said in shown
    assert "委托" not in shown
    assert "周正" not in shown and "收入超过标准" not in shown and "元" not in shown.split("在哪里办")[1]
    with scoped(office.worker):
        one = queries.application(one.pk)
    actions.tell(by=office.worker, on=day, application=one, told_on=day, told_to="本人")
    assert f"决定书已经在{day:%Y年%-m月%-d日}送达" in looked(resident, number, PHONE)


def test_a_refusal_by_delegation_tells_its_own_remedy_as_the_letter_does(office, resident, settings):
    """行政复议法 §19, 行政诉讼法 §26: the bureau that delegated is the party, and who reads the page has to know it."""
    settings.BUSINESS_DAY = delegation.DAY.isoformat()
    second = make_staff("fu", "傅科长", Role.DISTRICT_APPROVER, DISTRICT)
    qian = make_staff("qian", "钱主任", Role.TOWN_REVIEWER, TOWN)
    make_delegation(office.approver, second, TOWN, on=delegation.SINCE)
    one = delegation.applied(office, 9_000_000)
    delegation.surveyed(office, one)
    step(office.reviewer, one, delegation.DAY, "不符合条件。", to="confirm")
    with scoped(qian):
        refuse(by=qian, on=delegation.DAY, case=case_by_id(one.case_id), reason="not_qualified", opinion="收入超过标准。")
    letter = Walker("qian").open(f"/cases/{one.case_id}/decision/1/").text
    shown = looked(resident, one.case.number, queries.code_of(one.case.number))
    for said in (
        "本决定由坛山街道办事处受峄城区民政局委托作出，行政复议的被申请人、行政诉讼的被告是峄城区民政局。",
        "对本决定不服的，可以自收到决定书之日起60日内申请行政复议，或者自收到之日起6个月内向人民法院提起行政诉讼。",
    ):
        assert said in letter and said in shown


def _other(one):
    return next(paper.key for paper in papers(case_by_id(one.case_id)) if paper.name == "户口簿复印件")


def _decided(office, one, day):
    """Posted twice, and refused by the district."""
    step(office.reviewer, one, day, "公布期满无异议。")
    step(office.reviewer, one, day, "经调查，符合条件，提请公示。", to="notice")
    day = post(office, one, "notice", day)
    step(office.reviewer, one, day, "公示期满无异议。")
    with scoped(office.approver):
        refuse(by=office.approver, on=day, case=case_by_id(one.case_id), reason="not_qualified", opinion="收入超过标准。")
    return day


def test_every_step_and_every_ending_has_words_for_families():
    assert {one.key for flow in FLOWS for one in flow.steps} <= STEPS.keys()
    assert {end.key for flow in FLOWS for end in flow.outcomes} <= ENDED.keys()


def test_numbers_are_understood_however_they_are_typed():
    assert {wish_number(one) for one in ("ABCDE FGH23", "abcdefgh23", "ＡＢＣＤＥＦＧＨ２３")} == {"ABCDEFGH23"}
    assert {wish_number(one) for one in ("123", "ABCDEFGHI0", "")} == {""}
    for typed in ("峄社救〔2026〕000001", "峄社救[2026]000001号", "峄社救 2026 000001", "峄社救2026-000001"):
        assert case_numbers(typed) == ["峄社救〔2026〕000001"], typed
    assert "峄社救〔2026〕000001" in case_numbers("2026000001") and case_numbers("别的2026000001") == []
    assert case_numbers("ABCDEFGH23") == [] and case_numbers("") == []


def test_what_was_told_stands_nowhere_in_the_trail(office, resident):
    number = make_number()
    wish, _ = make_wish(office.worker, number, DAY)
    worker = Walker("li").open(f"/assistance/wishes/{wish.pk}/")
    worker.send("查看号码")
    with scoped(WHOLE):
        lines = str(list(AuditLine.objects.values_list("subject", "purpose", "facts")))
    assert number not in lines and PHONE not in lines and SAID not in lines


def test_who_asked_online_and_then_came_to_the_window_finds_the_one_application_under_the_number(office, resident):
    """The wish was left open with its last day, and could only be declined to somebody whose application ran."""
    head = make_family(office)
    with scoped(office.worker):
        number = clear_number(head)
    wish, told = make_wish(office.worker, number, DAY)
    one = make_application(office, head)
    worker = Walker("li").open(f"/assistance/wishes/{wish.pk}/")
    worker.follow("受理申请")
    worker.send("受理申请")
    with scoped(WHOLE):
        assert Application.objects.get() == one and Wish.objects.get(pk=wish.pk).application_id == one.pk
    assert one.case.number in looked(resident, told.number, told.code)
