"""The files that pages need: copied out of the npm packages by an allow-list, and collected for serving."""

from __future__ import annotations

import hashlib
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


def collect_static() -> bool:
    """Collect all static files for serving, with hashed names, when any of them changed; whether it was needed."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in sorted(finder.list(None), key=lambda item: item[0]):
            state = Path(storage.path(path)).stat()
            digest.update(f"{path} {state.st_size} {state.st_mtime_ns}\n".encode())
    stamp = settings.STATIC_ROOT / ".stamp"
    if stamp.exists() and stamp.read_text() == digest.hexdigest():
        return False
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(digest.hexdigest())
    return True


if __name__ == "__main__":
    copy_assets()
