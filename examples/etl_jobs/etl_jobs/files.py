"""Where files come from, and where complaints go."""

from pathlib import Path

import dagster as dg


class Share(dg.ConfigurableResource):
    """A folder on a share of the network, which is away now and then.

    Attributes:
        folder: the folder.
    """

    folder: str = str(Path(__file__).parent.parent / "inbox")

    def names(self) -> list[str]:
        """The names of the CSV files in it."""
        return sorted(path.name for path in Path(self.folder).glob("*.csv"))

    def read(self, name: str) -> str:
        """The text of a file.

        Raises:
            OSError: the share is away.
        """
        return (Path(self.folder) / name).read_text()


class Complaints(dg.ConfigurableResource):
    """A file in which people look for what went wrong.

    Attributes:
        file: its path.
    """

    file: str = "complaints.txt"

    def add(self, line: str) -> None:
        """Append a line."""
        with Path(self.file).open("a") as out:
            out.write(f"{line}\n")


@dg.failure_hook(required_resource_keys={"complaints"})
def complain(context: dg.HookContext) -> None:
    """Says which step of which job failed, and why."""
    context.resources.complaints.add(f"{context.job_name}: {context.step_key}: {context.op_exception}")
