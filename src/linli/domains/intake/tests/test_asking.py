"""A resident asks for help on the web, follows it, adds to it and judges it; nobody can list or try out anything."""

from __future__ import annotations

import re
from datetime import timedelta
from threading import Thread

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connections
from django.test import Client
from lxml import html
from tests.journeys.walker import Walker

from linli.base.areas import WHOLE
from linli.domains.intake import queries
from linli.domains.intake.models import Post
from linli.domains.intake.rules import TOPICS
from linli.domains.intake.samples import PHONE, make_post, receive_all
from linli.domains.intake.tasks import forget
from linli.kernel.access.actions import scoped
from linli.kernel.files.samples import PDF, PNG
from linli.kernel.orders import actions as work
from linli.kernel.orders.models import CallBack, Order, OrderPicture
from linli.kernel.orders.rules import category
from linli.kernel.orders.samples import AT, COMMUNITY, HOUR, settle

SAID = {
    "topic": "402010", "text": "三号楼门口的路灯三天没有亮了。", "place": COMMUNITY, "where": "和平路12号院", "name": "田晓光",
    "phone": "139 0632 0071", "agreed": "on",
}  # fmt: skip


def asked(client, step=2, status=200, **words):
    answer = client.post("/ask/", SAID | {"step": str(step)} | words)
    assert answer.status_code == status, (answer.status_code, text_of(answer))
    return answer


def text_of(answer):
    return re.sub(r"\s+", " ", html.fromstring(answer.content).text_content())


def told(answer):
    """The number and the code that stand on the page."""
    big = [one.text_content() for one in html.fromstring(answer.content).find_class("big")]
    return big[0], big[1].replace(" ", "")


def looked(client, number, secret, status=200):
    answer = client.post("/ask/progress/", {"number": number, "secret": secret})
    assert answer.status_code == status, text_of(answer)
    return text_of(answer)


def order_of(number):
    with scoped(WHOLE):
        return Order.objects.select_related("desk").get(number=number)


def test_every_topic_is_a_category_that_an_order_may_carry():
    assert all(category(one.category) and not category(one.category).secret for one in TOPICS)


def test_a_resident_asks_on_the_web_follows_it_adds_to_it_and_judges_it(centre, resident):
    """HOTLINE-01, HOTLINE-06: the third channel, from the resident's question to the resident's judgement."""
    page = resident.get("/ask/")
    assert "110" in text_of(page) and "路灯不亮" in text_of(page)
    second = asked(resident, 0)
    assert "在哪个村（社区）" in text_of(second) and "三号楼门口" in second.content.decode()
    assert "您的电话" in text_of(asked(resident, 1))
    number, code = told(asked(resident, picture=SimpleUploadedFile("路灯.png", PNG)))
    assert number == "20101201-00001" and len(code) == 8
    assert "已收到，等待分派" in looked(resident, number, "13906320071")
    as_shown = f"{code[:4]} {code[4:]}"
    resident.post("/ask/progress/add/", {"number": number, "secret": as_shown, "text": "灯杆号是 A17。"})
    receive_all(AT)
    receive_all(AT)  # what was added waits until its request is an order
    order = order_of(number)
    assert (order.channel, order.stage, order.category, order.caller) == ("web", "new", "402010", "田晓光")
    assert "照片：路灯.png" in Walker("ming").open(f"/hotline/orders/{order.pk}/").text
    desk = Walker("ming")
    desk.open(f"/hotline/orders/{order.pk}/")
    assert "灯杆号是 A17" in desk.text and "来电人补充" in desk.text
    with scoped(WHOLE):
        picture = OrderPicture.objects.get(order=order)
    photo = desk.client.get(f"/hotline/orders/{order.pk}/pictures/{picture.pk}/")
    assert b"".join(photo.streaming_content) == PNG and photo["Content-Disposition"].startswith("attachment")
    work.dispatch(by=centre.operator, at=AT, order=order, desk_id=None, why="")
    assert "已转给承办单位" in looked(resident, number, code)
    settle(centre.worker, order_of(number), AT + HOUR, result="灯泡已更换。")
    said = looked(resident, number, code)
    assert "灯泡已更换。" in said and "请您评价" in said and "田晓光" not in said
    wide = code.translate({ord(str(n)): ord("０") + n for n in range(10)})
    grade = {"number": number, "secret": wide, "solved": "yes", "grade": "5", "words": "很快"}
    assert "谢谢您的评价" in text_of(resident.post("/ask/progress/grade/", grade))
    again = resident.post("/ask/progress/grade/", grade | {"grade": "1"})
    assert again.status_code == 422 and "不需要评价" in text_of(again)
    receive_all(AT + 9 * HOUR)
    order = order_of(number)
    assert (order.stage, order.grade, order.solved) == ("closed", "5", True)
    with scoped(WHOLE):
        assert CallBack.objects.get(order=order).by_id is None
    assert "已办结" in looked(resident, number, code) and "非常满意" in looked(resident, number, code)


