"""At which sizes the sweeps over all pages run: the narrow one on every submission, both at night."""

from __future__ import annotations

import pytest

EACH_SIZE = ["phone", pytest.param("desktop", marks=pytest.mark.nightly)]
AT_NIGHT = [pytest.param(size, marks=pytest.mark.nightly) for size in ("phone", "desktop")]
"""For the deep pages of one domain; by day every page of every menu is looked at on a phone."""
