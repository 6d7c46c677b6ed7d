"""Break the disk under SQLite: loss of power, failing calls, processes killed.

For tests only. `surviving` cuts the power, `sweep` lets calls fail, `hunt` kills processes; `Disk` is the disk in memory they use.
"""

from .crash import MANNERS, SECTOR, Moment, crash_states
from .events import Created, Cut, FolderSynced, Removed, Synced, Written
from .faults import CALLS, Fault, Faults
from .killed import Killed, hunt
from .power import Tried, surviving
from .sweeping import BROKEN, Swept, every_fault, sweep
from .trial import Check, Connect, Lost, Workload
from .vfs import Disk

__all__ = [
    "BROKEN",
    "CALLS",
    "MANNERS",
    "SECTOR",
    "Check",
    "Connect",
    "Created",
    "Cut",
    "Disk",
    "Fault",
    "Faults",
    "FolderSynced",
    "Killed",
    "Lost",
    "Moment",
    "Removed",
    "Swept",
    "Synced",
    "Tried",
    "Workload",
    "Written",
    "crash_states",
    "every_fault",
    "hunt",
    "surviving",
    "sweep",
]
