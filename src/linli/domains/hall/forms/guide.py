"""Looking for an item: residents by words, window and who they are; staff by level, too."""

from __future__ import annotations

from typing import Any

from django import forms

from linli.base.areas import Level
from linli.domains.hall.queries import catalogue
from linli.domains.hall.rules import Group
from linli.kernel.ui.forms import Filter, TidyField

COUNTERS = [(str(int(level)), level.zh) for level in (Level.COMMUNITY, Level.TOWN, Level.DISTRICT)]


class GuideSearch(Filter):
    """What a resident looks for."""

    words = TidyField(label="要办什么", max_length=40, help_text="如“残疾证”，也可以只打拼音首字母“cjz”。")
    group = forms.ChoiceField(label="您是", choices=Group.choices())
    window = forms.ChoiceField(label="窗口")

    def __init__(self, *args: Any, **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["window"].choices = [("", "全部"), *((one.key, one.zh) for one in catalogue().windows.values())]


class ItemSearch(GuideSearch):
    """What staff look for."""

    group = forms.ChoiceField(label="服务对象", choices=Group.choices())
    level = forms.ChoiceField(label="受理层级", choices=COUNTERS)
    spot = forms.BooleanField(label="当场办结")
    passed_down = forms.BooleanField(label="下放村居办理")
