"""By which comparisons the office finds disabled persons who have a right and do not draw it, or draw it no more by right."""

from __future__ import annotations

from linli.kernel.findings.rules import Search, Side

GROUP = "disability"
_QUERIES = "linli.domains.disability.queries.found"
_APPLY = ("disability:apply_for", "受理补贴申请", "disability.apply")
_LOOK = ("disability:claim_of", "查看补贴，办理终止", "disability.read")


def _search(key: str, zh: str, side: Side, words: str, act: tuple[str, str, str]) -> Search:
    return Search(f"{GROUP}.{key}", zh, side, GROUP, words, f"{_QUERIES}.{key}", "disability.read", "disability.apply", act)


SEARCHES = (
    _search(
        "undrawn", "残疾人符合条件未领两项补贴", Side.MISSED,
        "登记的残疾类别和等级、低保和低保边缘身份，按本月规定计算，与补贴对象和在办申请比对", _APPLY,
    ),
    _search("dead", "补贴对象已登记死亡", Side.PAST, "正在享受补贴的人，居民登记中已死亡", _LOOK),
    _search(
        "nothing_left", "按本月规定两项补贴均为零", Side.PAST, "补贴对象的残疾、家庭身份按本月规定计算，两项都不再发给", _LOOK,
    ),
)  # fmt: skip
