"""The pages of cases, through the doors: who sees what, what a refusal keeps, what is printed."""

from __future__ import annotations

import re
from base64 import b64decode
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse

from linli.kernel.access.actions import scoped
from linli.kernel.access.models import AuditLine, Staff
from linli.kernel.access.samples import PASSWORD
from linli.kernel.cases import actions, queries
from linli.kernel.cases.models import Case, Event, Paper
from linli.kernel.cases.rules import Panel, Received
from linli.kernel.cases.samples import make_outcome, sample_flows
from linli.kernel.cases.tests.conftest import OTHER_COMMUNITY
from linli.kernel.cases.tests.test_moves import NEXT, at_decision, at_review, opened

TODAY = date(2010, 12, 6)


@pytest.fixture(autouse=True)
def monday(settings):
    settings.BUSINESS_DAY = TODAY.isoformat()


def signed_in(username: str) -> Client:
    client = Client(HTTP_HOST="127.0.0.1")
    request = HttpRequest()
    request.META["REMOTE_ADDR"] = "127.0.0.1"
    assert client.login(username=username, password=PASSWORD, request=request)
    return client


def page_of(client: Client, case: Case, route: str = "cases:case", *more: object) -> str:
    answer = client.get(reverse(route, args=[case.pk, *more]))
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def send(client: Client, case: Case, act: str, **words: object):
    """Fill in the form of this act as the page gives it, and send it."""
    html = client.get(reverse("cases:case", args=[case.pk]), {"act": act}).content.decode()
    form = next(part for part in html.split("<form")[1:] if f'name="act" value="{act}"' in part)
    key = re.search(r'name="_key" value="([^"]+)"', form)[1]
    seen = re.search(r'name="seen" value="(\d+)"', form)[1]
    return client.post(reverse("cases:case", args=[case.pk]), {"_key": key, "act": act, "seen": seen, **words})


def fresh(case: Case, by) -> Case:
    with scoped(by):
        return Case.objects.get(pk=case.pk)


def test_a_worker_finds_the_case_in_the_queue_opens_and_passes_it(office):
    case, client = opened(office), signed_in("chen")
    queue = client.get(reverse("cases:tasks")).content.decode()
    assert case.number in queue and "示例申请" in queue and "剩2个工作日" in queue
    html = page_of(client, case)
    for words in (case.title, "材料", "办理过程", "期限", "情况属实，同意上报。", "截止日是怎样算出的"):
        assert words in html
    answer = send(client, case, "pass", to="review", phrase="情况属实，同意上报。", opinion="")
    assert answer.status_code == 302
    assert fresh(case, office.worker).step == "review"
    html = page_of(client, case)
    assert "已通过" in html and "由镇街一级办理" in html
    assert case.number in client.get(reverse("cases:done")).content.decode()


def test_a_refusal_keeps_what_was_typed_and_says_what_is_missing(office):
    case, client = opened(office, papers=(Received("form"),)), signed_in("chen")
    answer = send(client, case, "pass", to="review", opinion="入户核实，情况属实。")
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "还缺必需的材料：证明材料" in html and "入户核实，情况属实。" in html
    answer = send(client, case, "pass", to="review", opinion=" ")
    assert answer.status_code == 422 and "请选择一条常用意见，或填写意见。" in answer.content.decode()


def test_an_older_page_is_told_that_somebody_was_faster(office):
    case, client = opened(office), signed_in("chen")
    html = page_of(client, case)
    key, seen = re.search(r'name="_key" value="([^"]+)"', html)[1], case.events
    actions.note(by=office.worker, on=NEXT, case=case, opinion="已电话联系。")
    words = {"_key": key, "act": "pass", "seen": seen, "to": "review", "opinion": "属实。"}
    answer = client.post(reverse("cases:case", args=[case.pk]), words)
    assert answer.status_code == 422 and "刚才已有其他人办理" in answer.content.decode()


