"""Pages of figures, the overview and reports."""

from linli.kernel.figures.views.figures import catalogue, dashboard, figure_page, rows_page
from linli.kernel.figures.views.reports import download, edit, new, report_page, reports, sign, withdraw
from linli.kernel.figures.views.shares import share_page
from linli.kernel.figures.views.targets import target
from linli.kernel.figures.views.watch import watch_page

__all__ = [
    "catalogue",
    "dashboard",
    "download",
    "edit",
    "figure_page",
    "new",
    "report_page",
    "reports",
    "rows_page",
    "share_page",
    "sign",
    "target",
    "watch_page",
    "withdraw",
]
