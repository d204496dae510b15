"""Every list can be taken along as a file, and the trail says who took it, what for and how many rows."""

from __future__ import annotations

import io
import re

import openpyxl
from lxml import html

from linli.base.areas import WHOLE
from linli.domains.charity.samples import DAY
from linli.kernel.access.actions import scoped
from linli.kernel.access.queries import audit_trail
from linli.kernel.registry.queries import people_list
from tests.test_doors import signed_in
from tests.test_lists_cost import STAFF, lists

OFFER = "导出当前筛选"
FEWEST = 40
FEW = 10
IN_FULL = re.compile("/people/$|/ledgers/")


def lines_of(purpose: str) -> list[int]:
    with scoped(WHOLE):
        return [int(line.facts.get("rows", line.facts.get("exported"))) for line in audit_trail() if line.purpose == purpose]


def test_every_list_goes_out_as_a_file_with_its_purpose_in_the_trail(world):
    taken = {"/design/"}  # shows every component and does nothing
    for username in STAFF:
        client = signed_in(username)
        for address in (one for one in lists() if one not in taken):
            seen = client.get(address)
            if seen.status_code != 200 or OFFER not in seen.content.decode():
                continue
            taken.add(address)
            purpose = f"核对{len(taken)}"
            file = client.post(f"{address}?export=1", {"purpose": purpose})
            assert file.status_code == 200 and "spreadsheet" in file["Content-Type"], address
            sheet = openpyxl.load_workbook(io.BytesIO(file.content), read_only=True).worksheets[0]
            assert list(sheet.iter_rows(values_only=True)), address
            assert len(lines_of(purpose)) == 1 and lines_of(purpose)[0] > 0, address
    assert len(taken) > FEWEST, taken


def test_a_list_without_a_purpose_stays_where_it_is_and_leaves_no_line(world):
    client = signed_in("zhao")
    with scoped(WHOLE):
        before = audit_trail(verb="access.export").count()
    refused = client.post("/cases/tasks/?export=1", {"purpose": " "})
    assert refused.status_code == 422 and "请填写用途" in refused.content.decode()
    with scoped(WHOLE):
        assert audit_trail(verb="access.export").count() == before


def test_the_trail_calls_it_by_its_chinese_name_and_finds_it_by_that(world):
    signed_in("zhao").post("/cases/tasks/?export=1", {"purpose": "周会材料"})
    page = signed_in("wei").get("/audit/?verb=access.export").content.decode()
    assert "导出清单" in page and "周会材料" in page


def test_the_district_reads_no_name_of_a_family_in_need_in_any_list(world):
    """The registry's own list and those of finance name everybody: docs/security.md, Names in lists."""
    with scoped(world[0].worker):
        names = {one.name for one in people_list(on=DAY)}
    names |= {f"{name}户" for name in names}
    told = set()
    for username in ("wang", "shen"):
        client = signed_in(username)
        for address in lists():
            if IN_FULL.match(address) or (page := client.get(address)).status_code != 200:
                continue
            cells = {cell.text_content().strip() for cell in html.fromstring(page.content).iter("td")}
            told |= {(address, name) for name in cells & names}
    assert len(names) > FEW and not told, told
