"""What the packages let a district set: known programmes, periods that the law has, values that the law can hold."""

from __future__ import annotations

from datetime import date

import pytest

from linli.base.dated import NoValue
from linli.kernel.entitlements.queries import programmes
from linli.kernel.standards.queries import base_of, groups, keys, told

DAYS = (date(2010, 12, 20), date(2026, 1, 1))


@pytest.mark.parametrize("name", keys())
def test_a_standard_names_what_exists(name):
    key, group = keys()[name]
    assert set(key.programmes) <= set(programmes())
    law = base_of(group)
    assert {value.unit for value in law.history(name)} <= {key.unit}, "it is read as the law holds it"
    for value in law.history(name):
        assert told(key, value)
        assert key.read(key.typed(str(value.value))) == value.value, "no bound forbids what the law itself has"
    for day in DAYS if key.period else ():
        assert law.on(key.period, day, "370404001001").count in (1, 12)


def test_what_the_demo_district_lacks_is_a_known_key():
    """A refusal that names a missing standard leads to a page on which it can be entered."""
    lacking = {name for name, (_, group) in keys().items() if not base_of(group).history(name)}
    assert lacking == {
        "disabled.care.level3", "disabled.care.level4", "disabled.care_mental.level1", "disabled.care_mental.level2",
        "disabled.care_mental.level4",  # levels to which a place may extend a subsidy; the wider key stands for them
        "payment.within", "procedure.tekun.pay_by",  # no law names a day for single payments, and for 特困
    }
    for name in lacking:
        with pytest.raises(NoValue):
            base_of(keys()[name][1]).on(name, DAYS[1], "370404001001")
    assert len(groups()) >= 8
    assert (groups()[0].zh, groups()[-1].zh) == ("低保和特困标准", "单笔付款"), "a new sheet opens with the first"