def test_a_number_typed_on_a_telephone_without_its_hyphen_is_known(centre, resident):
    """The keypad for numbers has no hyphen, and a Chinese keyboard has wide ones."""
    sent = make_post(AT)
    wide = str.maketrans("0123456789-", "０１２３４５６７８９－")
    for typed in (sent.number.replace("-", ""), sent.number.translate(wide), sent.number.replace("-", "—")):
        assert "不相符" not in looked(resident, typed, PHONE.translate(wide))
    receive_all(AT)
    assert sent.number in Walker("ming").open(f"/hotline/orders/?words={sent.number.replace('-', '')}").text


def test_nothing_tells_a_wrong_number_from_a_wrong_telephone_and_trying_ends(centre, resident):
    sent = make_post(AT)
    wrong = {looked(resident, number, secret, 422) for number, secret in (
        (sent.number, "13906320072"), ("20101201-00099", PHONE), (sent.number, "00000000"), ("x", "y"),
    )}  # fmt: skip
    assert len({re.sub(r'value="[^"]*"', "", one) for one in wrong}) == 1 and "不相符" in wrong.pop()
    other = [Client(HTTP_HOST="127.0.0.1", REMOTE_ADDR=f"10.0.0.{turn}") for turn in range(25)]
    said = [text_of(one.post("/ask/progress/", {"number": sent.number, "secret": "13900000000"})) for one in other]
    assert "太频繁" in said[-1], "a thousand addresses do not try out one number"
    _only_its_functions(sent)


