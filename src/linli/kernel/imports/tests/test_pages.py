"""The pages of an import, as a clerk meets them."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from linli.kernel.access.models import Staff
from linli.kernel.access.samples import make_founders, make_staff
from linli.kernel.imports import queries
from linli.kernel.imports.tests.kinds import NAMES
from linli.kernel.imports.tests.test_engine import GOOD, book
from linli.kernel.jobs.samples import work_off

DAY = date(2010, 12, 1)


@pytest.fixture
def client(db, monkeypatch):
    monkeypatch.setattr(queries, "import_kinds", lambda: {NAMES.key: NAMES})
    with connection.cursor() as cursor:
        cursor.execute("create temp table noted (name text, run int, touched bool) on commit drop")
    founders = make_founders()
    make_staff(founders=founders)
    make_staff("qian", "钱社工", area="370404002001", founders=founders)
    return signed_in("li")


def signed_in(username):
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(Staff.objects.get(username=username), backend="django.contrib.auth.backends.ModelBackend")
    return client


def key_of(answer) -> str:
    return re.search(r'name="_key" value="([^"]+)"', answer.content.decode())[1]


def post(client, address, page, **words):
    return client.post(address, {"_key": key_of(client.get(page)), **words})


def upload(client, content, name="名单.xlsx"):
    page = "/imports/new/test.names/"
    return post(client, page, page, file=SimpleUploadedFile(name, content))


def test_a_clerk_sends_checks_confirms_and_takes_back(client):
    assert "姓名册" in client.get("/imports/").content.decode()
    sent = upload(client, book([*GOOD, ["5", "", "", ""]]))
    here = sent["location"]
    waiting = client.get(here).content.decode()
    assert "正在检查" in waiting and "hx-trigger" in waiting
    work_off()
    assert client.get(here + "progress/")["HX-Refresh"] == "true"
    checked = client.get(here).content.decode()
    assert "确认导入 2 行" in checked and "下载退回的 1 行" in checked and "姓名含有数字" in checked
    assert post(client, here + "confirm/", here)["location"] == here
    assert client.get(here + "progress/").headers.get("HX-Refresh") is None
    work_off()
    done = client.get(here).content.decode()
    assert "已导入" in done and "人员：2" in done
    question = client.get(here + "take-back/").content.decode()
    assert "将撤回这次导入" in question
    assert post(client, here + "take-back/", here + "take-back/")["location"] == here
    assert "撤回 2 行" in client.get(here).content.decode()


def test_the_same_file_leads_to_its_import_and_says_so(client):
    content = book(GOOD)
    here = upload(client, content)["location"]
    work_off()
    again = upload(client, content)
    assert again["location"] == here
    assert "没有重复导入" in client.get(here).content.decode()


def test_what_is_no_table_is_refused_at_the_form(client):
    answer = upload(client, b"MZ", "a.exe")
    assert answer.status_code == 422 and "只能上传 .csv、.xlsx 文件" in answer.content.decode()


def test_a_second_click_on_confirm_does_nothing_more(client):
    here = upload(client, book(GOOD))["location"]
    work_off()
    key = key_of(client.get(here))
    first = client.post(here + "confirm/", {"_key": key})
    second = client.post(here + "confirm/", {"_key": key})
    assert first["location"] == second["location"] == here
    late = client.post(here + "confirm/", {"_key": "another"}, follow=True)
    assert "已有其他人办理" in late.content.decode()


def test_files_come_as_attachments(client):
    here = upload(client, book([["5", "", "", ""]]))["location"]
    work_off()
    for address in (here + "return/", here + "return/?whole=1", "/imports/templates/test.names/"):
        answer = client.get(address)
        assert answer["Content-Disposition"].startswith("attachment") and answer.getvalue()[:2] == b"PK"


def test_a_clerk_of_another_area_gets_nothing(client):
    here = upload(client, book(GOOD))["location"]
    work_off()
    other = signed_in("qian")
    for address in (here, here + "progress/", here + "return/", here + "take-back/"):
        assert other.get(address).status_code == 403
    for address in ("confirm/", "discard/", "take-back/"):
        assert other.post(here + address, {"_key": "k"}).status_code in (403, 422)
    assert "确认导入" in client.get(here).content.decode()
