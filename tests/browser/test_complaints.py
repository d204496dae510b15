"""Complaints in a browser: every page, also those for residents, is accessible and fits."""

from __future__ import annotations

from typing import Any

import pytest

from linli.base.areas import WHOLE
from linli.domains.charity.samples import make_office
from linli.domains.complaints import actions
from linli.domains.complaints.models import Answer, Remedy
from linli.domains.complaints.queries import matter, open_matters
from linli.domains.complaints.rules import LetterKind
from linli.domains.complaints.samples import DAY, make_complaint_files
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Role
from linli.kernel.access.samples import DISTRICT, make_staff
from tests.browser.sizes import AT_NIGHT

PAGES = {
    "public": ("", "/complaints/public/"),
    "public-answer": ("", "/complaints/public/{up}/"),
    "public-write": ("", "/complaints/public/write/"),
    "public-received": ("", "/complaints/public/received/{receipt}/"),
    "public-progress": ("", "/complaints/public/progress/"),
    "list": ("qin", "/complaints/"),
    "take": ("wang", "/complaints/new/"),
    "complaint": ("zhao", "/complaints/{shown}/"),
    "petition": ("wang", "/complaints/{petition}/"),
    "accused": ("wang", "/complaints/{fresh}/accused/"),
    "accept": ("zhao", "/complaints/{fresh}/accept/"),
    "refuse": ("zhao", "/complaints/{fresh}/refuse/"),
    "paper": ("zhao", "/complaints/{petition}/paper/"),
    "remedy": ("wang", "/complaints/remedies/{remedy}/"),
    "ask-remedy": ("wang", "/complaints/{petition}/remedy/"),
    "write": ("zhao", "/complaints/{shown}/answer/"),
    "answers": ("wang", "/complaints/answers/"),
    "answer": ("wang", "/complaints/answers/{draft}/"),
    "down": ("wang", "/complaints/answers/{up}/down/"),
    "letters": ("wang", "/complaints/letters/"),
    "letter": ("wang", "/complaints/letters/{receipt}/"),
    "aside": ("wang", "/complaints/letters/{receipt}/aside/"),
    "receptions": ("li", "/complaints/receptions/"),
    "pass": ("li", "/complaints/matters/{matter}/order/"),
}


@pytest.fixture
def work(site: str, settings: Any) -> dict[str, Any]:
    """A town with complaints, petitions, a reception and a letter at their steps."""
    settings.BUSINESS_DAY = DAY.isoformat()
    office = make_office()
    make_staff("qin", "秦领导", Role.LEADER, DISTRICT)
    shown, _, _, petition, fresh = make_complaint_files(office, 1)
    content = {"unit": "和顺社区", "staff": "", "text": "开一张证明跑了三趟，每次都说缺材料。", "name": "", "phone": ""}
    receipt = actions.send_letter(
        on=DAY, key="k", body="b", address="10.0.0.9", kind=LetterKind.COMPLAINT, centre=False, content=content
    )
    with scoped(WHOLE):
        up, draft = (Answer.objects.get(state=state).pk for state in ("up", "draft"))
        remedy = Remedy.objects.get().pk
    with scoped(office.worker):
        waiting = matter(open_matters().first().pk, office.worker).pk
    return {
        "shown": shown.pk, "petition": petition.pk, "fresh": fresh.pk, "receipt": receipt, "up": up, "draft": draft,
        "remedy": remedy, "matter": waiting,
    }  # fmt: skip


@pytest.mark.parametrize("size", AT_NIGHT)
def test_every_page_of_complaints_is_accessible_and_fits(visit: Any, work: dict[str, Any], size: str) -> None:
    wrong = []
    for name, (username, path) in PAGES.items():
        seen = visit(username, size=size)
        answer = seen.go(path.format(**work))
        assert answer.status == 200, f"{name}: {answer.status}"
        seen.settle()
        seen.picture(f"complaints-{name}-{size}")
        wrong += [f"{name}: {fault}" for fault in [*seen.faults(), *seen.said]]
        if seen.too_wide():
            wrong.append(f"{name}: {seen.too_wide()} pixels too wide")
    assert not wrong, "\n".join(wrong)
