"""The staff's pages: look, publish, prove, extend, withdraw, enter and answer objections."""

from __future__ import annotations

import re
from base64 import b64decode
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpRequest
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linli.kernel.access.actions import scoped
from linli.kernel.access.models import AuditLine
from linli.kernel.access.rules import Forbidden, Refused, Role
from linli.kernel.access.samples import PASSWORD, make_staff
from linli.kernel.publicity import actions, queries
from linli.kernel.publicity.models import Notice
from linli.kernel.publicity.samples import make_draft, make_entries, make_notice
from linli.kernel.publicity.tests.conftest import DAY
from linli.kernel.ui.queries import task_lines

# A real picture of one grey point: the door opens what it is given and refuses what is broken.
PNG = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==")


@pytest.fixture(autouse=True)
def today(settings, tmp_path):
    settings.BUSINESS_DAY = "2010-12-12"
    settings.FILES_ROOT = tmp_path


def signed_in(username: str) -> Client:
    client, request = Client(HTTP_HOST="127.0.0.1"), HttpRequest()
    request.META["REMOTE_ADDR"] = "127.0.0.1"
    assert client.login(username=username, password=PASSWORD, request=request)
    return client


@pytest.fixture
def desk(reviewer) -> Client:
    return signed_in("liu")


def send(client: Client, address: str, **words):
    """Fill in the form on this page and send it."""
    page = client.get(address)
    assert page.status_code == 200, page.content.decode()
    key = re.findall(r'name="_key" value="([^"]+)"', page.content.decode())[-1]
    return client.post(address, {"_key": key, **words})


def test_a_draft_is_looked_at_in_its_public_form_and_published(reviewer, desk):
    draft = make_draft(reviewer, DAY)
    address = f"/notices/{draft.pk}/"
    page = desk.get(address).content.decode()
    assert "<caption>公示名单（共 3 条）</caption>" in page and "张桂兰" in page and "自发布次日起7日" in page
    refused = send(desk, address)
    assert refused.status_code == 422 and "请勾选" in refused.content.decode()
    assert send(desk, address, looked="on").status_code == 302
    page = desk.get(address).content.decode()
    assert "公示中" in page and "2010-12-13 至 2010-12-19" in page and "剩7天" in page and "还没有上传张榜照片" in page


def test_a_worker_sees_a_draft_but_no_button_to_publish_it(reviewer):
    worker = make_staff("li", area="370404001001")
    draft = make_draft(worker, DAY, area="370404001001")
    client = signed_in("li")
    page = client.get(f"/notices/{draft.pk}/")
    assert page.status_code == 200 and "发布公示" not in page.content.decode()
    assert client.post(f"/notices/{draft.pk}/", {"_key": "x", "looked": "on"}).status_code == 200
    with scoped(worker):
        assert Notice.objects.get().state == "draft"


def test_a_photograph_proves_that_the_notice_hung_and_is_kept_with_its_digest(reviewer, desk):
    shown = make_notice(reviewer, DAY)
    photo = SimpleUploadedFile("榜.png", PNG, "image/png")
    answer = send(desk, f"/notices/{shown.pk}/proofs/new/", file=photo, taken_on="2010-12-11", place="board", note="村委会门口")
    assert answer.status_code == 302
    page = desk.get(f"/notices/{shown.pk}/").content.decode()
    assert "村委会门口" in page and "还没有上传张榜照片" not in page
    with scoped(reviewer):
        proof = queries.proofs_of(shown).get()
        assert proof.digest == proof.file.digest
    assert desk.get(f"/files/{proof.file_id}/").status_code == 200


def test_a_photograph_twice_or_of_another_day_or_no_photograph_at_all_is_refused(reviewer):
    shown = make_notice(reviewer, DAY)
    words = {"by": reviewer, "on": date(2010, 12, 12), "notice": shown, "name": "a.png", "content": PNG, "taken_on": DAY}
    actions.add_proof(**words)
    with pytest.raises(Refused, match="已经上传过"):
        actions.add_proof(**words)
    with pytest.raises(Refused, match="拍摄日期"):
        actions.add_proof(**words | {"taken_on": date(2010, 12, 9)})
    with pytest.raises(Refused, match=r"只能上传 \.jpg、\.png"):
        actions.add_proof(**words | {"name": "a.xlsx"})
    with pytest.raises(Refused, match="还没有发布"):
        actions.add_proof(**words | {"notice": make_draft(reviewer, DAY, entries=make_entries(start=50))})


