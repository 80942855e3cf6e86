"""`python -m dagster`: the command line."""

from dagster.cli import main

if __name__ == "__main__":
    main()
