"""The ops: find the files, read each one, add up, and write one of two reports."""

import csv
from datetime import datetime
from io import StringIO
from pathlib import Path

import dagster as dg

from etl_jobs.files import Share

Summary = dict[str, float]


@dg.op(out=dg.DynamicOut(str))
def new_files(context: dg.OpExecutionContext, share: Share):
    """The files of the share, one value each: what is mapped over them runs once per file."""
    names = share.names()
    if not names:
        raise dg.Failure(f"There are no CSV files in {share.folder}.", allow_retries=False)
    for name in names:
        yield dg.DynamicOutput(name, mapping_key=Path(name).stem)
    context.log.info("%d files", len(names))


# The share is away now and then: that is worth another try. A file that is damaged stays so.
@dg.op(timeout=60, retry_policy=dg.RetryPolicy(max_retries=2, delay=[0.1, 1], retry_on=(OSError,)))
def trips_of(context: dg.OpExecutionContext, share: Share, name: str) -> list[dict[str, str]]:
    """The trips in a file, each looked at: a file with a line that cannot be is refused."""
    trips = list(csv.DictReader(StringIO(share.read(name))))
    for line, trip in enumerate(trips, start=2):
        try:
            took = datetime.fromisoformat(trip["dropoff"]) - datetime.fromisoformat(trip["pickup"])
            if float(trip["total"]) < 0 or took.total_seconds() < 0:
                raise ValueError(f"a total of {trip['total']} in {took}")
        except (ValueError, TypeError) as wrong:
            raise dg.Failure(f"{name}, line {line}: {wrong}", metadata={"line": line}) from wrong
    context.add_output_metadata({"trips": len(trips)})
    return trips


@dg.op
def summary_of(trips: list[dict[str, str]]) -> Summary:
    """Trips, miles and dollars of one file."""
    return {
        "trips": float(len(trips)),
        "miles": round(sum(float(trip["distance"]) for trip in trips), 2),
        "dollars": round(sum(float(trip["total"]) for trip in trips), 2),
    }


@dg.op
def total_of(context: dg.OpExecutionContext, summaries: list[Summary]) -> Summary:
    """The sums over all files."""
    total = {name: round(sum(each[name] for each in summaries), 2) for name in ("trips", "miles", "dollars")}
    context.log.info("%d trips in %d files", total["trips"], len(summaries))
    return total


class Expected(dg.Config):
    """What a usual month looks like.

    Attributes:
        trips: with fewer trips the month is told as an exception.
    """

    trips: int = 200


@dg.op(out={"usual": dg.Out(Summary, is_required=False), "quiet": dg.Out(Summary, is_required=False)})
def judged(total: Summary, config: Expected):
    """Gives one of its two outputs; what stands below the other one is skipped."""
    yield dg.Output(total, "usual" if total["trips"] >= config.trips else "quiet")


@dg.op
def report(total: Summary) -> str:
    """The line for a usual month."""
    return f"{total['trips']:.0f} trips, {total['miles']} miles, {total['dollars']} dollars"


@dg.op
def warning(total: Summary) -> str:
    """The line for a month with too few trips."""
    return f"Only {total['trips']:.0f} trips: are all files there?"
