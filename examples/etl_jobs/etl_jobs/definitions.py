"""The job, and what it runs with."""

import dagster as dg

from etl_jobs.files import Complaints, Share, complain
from etl_jobs.trips import judged, new_files, report, summary_of, total_of, trips_of, warning


@dg.graph
def one_file(name: str):
    """What is done with each file."""
    return summary_of(trips_of(name))


@dg.job(hooks={complain}, tags={"team": "taxis"})
def month():
    """Add up the taxi trips of all files on the share."""
    summaries = new_files().map(one_file)
    verdict = judged(total_of(summaries.collect()))
    report(verdict.usual)
    warning(verdict.quiet)


defs = dg.Definitions(jobs=[month], resources={"share": Share(), "complaints": Complaints()})
