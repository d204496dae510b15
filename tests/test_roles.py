"""What the roles hold together: leaders see figures and no names; administrators see no business at all."""

from __future__ import annotations

import pytest

from linli.kernel.access.queries import rights_of
from linli.kernel.access.rules import Role

OF_A_LEADER = {
    "access.sign_in", "access.sign_out", "access.own_factor", "access.own_password",
    "access.keep_view", "registry.see_areas", "charity.see", "treatment.see", "coordination.see",
    "medical.funding", "figures.see", "figures.sign", "orders.see_rates",
    "complaints.see", "orders.supervise",  # what is overdue, with surnames at most, and the word that it be done
    "standards.see",  # values of the law, which are published
    "providers.see",  # firms, their prices and grades, which everybody may know
    "files.open", "files.store",  # each file asks for the permission of what it belongs to as well
}  # fmt: skip


def test_a_leader_sees_figures_and_progress_and_no_page_with_names():
    """A leader's screens are seen by others too: whoever gives leaders a further right shows here that it names nobody."""
    assert rights_of(Role.LEADER) == OF_A_LEADER


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN])
def test_the_three_administrators_see_no_business_data(role):
    mine = {key.split(".")[0] for key in rights_of(role)}
    assert mine <= {"access", "registry", "files", "intake"}
    assert {key for key in rights_of(role) if key.startswith("intake.")} <= {"intake.keep_clients"}
    assert {key for key in rights_of(role) if key.startswith("registry.")} <= {"registry.see_areas", "registry.change_areas"}
