"""`python -m parity.graphql.record_client`: write down what the client of the reference gives on its own server, beside this."""

from __future__ import annotations

import json
from pathlib import Path

from parity import reference
from parity.graphql.clients import told_by
from parity.graphql.servers import theirs

RECORDED = Path(__file__).parent / "reference_client.json"


def main() -> None:
    """Uses the reference as it runs."""
    with theirs() as url:
        facts = told_by(reference.python(), url, inherits_path=False)
    RECORDED.write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
