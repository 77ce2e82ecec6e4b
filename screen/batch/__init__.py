"""Many photos: found in folders, screened in this process or in a pool, each a verdict or a failure, none lost."""

from screen.batch.discovery import Found, discover
from screen.batch.running import Runner, Task, runner_for
from screen.batch.screening import Screened, screen_batch, screen_path

__all__ = ["Found", "Runner", "Screened", "Task", "discover", "runner_for", "screen_batch", "screen_path"]
