"""Validates and lists the project of 300 assets, each in a process of its own, as its developer does after an edit."""

import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).parents[2] / "integration_tests/projects/shop300"
CODE = ["-d", str(PROJECT), "-m", "shop.definitions"]

for command in (["definitions", "validate"], ["asset", "list"]):
    subprocess.run([sys.executable, "-m", "dagster", *command, *CODE], check=True, stdout=subprocess.DEVNULL)
