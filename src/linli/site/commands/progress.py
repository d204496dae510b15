"""How far a long command is: a moving display on a terminal, plain lines elsewhere."""

from __future__ import annotations

import time
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskProgressColumn, TextColumn, TimeElapsedColumn


class Steps:
    """Steps one after another; each ends when the next begins. Used as a context manager."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.live = console.is_terminal
        self.name, self.since = "", 0.0
        columns = (
            SpinnerColumn(finished_text="✓"), TextColumn("{task.description}"), BarColumn(24), TaskProgressColumn(),
            TimeElapsedColumn(),
        )  # fmt: skip
        self.bars = Progress(*columns, console=console, disable=not self.live)
        self.bar = None

    def __enter__(self) -> Steps:
        self.bars.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None) -> None:
        if fault is None:
            self._end()
        self.bars.stop()

    def begin(self, name: str) -> None:
        """The next step begins."""
        self._end()
        self.name, self.since = name, time.monotonic()
        self.bar = self.bars.add_task(name, total=None)

    def tell(self, words: str, done: int, total: int) -> None:
        """The present step is so far."""
        if self.bar is not None:
            self.bars.update(self.bar, description=f"{self.name}：{words}", completed=done, total=total or None)

    def _end(self) -> None:
        if self.bar is None:
            return
        self.bars.update(self.bar, description=self.name, total=1, completed=1)
        if not self.live:
            self.console.print(f"  {self.name}  {time.monotonic() - self.since:.1f} 秒", highlight=False)
        self.bar = None
