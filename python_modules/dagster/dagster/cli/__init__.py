"""The command line, `dagster`. Each command is a module that is imported when the command is called."""

from __future__ import annotations


def main() -> None:
    """Run the command line with the arguments of this process."""
    from dagster.garbage import made_for_good

    with made_for_good():
        from dagster.cli.commands import dagster
        from dagster.cli.environments import take_environment
        from dagster.cli.streams import usable_output

    with usable_output():
        take_environment()
        dagster(prog_name="dagster")
