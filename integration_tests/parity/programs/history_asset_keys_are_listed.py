"""The keys of which something is known are listed in order, by prefix and in pages."""

import seen

import dagster as dg


def facts() -> dict:
    with dg.instance_for_test() as instance:
        for key in (["b"], ["a"], ["p", "x"], ["p", "a"], ["p", "x", "deep"], ["px", "y"], ["ä"]):
            instance.report_runless_asset_event(dg.AssetMaterialization(key))

        def listed(**how) -> list:
            return [key.to_user_string() for key in instance.get_asset_keys(**how)]

        return {
            "all": sorted(listed()),
            "prefix": sorted(listed(prefix=["p"])),
            "deep prefix": sorted(listed(prefix=["p", "x"])),
            "unknown prefix": listed(prefix=["nope"]),
            "limit": len(listed(limit=3)),
            "pages": pages(instance),
            "has": [instance.has_asset_key(dg.AssetKey(["p", "x"])), instance.has_asset_key(dg.AssetKey("p"))],
        }


def pages(instance) -> list:
    found, cursor = [], None
    while page := instance.get_asset_keys(limit=3, cursor=cursor):
        found.append([key.to_user_string() for key in page])
        cursor = page[-1].to_string()
    return found
