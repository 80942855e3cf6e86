"""Files that a project should not have, each with what the last line must say of it: the place, and some of its words."""

from __future__ import annotations

import sys

import msgspec


class Bad(msgspec.Struct, frozen=True, kw_only=True):
    """A bad file.

    Attributes:
        text: what stands in `shop.py`.
        place: file and line of the last line.
        words: which words it contains.
    """

    text: str
    place: str
    words: tuple[str, ...]


# What is raised while a decorator is applied stands at the decorator; before Python 3.11 at the function.
_DECORATED = "shop.py:3" if sys.version_info >= (3, 11) else "shop.py:4"
_HEAD = "from dagster import *\n"

BAD: dict[str, Bad] = {
    "syntax error": Bad(text="def orders(:\n    pass\n", place="shop.py:1", words=("SyntaxError",)),
    "wrong indentation": Bad(text="def orders():\npass\n", place="shop.py:2", words=("IndentationError",)),
    "missing library": Bad(text="import os\nimport nowhere_at_all\n", place="shop.py:2", words=("nowhere_at_all", "-d")),
    "module beside the file of another folder": Bad(
        text="import os, sys\nsys.path.insert(0, os.path.abspath('code'))\nimport tables_here\n",
        place="code/tables_here.py:1",
        words=("No module named 'tables_there'",),
    ),
    "relative import": Bad(text="from . import tables\n", place="shop.py:1", words=("relative import", "-m")),
    "name that is not there": Bad(text=_HEAD + "\norders = assset\n", place="shop.py:3", words=("NameError", "assset")),
    "exception": Bad(
        text="def rows():\n    raise ValueError('no rows')\n\nrows()\n", place="shop.py:2", words=("ValueError: no rows",)
    ),
    "exception with a cause": Bad(
        text="try:\n    {}['day']\nexcept KeyError as error:\n    raise RuntimeError('config is missing') from error\n",
        place="shop.py:4",
        words=("RuntimeError: config is missing",),
    ),
    "exception of many lines": Bad(
        text="raise ValueError('\\n'.join(str(n) for n in range(100)))\n", place="shop.py:1", words=("ValueError: 0 1 2",)
    ),
    "deep recursion": Bad(text="def down(n):\n    return down(n + 1)\n\ndown(0)\n", place="shop.py:2", words=("RecursionError",)),
    "exit": Bad(text="import sys\nsys.exit('no config')\n", place="shop.py:2", words=("sys.exit('no config')",)),
    "nothing in it": Bad(text="x = 1\n", place="shop.py:1", words=("No definitions in",)),
    "two definitions": Bad(
        text=_HEAD + "a = Definitions()\nb = Definitions()\n",
        place="shop.py:3",
        words=("More than one Definitions", '"a"', '"b"'),
    ),
    "cycle": Bad(
        text=_HEAD + "\n@asset\ndef a(b): ...\n\n@asset\ndef b(a): ...\n",
        place="shop.py:3",
        words=("in a circle: a -> b -> a",),
    ),
    "asset that waits for itself": Bad(
        text=_HEAD + "\n@asset(deps=['a'])\ndef a(): ...\n", place=_DECORATED, words=('"a" depends on itself',)
    ),
    "duplicate key": Bad(
        text=_HEAD + "\n@asset\ndef a(): ...\n\n@asset(name='a')\ndef b(): ...\n\ndefs = Definitions([a, b])\n",
        place="shop.py:6",
        words=("Duplicate asset key", "shop.py:3"),
    ),
    "missing resource": Bad(
        text=_HEAD + "\n@asset(required_resource_keys={'db'})\ndef a(): ...\n",
        place="shop.py:3",
        words=("resource with key 'db'",),
    ),
    "missing IO manager": Bad(
        text=_HEAD + "\n@asset(io_manager_key='warehouse')\ndef a(): ...\n", place="shop.py:3", words=("'warehouse'",)
    ),
    "unknown input": Bad(
        text=_HEAD + "\n@asset\ndef orders(): ...\n\n@asset\ndef revenue(ordrs): ...\n",
        place="shop.py:6",
        words=('"ordrs"', "Close: 'orders'"),
    ),
    "job that selects what is not there": Bad(
        text=_HEAD
        + "\n@asset\ndef a(): ...\n\nnightly = define_asset_job('nightly', 'orders')\ndefs = Definitions([a], jobs=[nightly])\n",
        place="shop.py:6",
        words=("nightly", "orders"),
    ),
    "something that is no asset": Bad(text=_HEAD + "\ndefs = Definitions([3])\n", place="shop.py:3", words=("Got 3",)),
    "name that cannot be": Bad(text=_HEAD + "\n@asset(name='a b')\ndef a(): ...\n", place=_DECORATED, words=('"a b"',)),
    "thirty problems": Bad(
        text=_HEAD + "".join(f"\n@asset(required_resource_keys={{'db{n}'}})\ndef a{n}(): ...\n" for n in range(30)),
        place="shop.py:90",
        words=("'db29'",),
    ),
    "exception that cannot say its text": Bad(
        text="class Odd(Exception):\n    def __str__(self):\n        raise ValueError\n\nraise Odd\n",
        place="shop.py:5",
        words=("Odd",),
    ),
    "null byte": Bad(text="x = 1\0\n", place="shop.py:1", words=("null bytes",)),
    "asset among the jobs": Bad(
        text=_HEAD + "@asset\ndef a(): ...\ndefs = Definitions(assets=[a], jobs=[a])\n",
        place="shop.py:4",
        words=("define_asset_job", "Put assets into assets=[...]"),
    ),
    "list of resources": Bad(
        text=_HEAD + "defs = Definitions(resources=[1])\n", place="shop.py:2", words=('"resources" is not a Mapping',)
    ),
    "selection of a job that cannot be read": Bad(
        text=_HEAD + "@asset\ndef a(): ...\nj = define_asset_job('j', 'a and (')\ndefs = Definitions(assets=[a], jobs=[j])\n",
        place="shop.py:4",
        words=("Invalid selection string",),
    ),
    "option of another kind": Bad(
        text=_HEAD + "\na = asset(name='a', retry_policy=3)(lambda: 1)\n",
        place="shop.py:3",
        words=('"retry_policy" is not a RetryPolicy',),
    ),
}