def test_the_same_words_of_the_same_person_are_one_order_also_at_once(centre, resident):
    numbers = []

    def sends():
        numbers.append(told(asked(Client(HTTP_HOST="127.0.0.1")))[0])
        connections.close_all()

    both = [Thread(target=sends) for _ in range(4)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert len(numbers) == 4 and len(set(numbers)) == 1
    other, _ = told(asked(resident, text="另外一件事：垃圾没有人清。"))
    assert other != numbers[0]
    assert make_post(AT + timedelta(minutes=40)).number not in {other, numbers[0]}
    receive_all(AT)
    receive_all(AT)
    with scoped(WHOLE):
        assert Order.objects.count() == 3 and not queries.waiting().exists()
        assert not Post.objects.exclude(content=None).exists(), "what was taken in lies in the inbox no more"


WRONG = (
    ({"text": "坏"}, 0, "至少要有5个字"), ({"topic": "302030"}, 0, "没有"), ({"place": "370404999999"}, 1, "没有"),
    ({"name": ""}, 2, "请填写您的姓名"), ({"phone": "12"}, 2, "11 位手机号码"), ({"phone": "12345"}, 2, "11位手机号"),
    ({"agreed": ""}, 2, "请勾选"),
    ({"text": "坏了\x00请修"}, 0, "不能识别"),
)  # fmt: skip


def test_what_is_wrong_is_named_nothing_typed_is_lost_and_a_flood_is_stopped(centre, resident):
    for words, step, said in WRONG:
        answer = asked(resident, status=422, **words)
        assert said in text_of(answer)
        page = html.fromstring(answer.content)
        assert page.xpath("//input[@name='step']/@value") == [str(step)]
        kept = SAID | words
        for name in ("text", "where", "name", "phone"):
            found = page.xpath(f"//*[@name='{name}']")[0]
            assert "\x00" in kept[name] or (found.get("value") or found.text or "").strip() == kept[name].strip()
    _no_text_and_no_picture(resident)
    _a_flood(resident)


def _no_text_and_no_picture(resident):
    """Bytes that are no text and files that are no picture are refused."""
    raw = b"step=2&topic=402010&text=%C2%B7%B5%C6%BB%B5%C1%CB%C7%EB%D0%DE&place=" + COMMUNITY.encode()
    answer = resident.post("/ask/", raw, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 422 and "编码" in text_of(answer)
    for name, content in (("a.png", PDF), ("a.pdf", PDF), ("a.jpg", b"GIF89a"), ("a.png", PNG[:30]), ("a.png", b"")):
        answer = asked(resident, status=422, picture=SimpleUploadedFile(name, content))
        assert "照片" in text_of(answer), name
    with scoped(WHOLE):
        assert not Post.objects.exists()


def _a_flood(resident):
    """A hand that sends thousands is stopped, and the others are not."""
    last = [resident.post("/ask/", SAID | {"step": "2", "text": f"第{turn}遍说路灯坏了。"}) for turn in range(22)][-1]
    assert last.status_code == 422 and "太频繁" in text_of(last)
    same = [Client(HTTP_HOST="127.0.0.1", REMOTE_ADDR=f"10.0.1.{turn}") for turn in range(12)]
    words = {"step": "2", "phone": "13906320099"}
    answers = [one.post("/ask/", SAID | words | {"text": f"第{turn}遍说同一件事。"}) for turn, one in enumerate(same)]
    assert answers[0].status_code == 200 and answers[-1].status_code == 422, "one telephone from many addresses"
    assert asked(Client(HTTP_HOST="127.0.0.1", REMOTE_ADDR="10.0.2.1"), phone="13906320055").status_code == 200


def test_words_of_danger_go_into_the_fast_lane_and_a_post_that_fails_waits_for_a_person(centre, resident):
    text = "我想自杀，不想活了，请帮帮我。"
    assert "情况紧急" in text_of(asked(resident, 0, text=text))
    number, code = told(asked(resident, text=text))
    receive_all(AT)
    order = order_of(number)
    assert order.lane == "emergency" and order.confidential and order.text == ""
    assert "保密事项" in looked(resident, number, code)
    _set_aside()


def _set_aside():
    """What cannot be taken in holds up nothing."""
    bad, good = make_post(AT), make_post(AT, text="另外一件：井盖没有了。")
    with scoped(WHOLE):
        Post.objects.filter(number=bad.number).update(category="999999")
    receive_all(AT)
    with scoped(WHOLE):
        assert [row.number for row in queries.posts(state="faulty")] == [bad.number]
        assert Order.objects.latest("id").number == good.number
        Post.objects.filter(number=bad.number).update(category="402010")
    desk = Walker("ming").open("/")
    assert f"网上来件{bad.number}未能登记" in desk.text
    desk.open("/intake/posts/").send("再次收取")
    assert order_of(bad.number).stage == "new"


def _only_its_functions(sent):
    """The public's connection reads no table and lists nothing."""
    with connections["public"].cursor() as cursor:
        for asks in ("select * from bulletin.post", "select * from public.orders_order", "select * from public.intake_client",
                     "select * from bulletin.intake_found('%', '{}', true)", "delete from bulletin.post"):
            with pytest.raises(DatabaseError, match="permission denied"):
                cursor.execute(asks)
        cursor.execute("select bulletin.intake_progress(%s, '{}', false)", [sent.number])
        assert cursor.fetchone()[0] is None


def test_what_nobody_could_take_in_is_not_kept_for_ever(centre, settings):
    """个人信息保护法 §19, §47: number, kind and days stay; of a post that was taken the telephone goes at once."""
    bad, good = make_post(AT), make_post(AT, text="另外一件：井盖没有了。")
    with scoped(WHOLE):
        Post.objects.filter(number=bad.number).update(category="999999")
    receive_all(AT)
    for days, left in ((365, True), (366, False)):
        settings.BUSINESS_DAY = (AT + timedelta(days=days)).date().isoformat()
        forget()
        with scoped(WHOLE):
            found, taken = Post.objects.get(number=bad.number), Post.objects.get(number=good.number)
            assert bool(found.content) == bool(found.phone_digest) == queries.posts(state="faulty").exists() == left
    assert taken.phone_digest is None and taken.order_id and "按规定清除" in found.fault and found.received_at
