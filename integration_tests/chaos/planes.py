"""A control plane that may be struck at its writes. `python -m chaos.planes HOME FILE`."""

import sys
from pathlib import Path

from chaos.faults import arm
from dagster.daemon.monitoring import MonitoringLoop
from dagster_tests.daemon.planes import main

if __name__ == "__main__":
    project = Path(sys.argv[2]).parent
    arm(str(project), "control plane")
    if (project / "monitoring_seconds").exists():
        MonitoringLoop.seconds = float((project / "monitoring_seconds").read_text())
    main(*sys.argv[1:])
