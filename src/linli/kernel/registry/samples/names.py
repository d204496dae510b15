"""Surnames and given names of made-up people, roughly as often as they are in North China (orders, not counts)."""

from __future__ import annotations

import random

SURNAMES = (
    ("王李张刘陈", 60), ("杨赵黄周吴徐孙马朱胡", 22),
    ("郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程苏魏吕丁任沈姚卢姜崔", 9),
    ("钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤", 3),
    ("单仇区查解盖朴尉缪乜逄綦", 1),
)  # fmt: skip
COMPOUND = ("欧阳", "上官", "诸葛", "司马", "皇甫", "尉迟")
RARE = "䶮㛃𠮷喆翀玥珺祎犇堃甯龑䴉㻛𬭎"
OLD_MEN = "国建军志明德福贵成义忠学文武树林山海清泉士振兴永长春玉宝金庆"
OLD_WOMEN = "秀英桂兰玉珍凤莲淑芳翠花素梅香云美霞荣华爱菊春芝"
MEN = "伟强磊洋勇军杰涛超明刚鹏辉斌波亮龙飞宇浩俊毅峰帅凯健博旭"
WOMEN = "芳娜敏静丽艳娟霞平红燕玲洁莉颖慧婷雪琳丹萍欣倩蕾璐莹晶"
BOYS = "浩然子轩宇泽博文俊熙嘉豪梓睿晨铭皓逸辰天佑一诺奕"
GIRLS = "梓涵欣怡诗琪雨桐可馨思雅语嫣佳若萱悦彤依诺紫梦瑶"
_ERAS = ((1965, OLD_MEN, OLD_WOMEN), (1995, MEN, WOMEN), (9999, BOYS, GIRLS))


class Namer:
    """Draws names from one random source."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        letters = [(letter, weight) for group, weight in SURNAMES for letter in group]
        self._surnames = [letter for letter, _ in letters]
        self._weights = [weight for _, weight in letters]
        self._drawn: list[str] = []

    def surname(self) -> str:
        """A surname; one in two thousand is a compound one."""
        if not self._drawn:
            self._drawn = self.rng.choices(self._surnames, self._weights, k=4096)
        return self.rng.choice(COMPOUND) if self.rng.random() < 0.0005 else self._drawn.pop()

    def given(self, male: bool, year: int) -> str:
        """A given name as parents chose in that year; three in a thousand hold a rare character."""
        draw = self.rng.random
        men, women = next((men, women) for until, men, women in _ERAS if year < until)
        letters = men if male else women
        name = letters[int(draw() * len(letters))]
        if draw() < (0.75 if year < 1990 else 0.85):
            name += letters[int(draw() * len(letters))]
        if draw() < 0.003:
            name = name[:-1] + RARE[int(draw() * len(RARE))]
        return name
