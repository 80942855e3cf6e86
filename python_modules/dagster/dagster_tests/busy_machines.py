"""How long to wait for something that is promised within a time, on a machine that others keep busy."""

import os

_AT_MOST = 20.0


def fair(seconds: float) -> float:
    """The seconds that something may take which takes `seconds` at most where nobody else wants the processors."""
    waiting = os.getloadavg()[0] / (os.cpu_count() or 1)
    return seconds * min(max(1.0, waiting), _AT_MOST)