def test_a_double_click_passes_once(office):
    case, client = opened(office), signed_in("chen")
    html = page_of(client, case)
    words = {
        "_key": re.search(r'name="_key" value="([^"]+)"', html)[1], "act": "pass", "seen": case.events, "to": "review",
        "opinion": "属实。",
    }  # fmt: skip
    answers = [client.post(reverse("cases:case", args=[case.pk]), words) for _ in range(2)]
    assert answers[0].status_code == 302
    with scoped(office.worker):
        assert Event.objects.filter(case=case, kind="passed").count() == 1


ONE_PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def test_papers_are_received_with_their_files_and_the_notice_is_printed(office):
    case, client = opened(office, papers=()), signed_in("li")
    answer = send(client, case, "ask", papers=["form", "proof"], others="收入说明\n", opinion="请尽快补交。", new_facts="")
    assert answer.status_code == 302
    html = page_of(client, case)
    assert "正在补正材料，计时停止" in html
    number = int(re.search(rf"/cases/{case.pk}/notice/(\d+)/", html)[1])
    letter = page_of(client, case, "cases:notice", number)
    for words in ("补正材料一次性告知书", "李小明：", "申请表", "收入说明", "2010年12月21日前", "请尽快补交。"):
        assert words in letter
    upload = SimpleUploadedFile("form.png", b64decode(ONE_PIXEL))
    answer = send(client, case, "receive", got_form="on", photo_form=upload, got_proof="on", original_proof="on")
    assert answer.status_code == 302
    with scoped(office.worker):
        kept = {paper.key: paper for paper in Paper.objects.filter(case=case)}
    assert kept["form"].file and kept["proof"].original and kept["other-4"].received_on is None
    assert f"/files/{kept['form'].file}/" in page_of(client, case)
    answer = send(client, case, "receive")
    assert answer.status_code == 422 and "请勾选收到的材料" in answer.content.decode()


def test_every_act_on_the_page_does_what_it_says(office):
    case = at_review(office)
    reviewer = signed_in("sun")
    assert send(reviewer, case, "take").status_code == 302
    assert "放回待领" in page_of(reviewer, case) and "由我领办" not in page_of(reviewer, case)
    assert send(reviewer, case, "give_back").status_code == 302
    assert "由我领办" in page_of(reviewer, case)
    assert send(reviewer, case, "take").status_code == 302
    assert send(reviewer, case, "stop", opinion="依申请听证").status_code == 302
    assert send(reviewer, case, "resume", opinion="").status_code == 302
    assert send(reviewer, case, "note", opinion="已电话联系。").status_code == 302
    assert send(reviewer, case, "object", opinion="邻居反映其有商铺。", source="来电").status_code == 302
    assert send(signed_in("wang"), case, "extend", opinion="情况复杂", document="").status_code == 302
    assert send(reviewer, case, "return", to="check", reason="incomplete", opinion="请补充。").status_code == 302
    assert fresh(case, office.worker).step == "check"
    worker = signed_in("li")
    assert send(worker, case, "assign", to=office.second_worker.staff_id, opinion="").status_code == 302
    assert send(worker, case, "withdraw", opinion="本人撤回。").status_code == 302
    assert fresh(case, office.worker).outcome == "withdrawn"
    assert send(signed_in("wang"), case, "reopen", to="decision", opinion="撤回非本人意愿。").status_code == 302
    assert send(signed_in("wang"), case, "close", outcome="lapsed", opinion="对象已故。").status_code == 302
    with scoped(office.worker):
        kinds = [item.kind.value for item in queries.timeline(case)]
    assert kinds == [
        "opened", "passed", "stopped", "resumed", "note", "objection", "extended", "returned", "assigned", "withdrawn", "closed",
        "reopened", "closed",
    ]  # fmt: skip


def test_a_form_comes_when_its_act_is_opened_and_the_look_is_traced_once(office, django_assert_max_num_queries):
    case, client = opened(office), signed_in("li")
    page_of(client, case)
    with django_assert_max_num_queries(22):
        html = page_of(client, case)
    assert 'name="act" value="pass"' in html and 'hx-get="?act=return"' not in html and 'hx-get="?act=note"' in html
    assert 'name="act" value="note"' not in html
    address = reverse("cases:case", args=[case.pk])
    part = client.get(address, {"act": "note"}, headers={"HX-Request": "true"}).content.decode()
    assert part.startswith('<form id="act-note"') and 'name="act" value="note"' in part and "<html" not in part
    assert client.get(address, {"act": "reopen"}, headers={"HX-Request": "true"}).status_code == 404
    with scoped(office.worker):
        assert AuditLine.objects.filter(verb="cases.read", subject=str(case.pk)).count() == 2
    whole = client.get(address, {"act": "note", "step": "check"}).content.decode()  # without a script, the link opens it
    assert 'name="act" value="note"' in whole and "</html>" in whole


