"""Work for those who seek it: what became of an introduction is told by whoever made it."""

from __future__ import annotations

import pytest

from linli.domains.hotline import actions
from linli.domains.hotline.rules import Placing
from linli.domains.hotline.samples import make_vacancy, make_wish
from linli.kernel.access.rules import Forbidden, Role
from linli.kernel.access.samples import make_staff
from linli.kernel.orders.samples import COMMUNITY, DAY
from linli.kernel.registry.actions import register_organisation
from linli.kernel.registry.samples import make_person


def test_a_colleague_of_the_same_community_does_not_enter_the_result(centre):
    firm = register_organisation(by=centre.worker, on=DAY, name="和顺物业", kind="company", area=COMMUNITY)
    vacancy = make_vacancy(centre.worker, firm.pk, DAY)
    wish = make_wish(centre.worker, make_person(centre.worker, DAY, "戚求职").pk, DAY)
    made = actions.introduce(by=centre.worker, on=DAY, wish=wish, vacancy=vacancy.pk)
    beside = make_staff("lu", "鲁社工", Role.COMMUNITY_WORKER, COMMUNITY)
    words = {"on": DAY, "introduction": made, "result": Placing.PLACED, "result_on": DAY}
    with pytest.raises(Forbidden, match="介绍人本人"):
        actions.enter_result(by=beside, **words)
    assert actions.enter_result(by=centre.worker, **words).result == Placing.PLACED.value
