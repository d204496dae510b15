"""The pages of a book, driven as a clerk drives them: the same ones for every book."""

from __future__ import annotations

import io
import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from linli.kernel.access.actions import scoped
from linli.kernel.access.models import AuditLine, Staff
from linli.kernel.files.samples import PDF
from linli.kernel.records import actions
from linli.kernel.records.models import Entry
from linli.kernel.records.samples import DAY, LECTURES, REHABILITATION, VISITS, make_file_of, make_lecture
from linli.kernel.registry.samples import make_household, make_number, make_person


def signed_in(username: str) -> Client:
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(Staff.objects.get(username=username), backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def client(worker):
    return signed_in("li")


def key_of(answer) -> str:
    return re.search(r'name="_key" value="([^"]+)"', answer.content.decode())[1]


def send(client: Client, page: str, **fields):
    return client.post(page, fields | {"_key": key_of(client.get(page))})


def text_of(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def book_page(book, name="book"):
    return reverse(f"records:{name}", args=[book.key])


def entry_page(row, name="entry"):
    return reverse(f"records:{name}", args=[row.pk])


def test_a_file_is_opened_for_a_person_whom_the_registry_knows(client, worker):
    number = make_number(date(1960, 5, 1), "1")
    person = make_person(worker, DAY, "李小明", number=number)
    for typed in ("李小明", "lxm", number):
        chosen = client.post(book_page(REHABILITATION, "new"), {"find": typed})
        assert f"?person={person.pk}" in chosen.content.decode()
    assert "请填写要登记的人" in text_of(client.post(book_page(REHABILITATION, "new"), {"find": " "}))
    form = f"{book_page(REHABILITATION, 'new')}?person={person.pk}"
    page = client.get(form)
    assert "不用再填" in text_of(page) and "李小明" in text_of(page)
    assert not re.search(r'name="(name|number|person|birth|address)"', page.content.decode())
    words = {"since": "2010.12.1", "need": "train", "hours": "2.5", "cost": "300", "diagnosis": "右下肢截瘫", "guarded": "1"}
    answer = client.post(form, words | {"_key": key_of(page), "paper": SimpleUploadedFile("评估表.pdf", PDF)})
    assert answer.status_code == 302, text_of(answer)
    shown = text_of(client.get(answer["location"]))
    assert "300.00" in shown and "评估表.pdf" in shown and "李小明" in shown and "截瘫" not in shown
    with scoped(worker):
        row = Entry.objects.get()
    assert (row.day.isoformat(), row.values["guarded"], row.person_id) == ("2010-12-01", True, person.pk)
    again = send(client, form, **words)
    assert again.status_code == 422 and "相同的在册记录" in text_of(again)


def test_a_visit_is_written_for_the_household_of_the_person_found(client, worker):
    home = make_household(worker, DAY)
    page = client.get(f"{book_page(VISITS, 'new')}?person={home.head_id}")
    assert all(name in text_of(page) for name in ("李小明", "王芳", "李强"))
    lonely = make_person(worker, DAY, "王五")
    assert "请先在居民登记中立户" in text_of(client.get(f"{book_page(VISITS, 'new')}?person={lonely.pk}"))
    assert client.get(f"{book_page(VISITS, 'new')}?person=x").status_code == 404


def test_a_faulty_form_keeps_what_was_typed_and_says_why(client):
    answer = send(client, book_page(LECTURES, "new"), on="2010-12-32", topic="脑卒中康复", heads="0")
    said = text_of(answer)
    assert answer.status_code == 422 and "脑卒中康复" in answer.content.decode()
    assert "讲座日期" in said and "到场人数不能小于1" in said


def test_a_list_is_searched_filtered_sorted_and_summed(client, worker):
    for topic, heads in (("脑卒中康复", 30), ("辅具使用", 12), ("家庭护理", 45)):
        make_lecture(worker, topic, heads=heads)
    listed = client.get(book_page(LECTURES), {"sort": "-f_heads"})
    assert [row.values["heads"] for row in listed.context["listing"].page] == [45, 30, 12]
    assert "87" in text_of(listed)
    found = client.get(book_page(LECTURES), {"words": "护理"})
    assert found.context["listing"].total == 1
    assert client.get(book_page(LECTURES), {"first": "2010-12-21"}).context["listing"].total == 0
    index = text_of(client.get(reverse("records:books")))
    assert "康复知识讲座登记" in index and "共 3 本" in index


def test_a_choice_field_is_a_filter(client, worker):
    for name, need, guarded in (("张三", "train", True), ("李四", "device", False)):
        make_file_of(worker, make_person(worker, DAY, name).pk, need=need, guarded=guarded)
    assert "李四" in text_of(client.get(book_page(REHABILITATION), {"f_need": "device"}))
    assert client.get(book_page(REHABILITATION), {"f_guarded": "1"}).context["listing"].total == 1


def test_a_list_costs_as_many_queries_for_twenty_rows_as_for_two(client, worker):
    def cost():
        with CaptureQueriesContext(connection) as asked:
            client.get(book_page(REHABILITATION))
        return len(asked)

    for number in range(2):
        make_file_of(worker, make_person(worker, DAY, f"张{'一二'[number]}").pk)
    cost()  # the first page of a session asks more
    few = cost()
    for number in range(15):
        make_file_of(worker, make_person(worker, DAY, f"李{'一二三四五六七八九十甲乙丙丁戊'[number]}").pk)
    assert cost() == few


def test_an_export_asks_for_the_purpose_and_holds_no_hidden_text(client, worker):
    make_file_of(worker, make_person(worker, DAY, "张三").pk, diagnosis="右下肢截瘫")
    page = f"{book_page(REHABILITATION)}?export=1"
    assert client.post(page, {"purpose": ""}).status_code == 422
    answer = client.post(page, {"purpose": "上报市残联"})
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content) if answer.streaming else answer.content)).active
    cells = "".join(str(cell.value) for line in sheet.iter_rows() for cell in line)
    assert "张三" in cells and "截瘫" not in cells
    with scoped(worker):
        assert AuditLine.objects.get(verb="records.export").purpose == "上报市残联"


