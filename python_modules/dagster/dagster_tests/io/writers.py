"""Programs that store a large value, to be killed while they do: `python writers.py <kind> <folder> <run id> <megabytes>`."""

import sys

from upath import UPath

from dagster.io.building import build_output_context
from dagster.io.files import FileIOManager
from dagster.io.upath import UPathIOManager

MEGABYTE = 1 << 20


class Lines(UPathIOManager):
    """The text format of a user: a value is a list of lines. Read as complete wherever it ends."""

    extension = ".txt"

    def dump_to_path(self, context, obj, path):
        with path.open("w") as file:
            for line in obj:
                file.write(line + "\n")

    def load_from_path(self, context, path):
        with path.open() as file:
            return file.read().splitlines()


class Parts(UPathIOManager):
    """A value is a folder with one file per line."""

    def dump_to_path(self, context, obj, path):
        path.mkdir(exist_ok=True)
        for number, line in enumerate(obj):
            (path / str(number)).write_text(line)

    def load_from_path(self, context, path):
        return [(path / str(number)).read_text() for number in range(len(list(path.iterdir())))]


MANAGERS = {
    "pickle": lambda folder: FileIOManager(folder, format="pickle"),
    "text": lambda folder: Lines(UPath(folder)),
    "folder": lambda folder: Parts(UPath(folder)),
}


def main():
    kind, folder, run_id, megabytes = sys.argv[1:]
    line = "x" * (MEGABYTE - 1)
    value = (
        [line + str(number) for number in range(int(megabytes))] if kind == "pickle" else (line for _ in range(int(megabytes)))
    )
    MANAGERS[kind](folder).handle_output(build_output_context(asset_key="orders", run_id=run_id), value)


if __name__ == "__main__":
    main()
