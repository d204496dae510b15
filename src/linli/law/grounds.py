"""The grounds of a decision: one bit each, with its words and the field or article of the law that it rests on."""

from __future__ import annotations

from enum import IntEnum

from linli.law.words import Words


class Ground(IntEnum):
    """Bits of `Judged.reasons`. Their values are stored with decisions and never change."""

    BELOW_LINE = 1 << 0
    NOBODY_COUNTS = 1 << 1
    INCOME_NOT_BELOW = 1 << 2
    MONEY_OVER = 1 << 3
    VEHICLE_OVER = 1 << 4
    MACHINE_OVER = 1 << 5
    HOUSE_OVER = 1 << 6
    BUSINESS_OVER = 1 << 7
    WHOLE_FAMILY = 1 << 8
    ALONE = 1 << 9
    ALONE_UNKNOWN = 1 << 10
    ALONE_NOT_FIT = 1 << 11
    ALONE_NOT_EDGE = 1 << 12
    ALONE_INCOME = 1 << 13
    TAPER = 1 << 14
    TAPER_OVER = 1 << 15
    AS_EDGE = 1 << 16
    ABOVE_EDGE = 1 << 17
    MONEY_OVER_EDGE = 1 << 18
    AS_RIGID = 1 << 19
    ABOVE_AVERAGE = 1 << 20
    SPENDING_SMALL = 1 << 21
    MONEY_OVER_RIGID = 1 << 22
    REFUSED_WORK = 1 << 23
    CATEGORY = 1 << 24
    LEFT_OUT = 1 << 25
    EXEMPTED = 1 << 26
    DEDUCTED = 1 << 27
    CLASS_A = 1 << 28
    CLASS_B = 1 << 29


WORDS: dict[Ground, Words] = {
    Ground.BELOW_LINE: Words("below_line", "家庭人均月收入低于最低生活保障标准，财产符合规定", "article.income"),
    Ground.NOBODY_COUNTS: Words("nobody_counts", "没有可以计入的共同生活家庭成员", "article.family"),
    Ground.INCOME_NOT_BELOW: Words("income_not_below", "家庭人均月收入不低于最低生活保障标准", "article.income"),
    Ground.MONEY_OVER: Words("money_over", "存款等金融资产超过最低生活保障的限额", "article.property"),
    Ground.VEHICLE_OVER: Words("vehicle_over", "家庭拥有的机动车辆超过规定", "article.property"),
    Ground.MACHINE_OVER: Words("machine_over", "家庭拥有的大型农机、船舶超过规定", "article.property"),
    Ground.HOUSE_OVER: Words("house_over", "家庭拥有的住房超过规定", "article.property"),
    Ground.BUSINESS_OVER: Words("business_over", "家庭拥有的商铺或企业出资超过规定", "article.property"),
    Ground.WHOLE_FAMILY: Words("whole_family", "全家符合条件，按全家纳入，不只保其中一人", "article.whole_family"),
    Ground.ALONE: Words("alone", "重度残疾或重病，按单人户纳入最低生活保障", "article.alone"),
    Ground.ALONE_UNKNOWN: Words("alone_unknown", "当时没有单人户纳入的规定", "article.alone"),
    Ground.ALONE_NOT_FIT: Words("alone_not_fit", "申请单人户的人不是规定的重度残疾人或重病患者", "article.alone"),
    Ground.ALONE_NOT_EDGE: Words("alone_not_edge", "申请单人户的人所在家庭不符合低保边缘条件", "article.alone"),
    Ground.ALONE_INCOME: Words("alone_income", "申请单人户的人本人月收入不低于最低生活保障标准", "article.income"),
    Ground.TAPER: Words("taper", "就业使收入超过标准，在渐退期内继续发给", "article.taper"),
    Ground.TAPER_OVER: Words("taper_over", "就业后的渐退期已满", "article.taper"),
    Ground.AS_EDGE: Words("as_edge", "家庭人均月收入低于低保边缘线，财产符合规定，认定为低保边缘家庭", "article.edge"),
    Ground.ABOVE_EDGE: Words("above_edge", "家庭人均月收入不低于低保边缘线", "article.edge"),
    Ground.MONEY_OVER_EDGE: Words("money_over_edge", "存款等金融资产超过低保边缘家庭的限额", "article.edge"),
    Ground.AS_RIGID: Words("as_rigid", "必需支出占收入的比例超过规定，认定为刚性支出困难家庭", "article.rigid"),
    Ground.ABOVE_AVERAGE: Words("above_average", "家庭人均年收入不低于当地上年度人均可支配收入", "article.rigid"),
    Ground.SPENDING_SMALL: Words("spending_small", "必需支出占收入的比例没有超过规定", "article.rigid"),
    Ground.MONEY_OVER_RIGID: Words("money_over_rigid", "存款等金融资产超过刚性支出困难家庭的限额", "article.rigid"),
    Ground.REFUSED_WORK: Words("refused_work", "连续无正当理由拒绝就业，不计发本人的一份，其他成员不受影响", "article.refusals"),
    Ground.CATEGORY: Words("category", "有老年人、未成年人、残疾人或重病患者，增发分类救助金", "article.category"),
    Ground.LEFT_OUT: Words("left_out", "有人员按规定不计入共同生活的家庭成员", "article.family"),
    Ground.EXEMPTED: Words("exempted", "有收入按规定不计入或只计入一部分", "article.exempt"),
    Ground.DEDUCTED: Words("deducted", "税费、赡养抚养支出等按规定从收入中扣减", "article.exempt"),
    Ground.CLASS_A: Words("class_a", "没有劳动能力的家庭（A类），按年复核", "article.recheck"),
    Ground.CLASS_B: Words("class_b", "有劳动能力或收入不稳定的家庭（B类），按半年复核", "article.recheck"),
}
