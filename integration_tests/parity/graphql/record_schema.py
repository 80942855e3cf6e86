"""`python -m parity.graphql.record_schema`: write down the reference's schema, beside this file."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from parity import reference

HERE = Path(__file__).parent
RECORDED = HERE / "reference_schema.graphql"


def main() -> None:
    """Asks the reference as it runs."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    command = [reference.python(), str(HERE / "schema_of_reference.py")]
    told = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    RECORDED.write_text(told.stdout, encoding="utf-8")


if __name__ == "__main__":
    main()
