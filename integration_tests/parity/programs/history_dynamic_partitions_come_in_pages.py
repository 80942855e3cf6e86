"""The keys of dynamic partitions come in pages, in both directions."""

import seen

import dagster as dg


def facts() -> dict:
    with dg.instance_for_test() as instance:
        instance.add_dynamic_partitions("d", ["a", "c", "b", "d", "e"])

        def pages(ascending: bool) -> list:
            found, cursor, more = [], None, True
            while more:
                page = instance.get_paginated_dynamic_partitions("d", limit=2, ascending=ascending, cursor=cursor)
                found.append(list(page.results))
                cursor, more = page.cursor, page.has_more
            return found

        empty = instance.get_paginated_dynamic_partitions("nobody", limit=2, ascending=True)
        return {"up": pages(True), "down": pages(False), "empty": [list(empty.results), empty.has_more]}
