"""`python -m parity.graphql.record_documents [SUITE...]`: write down what the reference answers, beside this file."""

from __future__ import annotations

import json
import sys

from parity.graphql.asking import Asking
from parity.graphql.servers import theirs
from parity.graphql.suites import SUITES


def main(names: list[str]) -> None:
    """Asks the reference as it runs.

    Args:
        names: of the suites to record; all if there are none.
    """
    for suite in SUITES:
        if names and suite.name not in names:
            continue
        with theirs(suite.project) as url:
            asking = Asking(url)
            facts = {}
            for document in suite.documents:
                facts[document.name] = asking.facts_of(document)
                print(document.name, file=sys.stderr)
        suite.recorded.write_text(json.dumps(facts, indent=1, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