def test_where_nobody_can_be_assigned_the_page_says_so(office):
    case, address = at_review(office), {"act": "assign"}
    client = signed_in("wang")
    ask = lambda: client.get(reverse("cases:case", args=[case.pk]), address, headers={"HX-Request": "true"}).content.decode()  # noqa: E731
    assert "孙审核" in ask()
    with scoped(office.approver):
        Staff.objects.filter(pk=office.reviewer.staff_id).update(is_active=False)
    assert "没有其他人可以办理" in ask() and 'name="to"' not in ask()
    answer = client.post(reverse("cases:case", args=[case.pk]), {"act": "assign", "_key": "k", "seen": case.events})
    assert answer.status_code == 302 and fresh(case, office.worker).events == case.events


def test_a_transferred_case_leaves_the_page(office):
    case, client = opened(office), signed_in("li")
    answer = send(client, case, "transfer", to=OTHER_COMMUNITY, opinion="已迁居。")
    assert answer["location"] == reverse("cases:tasks")
    assert client.get(reverse("cases:case", args=[case.pk])).status_code == 404
    assert page_of(signed_in("zhou"), case)


def test_a_decision_is_shown_printed_and_refused_with_its_reason(office):
    case = at_decision(office)
    actions.decide(by=office.approver, on=NEXT, case=case, outcome=make_outcome(), rule="sample.rule", facts={})
    client = signed_in("wang")
    html = page_of(client, case)
    for words in ("第 1 号决定", "500.00", "符合条件", "《示例办法》第四条", "核定金额"):
        assert words in html
    assert "同意您的申请，金额为 500.00 元" in page_of(client, case, "cases:decision", 1)
    answer = send(client, case, "refuse", reason="unfit", opinion="再议。")
    assert answer.status_code == 422 and "认定结果为同意（符合条件），不能驳回" in answer.content.decode()
    again = fresh(case, office.approver)
    actions.decide(by=office.approver, on=TODAY, case=again, outcome=make_outcome(False), rule="r", facts={})
    assert send(client, case, "refuse", opinion="").status_code == 422
    assert send(client, case, "refuse", reason="unfit", opinion="").status_code == 302
    assert "决定不同意您的申请" in page_of(client, case, "cases:decision", 2)
    html = page_of(client, case)
    assert "按期办结" in html and "用时 3 个工作日" in html
    form = page_of(client, case, "cases:form")
    for words in ("示例申请审批表", "初核意见", "情况属实。", "经办人：陈社工", "不符合条件", "已核原件"):
        assert words in form


def test_pages_of_another_area_do_not_exist_and_readers_cannot_act(office):
    case = opened(office)
    stranger = signed_in("zhou")
    for route, more in (("cases:case", ()), ("cases:form", ()), ("cases:notice", (1,)), ("cases:decision", (1,))):
        assert stranger.get(reverse(route, args=[case.pk, *more])).status_code == 404
    assert stranger.post(reverse("cases:case", args=[case.pk]), {"act": "note", "opinion": "x"}).status_code == 404
    auditor = signed_in("shen")
    html = page_of(auditor, case)
    assert "没有可以办理的事项" in html
    auditor.post(reverse("cases:case", args=[case.pk]), {"act": "note", "opinion": "x"})
    assert fresh(case, office.worker).events == 1
    assert auditor.get(reverse("cases:tasks")).status_code == 403
    assert signed_in("wang").get(reverse("cases:decision", args=[case.pk, 1])).status_code == 404
    assert signed_in("wang").get(reverse("cases:notice", args=[case.pk, 1])).status_code == 404


