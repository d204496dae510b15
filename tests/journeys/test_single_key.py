"""Somebody presses the key at home, and a person comes."""

from __future__ import annotations

import threading

import paho.mqtt.client as mqtt
import pytest
from paho.mqtt.enums import CallbackAPIVersion

from linli.domains.callers.tasks import escalate, listen
from linli.domains.charity.samples import DAY, make_family, make_office
from linli.gateways.alarms import MqttCallers
from linli.gateways.alarms.mqtt import Broker
from linli.gateways.tests.brokers import InPython, until
from linli.kernel.orders.samples import make_desks
from tests.journeys.walker import Walker

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
KIN = {"kin_name_1": "李女儿", "kin_relation_1": "女儿", "kin_phone_1": "13806321111"}
NEEDS = "听力差，备用钥匙在301室"


@pytest.fixture
def office(fresh_database, django_db_blocker, settings):
    settings.BUSINESS_DAY = DAY.isoformat()
    with django_db_blocker.unblock():
        made = make_office()
        make_desks(made.approver)
        yield made


def test_a_press_reaches_a_person_who_sees_where_whom_to_call_and_what_to_know(office):
    """HOTLINE-02: a device of six functions is installed, its press comes over a broker, stands on the board, is answered by one,
    told to the others by their tasks while nobody answers, ends with a result, and is counted by function."""
    head = make_family(office)
    li = Walker("li")
    _installed(li, head)
    _pressed("DEV-7", b'{"key": 1, "id": "a-1"}', b'{"key": 1, "id": "a-1"}', b'{"key": 4, "id": "a-2"}', b"?")
    _answered(li)
    _counted()
    _changed(li)


def _installed(li, head):
    li.open(f"/people/{head.pk}/").follow("安装单键呼叫器")
    li.send("登记", expect=422, name="DEV-7", address="和平路12号3单元401")
    assert "请填写联系人1" in " ".join(li.faults)
    li.send("登记", expect=422, name="DEV-7", address="和平路12号3单元401", needs=NEEDS, **KIN | {"kin_phone_1": "12"})
    li.send("登记", name="DEV-7", address="和平路12号3单元401", needs=NEEDS, **KIN)
    assert "1号键紧急求救" in li.text and "6号键聊天陪伴" in li.text
    assert "13806321111" not in li.text and NEEDS not in li.text, "numbers and needs open with a press"


def _pressed(device, *bodies):
    """A real device at a real broker, until it was told that each press was taken."""
    broker = InPython()
    callers = MqttCallers(Broker("127.0.0.1", broker.port))
    told: list[str] = []

    def press() -> None:
        line = mqtt.Client(CallbackAPIVersion.VERSION2)
        line.on_message = lambda _client, _data, message: told.append(message.payload.decode())
        line.connect("127.0.0.1", broker.port)
        line.loop_start()
        line.subscribe(f"callers/{device}/taken", qos=1)
        until(lambda: callers.connected)
        for body in bodies:
            line.publish(f"callers/{device}/press", body, qos=1).wait_for_publish(5)
        until(lambda: len(told) == len(bodies))
        line.disconnect()
        line.loop_stop()
        callers.stop()

    hand = threading.Thread(target=press)
    hand.start()
    listen(callers)
    hand.join()
    broker.stop()
    assert sorted(told) == ["", "a-1", "a-1", "a-2"]


def _answered(li):
    li.open("/callers/board/")
    assert "2个呼叫等待应答" in li.text, "what came twice is one, what cannot be read is another, and a meal alarms nobody"
    assert "和平路12号3单元401" in li.text
    zhao = Walker("zhao").open("/callers/board/").follow("紧急求救")
    assert "13806321111" not in zhao.text
    li.follow("紧急求救").send("接警")
    assert "13806321111" in li.text and NEEDS in li.text
    assert li.page.xpath("//a[@href='tel:13806321111']"), "one press on the phone rings the daughter"
    assert "13806321111" not in zhao.open(zhao.address).text, "only who answered sees whom to call"
    li.send("处理完毕", expect=422, note="已上门")
    assert "请选择结果" in " ".join(li.faults), "nobody is noted as helped by the first word of a list"
    li.send("处理完毕", expect=422, outcome="helped", note="")
    assert "请填写处理情况" in " ".join(li.faults)
    li.send("处理完毕", outcome="helped", note="已上门，人平安")
    assert "已救助" in li.text and "13806321111" not in li.text
    escalate()
    assert "1个呼叫等待应答" in li.open("/callers/board/").text


def _counted():
    li = Walker("li").open("/callers/presses/").send("筛选", function="meals")
    assert "送餐" in li.text and "已转工单" in li.text and "紧急求救" not in li.text.split("保存为视图")[-1]
    wang = Walker("wang").open("/figures/callers.presses/?period=2010")
    assert "3" in wang.text and "送餐" in wang.open("/figures/callers.presses/?period=2010&by=function").text
    wang.open("/figures/callers.presses/rows/?period=2010").follow("紧急求救")
    assert "已救助" in wang.text
    assert "1" in wang.open("/figures/callers.devices/?period=2010").text


def _changed(li):
    li.open("/callers/devices/").follow("DEV-7").follow("修改设备")
    li.send("保存", kin_name_1="王侄子", key_6="")
    assert "王侄子" in li.text and "6号键" not in li.text
    li.follow("停用").send("停用", why="老人搬走")
    assert "已停用" in li.text
    li.open("/callers/board/")