def test_a_correction_an_end_and_a_strike_stand_in_the_history(client, worker):
    row = make_file_of(worker, make_person(worker, DAY, "张三").pk, cost=30_000, diagnosis="右下肢截瘫")
    page = client.get(entry_page(row, "correct"))
    assert "截瘫" not in page.content.decode() and "300.00" in page.content.decode()
    words = {"since": "2010-12-19", "need": "device", "cost": "200", "why": "家属更正", "version": 1}
    assert send(client, entry_page(row, "correct"), **words).status_code == 302
    late = send(client, entry_page(row, "correct"), **words)
    assert late.status_code == 422 and "刚才已有其他人" in text_of(late)
    shown = client.get(entry_page(row))
    assert "自付费用由“300.00”改为“200.00”" in text_of(shown)
    send_to = {"until": "2010-12-20", "why": "康复结束", "version": 2, "_key": key_of(shown)}
    assert client.post(entry_page(row, "end"), send_to).status_code == 302
    assert "已结束" in text_of(client.get(entry_page(row)))
    key = key_of(client.get(entry_page(row)))
    assert client.post(entry_page(row, "strike"), {"why": "登记有误", "version": 3, "_key": key}).status_code == 302
    assert "已作废" in text_of(client.get(entry_page(row)))
    with scoped(worker):
        row.refresh_from_db()
        assert (row.state, row.version) == ("struck", 4)


def test_a_hidden_text_is_shown_once_for_a_purpose(client, worker):
    row = make_file_of(worker, make_person(worker, DAY).pk, diagnosis="右下肢截瘫")
    form = {"field": "diagnosis", "purpose": "安排康复训练", "_key": key_of(client.get(entry_page(row)))}
    answer = client.post(entry_page(row, "reveal"), form)
    assert "右下肢截瘫" in text_of(answer) and answer["Cache-Control"] == "no-store"
    assert client.post(entry_page(row, "reveal"), form | {"purpose": ""}).status_code == 422


def test_the_register_and_a_row_are_printed(client, worker):
    row = make_file_of(worker, make_person(worker, DAY, "张三").pk, diagnosis="右下肢截瘫")
    for page in (book_page(REHABILITATION, "print_book"), entry_page(row, "print_entry")):
        answer = client.get(page)
        assert "张三" in text_of(answer) and "data-print" in answer.content.decode() and "截瘫" not in text_of(answer)


def test_a_row_of_another_area_is_answered_like_no_row(client, worker, neighbour):
    other = make_file_of(neighbour, make_person(neighbour, DAY).pk)
    for name in ("entry", "print_entry", "correct"):
        assert client.get(entry_page(other, name)).status_code == 403
    for name in ("end", "strike", "reveal"):
        assert client.post(entry_page(other, name), {}).status_code == 403
    assert client.get(reverse("records:book", args=["no.such"])).status_code == 403


def test_the_approver_destroys_what_is_past_its_time(client, worker, approver):
    from datetime import date

    row = make_file_of(worker, make_person(worker, DAY).pk, on=date(2004, 1, 5))
    actions.end_entry(by=worker, on=DAY, entry_id=row.pk, version=1, until=date(2005, 6, 1), why="康复结束")
    page = book_page(REHABILITATION, "destroy")
    assert client.get(page).status_code == 403
    chief = signed_in("zhou")
    assert "现有 1 份记录保管期满" in text_of(chief.get(page))
    assert send(chief, page, why="峄民〔2010〕9号").status_code == 302
    assert "已销毁" in text_of(chief.get(entry_page(row)))


def test_what_a_book_holds_stands_in_the_life_of_the_person(client, worker):
    row = make_file_of(worker, make_person(worker, DAY).pk)
    shown = client.get(reverse("registry:person", args=[row.person_id])).content.decode()
    assert "记入康复服务档案" in shown and entry_page(row) in shown


def test_a_book_is_found_by_a_word_of_its_name_or_purpose(client):
    found = client.get(reverse("records:books"), {"words": "讲座"})
    assert found.context["listing"].total == 1 and "康复知识讲座登记" in text_of(found)
    assert "没有符合条件的台账" in text_of(client.get(reverse("records:books"), {"words": "火星"}))
