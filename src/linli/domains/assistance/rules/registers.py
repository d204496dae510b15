"""The words of the record books of assistance."""

from __future__ import annotations

from linli.base.named import Named


class Result(Named):
    """What an inspection at home found of a family that is helped."""

    FITS = "fits", "相符，继续救助"
    ADJUST = "adjust", "情况有变，应调整"
    STOP = "stop", "不再符合，应停发"
    UNCLEAR = "unclear", "资料不全，应补正"

    @property
    def doubtful(self) -> bool:
        """Whether the family has to be verified."""
        return self in (Result.ADJUST, Result.STOP)


class Care(Named):
    """How far a disabled person takes care of himself."""

    ABLE = "able", "能自理"
    PARTLY = "partly", "部分自理"
    UNABLE = "unable", "不能自理"


class Occasion(Named):
    """On which occasion leaflets were given out."""

    VISIT = "visit", "入户走访"
    CHECK = "check", "抽查核查"
    WINDOW = "window", "服务窗口"
    MARKET = "market", "集市、广场"


class Labour(Named):
    """The working ability of somebody who takes part in community service; who has none is not asked."""

    FULL = "full", "有劳动能力"
    PARTLY = "partly", "有部分劳动能力"


class Matched(Named):
    """What the register of another office says of somebody that may change the help of a family."""

    JOB = "job", "新就业或参加职工社保"
    BUSINESS = "business", "办理营业执照或投资办企业"
    VEHICLE = "vehicle", "名下有机动车"
    HOUSE = "house", "名下有房产或新购房"
    SAVINGS = "savings", "存款、证券、公积金较多"
    PENSION = "pension", "领取养老金或其他待遇"
    PRISON = "prison", "羁押、服刑"
    MOVED = "moved", "户籍迁出"
    DEAD = "dead", "已死亡或火化"
    OTHER = "other", "其他"
