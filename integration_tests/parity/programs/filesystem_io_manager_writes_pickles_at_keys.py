"""`FilesystemIOManager` named explicitly: paths, contents, metadata, older pickles."""

import os
import pickle

import seen

import dagster as dg

BASE = os.path.join(os.environ["DAGSTER_HOME"], "files")


@dg.asset
def plain():
    return {"a": (1, 2)}


@dg.asset(key_prefix=["deep", "er"])
def nested():
    return [1]


@dg.asset(ins={"nested": dg.AssetIn(["deep", "er", "nested"])})
def reader(plain, nested):
    return [plain, nested]


@dg.asset
def returns_none():
    return None


@dg.asset
def unpicklable():
    return lambda: 1


@dg.asset
def wants_old(old):
    return old


def contents(*path):
    with open(os.path.join(BASE, *path), "rb") as file:
        return repr(pickle.load(file))


def facts() -> dict:
    resources = {"io_manager": dg.FilesystemIOManager(base_dir=BASE)}
    result = dg.materialize([plain, nested, reader, returns_none], resources=resources)
    with open(os.path.join(BASE, "old"), "wb") as file:
        pickle.dump({"written": "by hand"}, file)
    old = dg.materialize([wants_old, dg.AssetSpec("old")], resources=resources)
    found = {
        "files": seen.files_below(BASE),
        "contents": {"plain": contents("plain"), "nested": contents("deep", "er", "nested"), "none": contents("returns_none")},
        "reader": repr(result.output_for_node("reader")),
        "materializations": seen.materializations(result),
        "old": old.output_for_node("wants_old"),
        "nobody makes it": seen.outcome(lambda: dg.materialize([wants_old]), mentions=["old"]),
        "unpicklable": seen.outcome(lambda: dg.materialize([unpicklable], resources=resources)),
        "twice": dg.materialize([plain], resources=resources).success,
        "base of a default": seen.plain(dg.FilesystemIOManager().base_dir),
    }
    os.remove(os.path.join(BASE, "plain"))
    found["deleted upstream"] = seen.outcome(
        lambda: dg.materialize([plain, nested, reader], selection=["reader"], resources=resources)
    )
    return found
