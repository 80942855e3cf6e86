"""`python -m parity.graphql.record_documents`: write down what the reference answers, beside this file."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from parity.graphql.asking import Asking
from parity.graphql.documents import DOCUMENTS
from parity.graphql.servers import theirs

RECORDED = Path(__file__).parent / "reference_answers.json"


def main() -> None:
    """Asks the reference as it runs."""
    with theirs() as url:
        asking = Asking(url)
        facts = {}
        for document in DOCUMENTS:
            facts[document.name] = asking.facts_of(document)
            print(document.name, file=sys.stderr)
    RECORDED.write_text(json.dumps(facts, indent=1, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