def test_missed_days_are_made_up_and_a_withdrawal_says_why(reviewer, desk):
    shown = make_notice(reviewer, DAY)
    refused = send(desk, f"/notices/{shown.pk}/extend/", days="0", why="雨")
    assert refused.status_code == 422 and "补足天数不能小于1" in refused.content.decode()
    assert send(desk, f"/notices/{shown.pk}/extend/", days="2", why="公示栏损坏").status_code == 302
    assert "已补足2天：公示栏损坏" in desk.get(f"/notices/{shown.pk}/").content.decode()
    assert send(desk, f"/notices/{shown.pk}/withdraw/", why="").status_code == 422
    assert send(desk, f"/notices/{shown.pk}/withdraw/", why="金额有误").status_code == 302
    assert "金额有误" in desk.get(f"/notices/{shown.pk}/").content.decode()


def test_the_sheet_for_the_board_says_days_and_where_to_object(reviewer, desk):
    shown = make_notice(reviewer, DAY)
    page = desk.get(f"/notices/{shown.pk}/print/").content.decode()
    assert "2010年12月11日至2010年12月17日" in page and "0632-7711234" in page and "坛山街道办事处" in page
    draft = make_draft(reviewer, DAY, entries=make_entries(start=50))
    assert "请发布后再打印张榜" in desk.get(f"/notices/{draft.pk}/print/").content.decode()


def test_an_objection_at_the_counter_is_examined_and_answered(reviewer, desk, heard):
    shown = make_notice(reviewer, DAY)
    words = {"kind": "objection", "channel": "counter", "item_number": "1", "text": "他家有轿车。", "name": "赵六"}
    refused = send(desk, f"/notices/{shown.pk}/objections/new/", **words | {"item_number": "77"})
    assert refused.status_code == 422 and "没有第77号" in refused.content.decode()
    address = send(desk, f"/notices/{shown.pk}/objections/new/", **words)["location"]
    page = desk.get(address).content.decode()
    assert "他家有轿车" in page and "剩5个工作日" in page and "赵六" not in page
    assert send(desk, address, decision="accept").status_code == 302
    refused = send(desk, address, decision="upheld")
    assert refused.status_code == 422 and "请写明处理结果" in refused.content.decode()
    assert send(desk, address, decision="upheld", outcome="属实，取消资格。").status_code == 302
    page = desk.get(address).content.decode()
    assert "异议成立" in page and "取消资格" in page and "name=\"decision\"" not in page
    assert [event.state for event in heard] == ["received", "accepted", "answered"] and heard[-1].upheld


def test_who_sent_it_is_shown_for_a_purpose_and_the_look_is_in_the_trail(reviewer, desk):
    shown = make_notice(reviewer, DAY)
    words = {"by": reviewer, "on": DAY, "notice": shown, "text": "不符合条件。", "name": "赵六", "contact": "13812345678"}
    objection = actions.receive_objection(**words)
    address = f"/objections/{objection.pk}/sender/"
    assert send(desk, address, purpose="").status_code == 422
    page = send(desk, address, purpose="电话核实")
    assert "赵六" in page.content.decode() and "13812345678" in page.content.decode()
    with scoped(reviewer):
        line = AuditLine.objects.get(verb="publicity.sender")
    assert (line.outcome, line.purpose, line.subject) == ("seen", "电话核实", str(objection.pk))


