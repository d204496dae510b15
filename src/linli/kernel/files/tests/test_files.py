"""Files are kept sealed, and opened only by whom they concern."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from django.conf import settings
from django.test import Client

from linli.base.areas import WHOLE
from linli.gateways.spreadsheets import Sheet, table_bytes
from linli.kernel.access.actions import scoped
from linli.kernel.access.models import AuditLine
from linli.kernel.access.rules import Forbidden, Refused, Role
from linli.kernel.access.samples import make_founders, make_staff
from linli.kernel.files.queries import files_of, open_file, store
from linli.kernel.files.rules import TABLES, FileKind, clean_file_name, sniff
from linli.kernel.files.samples import PDF, make_file

DAY = date(2010, 12, 1)
XLSX = table_bytes(Sheet("名单", ["姓名"], [["李明"]]))
PNG = b"\x89PNG\r\n\x1a\n....IEND\xaeB`\x82"


def archive(part: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        made.writestr(part, "x")
    return stream.getvalue()


@pytest.fixture
def founders(db):
    return make_founders()


@pytest.fixture
def worker(founders):
    return make_staff(founders=founders)


def test_a_file_comes_back_whole_and_the_look_is_traced(worker):
    kept = make_file(worker, owner_kind="charity.application", owner_id=7)
    with scoped(worker):
        found, content = open_file(by=worker, file_id=kept.pk, purpose="核对材料")
        line = AuditLine.objects.get(verb="files.open")
        assert list(files_of("charity.application", 7)) == [kept]
    assert (content, found.kind, found.area) == (PDF, "pdf", worker.area)
    assert (line.outcome, line.kind, line.subject, line.purpose) == ("seen", "charity.application", "7", "核对材料")


def test_on_disk_nothing_can_be_read(worker):
    kept = make_file(worker, name="名单.csv", content="姓名\n李明明\n".encode())
    raw = store().get(kept.key)
    assert "李明明".encode() not in raw
    assert settings.KEYRING.open_bytes(raw, "files.content" + kept.key).decode() == "姓名\n李明明\n"


def test_a_worker_of_another_area_does_not_find_the_file(worker, founders):
    kept = make_file(worker)
    other = make_staff("qian", "钱社工", area="370404002001", founders=founders)
    with scoped(other), pytest.raises(Forbidden, match="没有这个文件，或它不在本辖区内"):
        open_file(by=other, file_id=kept.pk)
    with scoped(WHOLE):
        assert not AuditLine.objects.filter(verb="files.open").exists()


def test_a_post_without_the_needed_right_does_not_open_it(worker):
    kept = make_file(worker, need="access.read_audit")
    with scoped(worker), pytest.raises(Forbidden, match="社区工作者岗位不能打开"):
        open_file(by=worker, file_id=kept.pk)


def test_a_file_needs_a_declared_right(worker):
    with pytest.raises(LookupError):
        make_file(worker, need="nobody.knows")


def test_nobody_stores_into_another_area(worker):
    with pytest.raises(Refused, match="不在本辖区内"):
        make_file(worker, area="370404002001")


def test_a_page_hands_it_out_as_an_attachment_that_is_never_run(worker, founders):
    kept = make_file(worker, name="低保申请 “李”.pdf")
    client = Client(HTTP_HOST="127.0.0.1")
    assert client.get(f"/files/{kept.pk}/").status_code == 302
    client.force_login(worker_account("li"), backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(f"/files/{kept.pk}/")
    assert answer.getvalue() == PDF
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert answer["X-Content-Type-Options"] == "nosniff" and "sandbox" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "no-store"
    make_staff("qian", "钱社工", area="370404002001", founders=founders)
    client.force_login(worker_account("qian"), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(f"/files/{kept.pk}/").status_code == 403


def worker_account(username):
    from linli.kernel.access.models import Staff

    return Staff.objects.get(username=username)


def test_an_administrator_opens_no_files(founders):
    assert not founders[0].may("files.open") and not founders[0].may("files.store")
    assert founders[0].role == Role.SYSTEM_ADMIN


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [("a.PDF", PDF, "pdf"), ("b.xlsx", XLSX, "xlsx"), ("c.csv", "姓名\n䶮".encode("gb18030"), "csv"), ("d.png", PNG, "png"),
     ("e.jpeg", b"\xff\xd8\xff\xe0abc\xff\xd9", "jpg"), ("f.docx", archive("word/document.xml"), "docx")],
)  # fmt: skip
def test_kinds_are_told_by_content(name, content, kind):
    assert sniff(name, content) == FileKind(kind)


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.pdf", b"", "空的"),
        ("a.pdf", b"<html>", "内容却不是PDF"),
        ("a.exe", b"MZ", "只能上传"),
        ("a", PDF, "只能上传"),
        ("a.svg", b"<svg/>", "只能上传"),
        ("a.xlsm", XLSX, "只能上传"),
        ("a.xlsx", archive("evil.txt"), "内容却不是Excel"),
        ("a.xlsx", b"PK\x03\x04broken", "内容却不是Excel"),
        ("a.csv", b"<html><script>", "内容却不是CSV"),
        ("a.csv", XLSX, "内容却不是CSV"),
        ("a.jpg", b"\xff\xd8\xff\xe0abc\xff\xd9" + archive("a"), "内容却不是照片"),
        ("a.png", PNG + archive("a"), "内容却不是图片"),
        ("a.pdf", b"%PDF-1.4 /OpenAction<</S/JavaScript/JS(app.alert(1))>> %%EOF", "脚本"),
        ("a.pdf", b"%PDF-" + b"x" * 21 * 1024 * 1024, "超过 20 MB"),
    ],
)
def test_what_is_not_what_it_says_is_refused_with_a_sentence(name, content, why):
    with pytest.raises(Refused, match=why):
        sniff(name, content)


def test_only_the_kinds_of_the_place_are_taken():
    with pytest.raises(Refused, match=r"只能上传 \.csv、\.xlsx 文件"):
        sniff("a.pdf", PDF, TABLES)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [("../../etc/passwd", "passwd"), ("C:\\人员\\名单.xlsx", "名单.xlsx"), ("名单\u202exslx.exe", "名单xslx.exe"),
     ("", "文件"), ("a\r\nb.pdf", "ab.pdf"), ("龘" * 300 + ".xlsx", "龘" * 115 + ".xlsx")],
)  # fmt: skip
def test_names_lose_folders_and_tricks_and_keep_their_suffix(sent, kept):
    assert clean_file_name(sent) == kept
