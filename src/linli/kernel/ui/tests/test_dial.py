"""Telephone numbers that the public reads are called by a touch."""

from __future__ import annotations

import pytest

from linli.kernel.ui.templatetags.linli import dial


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("区残联 0632-7710110", ["06327710110"]), ("区行政投诉受理中心 0632-7710100、12345", ["06327710100", "12345"]),
        ("手机13806320001，急救120", ["13806320001", "120"]), ("向民政办（06327710110）反映", ["06327710110"]),
        ("400-810-1234", ["4008101234"]), ("编号370404199003071234", []), ("2010-12-20", []), ("满12345元的", []),
        ("", []), ("共120户", []), ("峄救〔2010〕000120号", []),
    ],
)
def test_numbers_are_linked_and_nothing_else_is(text, numbers):
    found = dial(text)
    assert [piece.split('"')[0] for piece in found.split('href="tel:')[1:]] == numbers


def test_what_stands_around_them_stays_text():
    assert dial("<b>0632-7710110</b>") == '&lt;b&gt;<a href="tel:06327710110">0632-7710110</a>&lt;/b&gt;'
