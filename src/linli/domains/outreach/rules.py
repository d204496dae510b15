"""The words that the registers offer: codes and their Chinese names."""

from __future__ import annotations

CAUSES = (
    ("illness", "本人或家属大病"), ("disability", "本人或家属残疾"), ("study", "子女上学"), ("enterprise", "企业停产、欠薪"),
    ("accident", "意外灾祸"), ("other", "其他"),
)  # fmt: skip
HELPS = (
    ("living", "生活救助"), ("medical", "医疗救助"), ("study", "助学"), ("job", "职业介绍和培训"), ("law", "法律援助"),
    ("visit", "节日慰问"),
)  # fmt: skip
NEEDS = (
    ("train", "康复训练"), ("device", "辅助器具"), ("surgery", "康复手术"), ("drug", "精神病服药"), ("mind", "心理疏导"),
    ("care", "托养护理"),
)  # fmt: skip
SERVICES = (
    ("train", "康复训练"), ("guide", "入户指导"), ("device", "辅具适配"), ("screen", "筛查评估"), ("mind", "心理疏导"),
)  # fmt: skip
PROGRAMMES = (("hearing", "听力语言"), ("cerebral", "脑瘫"), ("mind", "智力"), ("autism", "孤独症"), ("limb", "肢体矫治"))
SESSIONS = (("lecture", "康复知识讲座"), ("training", "集中康复训练"))
CHECKED = (("low", "低收入农户"), ("dibao", "符合低保，转办低保"), ("above", "不属于低收入"))
GUARDED = (("kin", "亲属监护"), ("village", "村（居）委会监护"), ("civil", "民政部门监护"), ("none", "无人监护，须立即落实"))
PLACES = (("family", "亲属抚养"), ("foster", "家庭寄养"), ("institution", "福利机构"), ("adopted", "正在办理收养"))
INSURANCES = (("urban", "城市医疗保险"), ("rural", "新型农村合作医疗"), ("resident", "城乡居民医疗保险"))
PAYERS = (("dibao", "低保对象"), ("tekun", "五保对象"), ("veteran", "优抚对象"), ("disabled", "残疾人"))
"""For whom the office enrols: the kinds of status of the registry, so that each is checked there."""
