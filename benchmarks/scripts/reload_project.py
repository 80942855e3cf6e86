"""`dagster dev` of 2,000 assets that import pandas, in 200 modules: one file is saved again and again. What one save costs.

From the save until the new description is told, processor time of all processes; and what two thousand files cost that are only
watched. Ours alone: the reference does not load what is saved.
"""

import json
import statistics
import time
from pathlib import Path

from process_trees import cpu_seconds
from served import printed, served, wait_for, wait_until_described

MODULES, ASSETS_EACH, SAVES = 200, 10, 5
SETTLE_SECONDS, IDLE_SECONDS = 5, 20
PACKAGE = Path("shop")
ASSET = '''
@dg.asset(group_name="group_{group}", deps=[{above}], tags={{"layer": "{module}"}}, metadata={{"table": "schema.table_{name}"}})
def asset_{name}() -> pd.DataFrame:
    """Asset number {name}."""
    return pd.DataFrame({{"value": [1]}})
'''
DEFINITIONS = """
import importlib, pkgutil
import dagster as dg
import shop

names = [found.name for found in pkgutil.iter_modules(shop.__path__) if found.name.startswith("assets_")]
modules = [importlib.import_module(f"shop.{name}") for name in names]
defs = dg.Definitions(assets=dg.load_assets_from_modules(modules))
"""


def write_module(module: int, more: int = 0) -> None:
    names = [str(module * ASSETS_EACH + number) for number in range(ASSETS_EACH)] + [f"new_{number}" for number in range(more)]
    text = "import pandas as pd\nimport dagster as dg\n"
    for name in names:
        above = f'"asset_{int(name) - ASSETS_EACH}"' if name.isdigit() and module else ""
        text += ASSET.format(group=module % 50, above=above, module=module, name=name)
    (PACKAGE / f"assets_{module:03}.py").write_text(text)


def main() -> None:
    PACKAGE.mkdir()
    (PACKAGE / "__init__.py").write_text("")
    (PACKAGE / "definitions.py").write_text(DEFINITIONS)
    for module in range(MODULES):
        write_module(module)
    cpu, wall = [], []
    with served("-m", "shop.definitions", "-d", ".") as process:
        wait_until_described(process, f" {MODULES * ASSETS_EACH} assets")
        for save in range(1, SAVES + 1):
            time.sleep(SETTLE_SECONDS)
            before, began = cpu_seconds(process.pid), time.perf_counter()
            write_module(MODULES // 2, save)
            wait_for(lambda told=f" {MODULES * ASSETS_EACH + save} assets": told in printed(), process)
            wall.append(time.perf_counter() - began)
            cpu.append(cpu_seconds(process.pid) - before)
        time.sleep(SETTLE_SECONDS)
        before = cpu_seconds(process.pid)
        time.sleep(IDLE_SECONDS)
        idle = (cpu_seconds(process.pid) - before) * 60 / IDLE_SECONDS
    said = {"cpu_seconds": statistics.median(cpu), "wall_seconds": statistics.median(wall), "idle_cpu_seconds": idle}
    print(json.dumps(said))


main()
