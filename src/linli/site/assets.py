"""Copy the few files that pages need out of the installed npm packages: an allow-list, never whole folders."""

from __future__ import annotations

import shutil
from pathlib import Path

from linli.gateways import postgres

CHECKOUT = Path(__file__).resolve().parents[3]
VENDOR = Path(__file__).parent / "static" / "vendor"
FILES = {
    "bootstrap/dist/css/bootstrap.min.css": "bootstrap.min.css",
    "bootstrap/dist/css/bootstrap.min.css.map": "bootstrap.min.css.map",
    "bootstrap/dist/js/bootstrap.bundle.min.js": "bootstrap.bundle.min.js",
    "bootstrap/dist/js/bootstrap.bundle.min.js.map": "bootstrap.bundle.min.js.map",
    "echarts/dist/echarts.min.js": "echarts.min.js",
}
FONTS = ("400Regular/NotoSerifSC_400Regular.ttf", "700Bold/NotoSerifSC_700Bold.ttf")


def copy_assets() -> None:
    """Page files beside our static files; fonts for PDF into the home folder."""
    modules = CHECKOUT / "node_modules"
    VENDOR.mkdir(parents=True, exist_ok=True)
    for source, name in FILES.items():
        _copy(modules / source, VENDOR / name)
    (postgres.home(CHECKOUT) / "static").mkdir(parents=True, exist_ok=True)
    fonts = postgres.home(CHECKOUT) / "fonts"
    fonts.mkdir(parents=True, exist_ok=True)
    for font in FONTS:
        _copy(modules / "@expo-google-fonts" / "noto-serif-sc" / font, fonts / Path(font).name)


def _copy(source: Path, target: Path) -> None:
    if not target.exists() or target.stat().st_size != source.stat().st_size:
        shutil.copyfile(source, target)


if __name__ == "__main__":
    copy_assets()
