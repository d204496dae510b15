"""Forms of payment orders, batches, mending and recovery."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from linli.kernel.ledgers.queries import layouts, purposes
from linli.kernel.ledgers.rules import BatchState, Channel, OrderState
from linli.kernel.ui.forms import Filter, Form, MoneyField, TidyField

LARGEST = 20 * 1024 * 1024
"""Bytes of a return file: about 100,000 lines."""


class PayFrom(Form):
    """From which fund is paid. None is proposed: who only presses would pay from the first, which is somebody's gift."""

    fund = forms.TypedChoiceField(label="资金", coerce=int)

    def __init__(self, *args: Any, funds: Iterable[Any], **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["fund"].choices = [("", "请选择"), *((str(one.pk), f"{one.code} {one.name}") for one in funds)]


class OrderSearch(Filter):
    words = TidyField(label="收款人或业务编号")
    state = forms.ChoiceField(label="状态", choices=OrderState.choices())
    purpose = forms.ChoiceField(label="用途")
    sent_back = forms.ChoiceField(label="曾被银行退回", choices=[("yes", "是"), ("no", "否")])

    def __init__(self, *args: Any, **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["purpose"].choices = [("", "全部"), *((one.key, one.name) for one in purposes())]


class BatchSearch(Filter):
    words = TidyField(label="批次号或项目")
    state = forms.ChoiceField(label="状态", choices=BatchState.choices())
    channel = forms.ChoiceField(label="发放方式", choices=Channel.choices())


class LineSearch(Filter):
    words = TidyField(label="收款人")
    result = forms.ChoiceField(
        label="结果", choices=[("open", "待回盘"), ("paid", "已付"), ("failed", "退票"), ("discarded", "已作废")]
    )


class NewBatch(Form):
    number = TidyField(label="批次号", max_length=30)
    item = TidyField(label="项目", max_length=60, help_text="写入银行附言，如 情暖万家")
    channel = forms.ChoiceField(label="发放方式", choices=Channel.choices())
    layout = forms.ChoiceField(label="银行文件格式", required=False, help_text="现金发放、对公转账不用选")

    def __init__(self, *args: Any, **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["layout"].choices = layouts()


class CheckBatch(Form):
    count = forms.IntegerField(label="核对笔数", min_value=1, help_text="按审批名单填写，不要照抄批次")
    amount = MoneyField(label="核对金额", least=1)


class ReturnUpload(Form):
    file = forms.FileField(label="回盘文件", help_text="银行返回的文件，最大 20 MB；同一文件重复上传不会重复入账")

    def clean_file(self) -> Any:
        sent = self.cleaned_data["file"]
        if sent.size > LARGEST:
            raise ValidationError("回盘文件超过 20 MB，请核对是否选错文件，或请银行分批提供。")
        return sent


class Signed(Form):
    proof = TidyField(label="签收凭据", max_length=100, help_text="如 签领表第1至3页；对公转账填写转账凭证号")


class Mend(Form):
    account = forms.ChoiceField(label="改为", widget=forms.RadioSelect)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **words: Any) -> None:
        super().__init__(*args, **words)
        self.fields["account"].choices = choices


class PayBack(Form):
    amount = MoneyField(label="到账金额", least=1)
    reference = TidyField(label="银行流水号", max_length=60)
    channel = forms.ChoiceField(label="收款方式", choices=[("bank", "银行存款"), ("cash", "现金")])
