"""What becomes public of a family that gets spending relief: name, people and amount. Emergencies are not posted."""

from __future__ import annotations

from datetime import date

from linli.base.days import Term
from linli.kernel.publicity.rules import LawfulField, NoticeKind, Show

_LAW = "国发〔2014〕47号（公示）；民发〔2018〕23号"
_FORMER = ((date(2014, 10, 3), "本地临时救助规定（公示）"), (date(2018, 1, 23), "国发〔2014〕47号（公示）"))
NOTICE = NoticeKind(
    key="relief.notice", zh="临时救助公示", title="{area}临时救助拟救助对象公示",
    lead="经申请和入户核实，下列家庭或个人拟给予临时救助，现予公示。公示期内有异议的，请在线提出，或到{office}反映。",
    law=_LAW, former=_FORMER,
    fields=(
        LawfulField("name", "申请人", Show.NAME, _LAW, _FORMER), LawfulField("people", "救助人数", Show.COUNT, _LAW, _FORMER),
        LawfulField("amount", "拟救助金额", Show.MONEY, _LAW, _FORMER),
    ),
    term=Term("calendar", 7), answer_within=Term("working", 15),
)  # fmt: skip
NOTICES = (NOTICE,)
