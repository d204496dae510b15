"""At which sizes the sweeps over all pages run: the narrow one on every submission, both at night."""

from __future__ import annotations

import pytest

EACH_SIZE = ["phone", pytest.param("desktop", marks=pytest.mark.nightly)]
