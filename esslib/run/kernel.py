"""The kernel in which the runner executes a notebook; it ends with the runner, however that ends.

ipykernel's own watch begins late in its start, and trusts that orphans are adopted by process 1,
which they are not under systemd or in many containers.
"""

from __future__ import annotations

import gc
import os
import shutil
import sys
import threading
import time
from pathlib import Path

POLL_SECONDS = 0.5
UNCOLLECTED = 50_000  # objects; looking for garbage more often takes a tenth of the imports' time


def main() -> None:
    """Start the kernel; after ``-f`` comes its connection file, in a folder of its own."""
    gc.set_threshold(UNCOLLECTED)
    if sys.path[0] == os.getcwd():  # ipykernel adds it when its own imports are done
        del sys.path[0]
    if sys.platform != "win32":
        runner = int(os.environ["JPY_PARENT_PID"])
        # ipykernel's own watch would end the kernel before all is cleared away; of process 1 there
        # is none, and a kernel that has a parent does not print how to connect to it.
        os.environ["JPY_PARENT_PID"] = "1"
        threading.Thread(target=_end_with, args=[runner], daemon=True).start()
    from ipykernel.kernelapp import launch_new_instance

    launch_new_instance()


def _end_with(runner: int) -> None:
    """End when the runner has ended, and clear away the sockets, which it can do no more."""
    while os.getppid() == runner:
        time.sleep(POLL_SECONDS)
    connection = Path(sys.argv[sys.argv.index("-f") + 1])
    shutil.rmtree(connection.parent, ignore_errors=True)
    os._exit(1)


if __name__ == "__main__":
    main()