def test_opening_a_case_is_a_line_of_the_trail(office):
    case = opened(office)
    page_of(signed_in("shen"), case)
    with scoped(office.approver):
        line = AuditLine.objects.filter(kind="cases.case", subject=str(case.pk), outcome="seen").latest("id")
    assert line.staff_id == office.auditor.staff_id


def warn(*, cases, by, on):
    return {cases[0].pk: ["与在册家庭同住，请核对。"]}


def words(*, case, by, on):
    return {"income": "620.00"}


def test_a_batch_shows_what_it_will_leave_and_passes_the_rest(office):
    warned, good, client = opened(office), opened(office), signed_in("chen")
    panel = Panel("sample.request", warnings="linli.kernel.cases.tests.test_pages.warn")
    with scoped(office.worker):
        ids = [queries.open_task(case).pk for case in (warned, good)]
    address = f"{reverse('cases:batch')}?ids={ids[0]}&ids={ids[1]}"
    with sample_flows(case_panels=(panel,)):
        html = client.get(address).content.decode()
        assert "以下 1 件有提示" in html and "与在册家庭同住" in html
        key = re.search(r'name="_key" value="([^"]+)"', html)[1]
        answer = client.post(address, {"_key": key, "opinion": "属实。"}, follow=True)
    text = answer.content.decode()
    assert "已通过 1 件" in text and f"{warned.number} 未通过" in text
    assert (fresh(warned, office.worker).step, fresh(good, office.worker).step) == ("check", "review")


def test_the_reviewer_walks_on_without_going_back_to_the_list(office):
    first, second = opened(office), opened(office, on=NEXT)
    client = signed_in("li")
    assert f'href="/cases/{second.pk}/" rel="next"' in page_of(client, first)
    assert f'href="/cases/{first.pk}/" rel="prev"' in page_of(client, second)


def test_a_domain_puts_its_panel_on_the_page(office):
    panel = Panel("sample.request", template="ui/messages.html", context="linli.kernel.cases.tests.test_pages.words")
    case = opened(office)
    with sample_flows(case_panels=(panel,)):
        answer = signed_in("li").get(reverse("cases:case", args=[case.pk]))
    assert answer.context["income"] == "620.00"


def test_the_list_of_cases_is_filtered_and_read_in_few_queries(office, django_assert_max_num_queries):
    cases = [at_review(office), opened(office)]
    client = signed_in("wang")
    with django_assert_max_num_queries(30):
        html = client.get(reverse("cases:list")).content.decode()
    assert all(case.number in html for case in cases)
    html = client.get(reverse("cases:list"), {"step": "review", "flow": "sample.request", "state": "open"}).content.decode()
    assert cases[0].number in html and cases[1].number not in html
    html = client.get(reverse("cases:list"), {"late": "on"}).content.decode()
    assert cases[0].number not in html


def test_the_queue_costs_the_same_however_long_it_is(office):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, counts = signed_in("li"), []
    client.get(reverse("cases:tasks"))  # names of areas are read once
    for more in (1, 4):
        for _ in range(more):
            opened(office)
        with CaptureQueriesContext(connection) as seen:
            client.get(reverse("cases:tasks"))
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_leave_is_arranged_on_a_page(office):
    client = signed_in("sun")
    html = client.get(reverse("cases:delegate")).content.decode()
    key = re.search(r'name="_key" value="([^"]+)"', html)[1]
    words = {"_key": key, "to": office.second_worker.staff_id, "since": "2010-12-06", "until": "2010.12.20"}
    answer = client.post(reverse("cases:delegate"), words, follow=True)
    assert "待安全管理员授权后生效" in answer.content.decode()
    answer = client.post(reverse("cases:delegate"), words | {"_key": "another", "until": "2010-12-1"})
    assert answer.status_code == 422 and "委托期限应自今日" in answer.content.decode()


def test_the_workbench_shows_what_waits(office):
    from linli.kernel.ui.queries import task_lines

    case = opened(office)
    with scoped(office.worker):
        line = next(task for task in task_lines(office.worker, TODAY) if task.who == case.number)
        assert (line.title, line.kind, line.days_left.left) == (case.title, "示例申请·初核", 2)
    with scoped(office.auditor):
        assert not [task for task in task_lines(office.auditor, TODAY) if task.who == case.number]