def test_lists_filter_and_show_what_is_due(reviewer, desk):
    shown = make_notice(reviewer, DAY)
    make_draft(reviewer, DAY, entries=make_entries(start=50))
    actions.receive_objection(by=reviewer, on=date(2010, 12, 1), notice=shown, text="不符合条件。")
    page = desk.get("/notices/?state=up").content.decode()
    assert "共 <strong>1</strong> 份" in page and shown.number in page
    page = desk.get("/objections/?state=open").content.decode()
    assert "共 <strong>1</strong> 件" in page and "逾期2个工作日" in page
    assert "还没有收到" not in page and desk.get("/objections/?state=answered").status_code == 200


def test_pages_cost_the_same_queries_for_few_rows_and_for_many(reviewer, desk):
    counts = {}
    for start in (100, 200, 300):
        shown = make_notice(reviewer, DAY, entries=make_entries(start // 50, start=start))
        actions.receive_objection(by=reviewer, on=DAY, notice=shown, item_number=1, text="不符合条件。")
        for address in ("/notices/", "/objections/", f"/notices/{shown.pk}/"):
            with CaptureQueriesContext(connection) as captured:
                assert desk.get(address).status_code == 200
            counts.setdefault(re.sub(r"[0-9]+", "N", address), set()).add(len(captured))
    assert all(len(found) == 1 for found in counts.values()), counts


def test_the_workbench_says_what_waits_and_what_was_done(reviewer):
    shown = make_notice(reviewer, DAY)
    make_draft(reviewer, DAY, entries=make_entries(start=50))
    objection = actions.receive_objection(by=reviewer, on=DAY, notice=shown, text="不符合条件。")
    with scoped(reviewer):
        kinds = {task.kind: task for task in task_lines(reviewer, DAY) if "/notices/" in task.href or "/objections/" in task.href}
    assert set(kinds) == {"答复异议", "发布公示", "张榜拍照"}
    assert str(kinds["答复异议"].days_left) == "剩5个工作日" and str(kinds["张榜拍照"].days_left) == "剩7天"
    actions.answer_objection(by=reviewer, on=DAY, objection=objection, upheld=False, outcome="不属实。")
    with scoped(reviewer):
        done = [task for task in task_lines(reviewer, DAY, "done") if "/objections/" in task.href]
    assert len(done) == 1


@pytest.mark.parametrize(("day", "asked"), [(date(2010, 12, 12), False), (date(2010, 12, 18), True)])
def test_the_district_is_asked_for_a_photograph_of_a_town_only_when_it_is_nearly_too_late(reviewer, day, asked):
    """Up from the 13th to the 19th: the board hangs in the town, whose desk has the task all the time."""
    shown = make_notice(reviewer, DAY)
    district = make_staff("zhou2", "周区审", Role.DISTRICT_APPROVER, "370404000000")
    for actor, finds in ((reviewer, True), (district, asked)):
        with scoped(actor):
            found = [task for task in task_lines(actor, day) if task.kind == "张榜拍照"]
        assert bool(found) == finds and all(task.due == shown.until for task in found)


def test_a_reviewer_of_another_town_finds_none_of_it(reviewer):
    shown = make_notice(reviewer, DAY)
    objection = actions.receive_objection(by=reviewer, on=DAY, notice=shown, text="不符合条件。")
    make_staff("ma", "马审核", Role.TOWN_REVIEWER, "370404002000")
    other = signed_in("ma")
    for address in (f"/notices/{shown.pk}/", f"/notices/{shown.pk}/extend/", f"/notices/{shown.pk}/print/",
                    f"/objections/{objection.pk}/", f"/objections/{objection.pk}/sender/"):  # fmt: skip
        assert other.get(address).status_code == 404, address
    assert shown.title not in other.get("/notices/").content.decode()


def test_an_auditor_sees_and_changes_nothing(reviewer):
    shown = make_notice(reviewer, DAY)
    auditor = make_staff("shen", "沈审计", Role.AUDITOR, "370404000000")
    client = signed_in("shen")
    assert client.get(f"/notices/{shown.pk}/").status_code == 200
    assert client.get(f"/notices/{shown.pk}/withdraw/").status_code == 403
    with pytest.raises(Forbidden):
        actions.withdraw_notice(by=auditor, on=DAY, notice=shown, why="看看")
