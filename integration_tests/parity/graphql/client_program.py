"""Uses the Python client as its documentation shows, on the server whose port is given; prints what came of it, as JSON.

Runs with the client of the reference as well.
"""

import importlib.util
import json
import sys
import time

from dagster import AssetKey, DagsterRunStatus, RunConfig
from dagster_graphql import (
    DagsterGraphQLClient,
    DagsterGraphQLClientError,
    ReloadRepositoryLocationStatus,
    ShutdownRepositoryLocationStatus,
)

sys.tracebacklimit = 0
PORT = int(sys.argv[1])
LOCATION, REPOSITORY = "project.py", "__repository__"
CONFIG = {"ops": {"read": {"config": {"limit": 3}}}}
ENDED = (DagsterRunStatus.SUCCESS, DagsterRunStatus.FAILURE, DagsterRunStatus.CANCELED)
SECONDS = 180

facts = {}
client = DagsterGraphQLClient("localhost", port_number=PORT)


def waited(run_id, wanted):
    """The status of a run, once it has one of these."""
    deadline = time.monotonic() + SECONDS
    while (status := client.get_run_status(run_id)) not in wanted:
        assert time.monotonic() < deadline, f"run {run_id} is still {status}"
        time.sleep(0.3)
    return status.name


def ended(run_id):
    """The status of a run that has ended."""
    return waited(run_id, ENDED)


def refused(ask):
    """The kind of a refusal."""
    try:
        given = ask()
    except DagsterGraphQLClientError as error:
        return error.args[0] if len(error.args) > 1 else "only a sentence"
    except Exception as error:
        return f"{type(error).__name__}, which is no refusal"
    return f"not refused: {given}"


run_id = client.submit_job_execution(
    "numbers", repository_location_name=LOCATION, repository_name=REPOSITORY, run_config=CONFIG, tags={"team": "client"}
)
facts["a job of a location"] = ended(run_id)
facts["a job by its name alone"] = ended(client.submit_job_execution("numbers", run_config=RunConfig(ops=CONFIG["ops"])))
facts["a job that fails"] = ended(client.submit_job_execution("failing"))
facts["some ops of a job"] = ended(client.submit_job_execution("failing", op_selection=["one", "double"]))
facts["some assets of a job"] = [
    ended(client.submit_job_execution("sales_job", asset_selection=selection))
    for selection in ([AssetKey("orders")], ["orders"], [["orders"], AssetKey(["report"])])
]
slow = [client.submit_job_execution("__ASSET_JOB", asset_selection=["slow"]) for _ in range(3)]
for each in slow:
    waited(each, [DagsterRunStatus.STARTED])
client.terminate_run(slow[0])
client.terminate_runs(slow[1:])
facts["runs that are stopped"] = [ended(each) for each in slow]
facts["no such run"] = refused(lambda: client.get_run_status("nothing"))
facts["no such run to stop"] = refused(lambda: client.terminate_run("nothing"))
facts["no such runs to stop"] = refused(lambda: client.terminate_runs(["nothing", "nowhere"]))
facts["a run that has ended"] = refused(lambda: client.terminate_run(run_id))
facts["no such job"] = refused(lambda: client.submit_job_execution("nothing", LOCATION, REPOSITORY, run_config={}))
facts["no such job anywhere"] = refused(lambda: client.submit_job_execution("nothing", run_config={}))
facts["no such location"] = refused(lambda: client.submit_job_execution("numbers", "elsewhere", REPOSITORY, run_config={}))
facts["config that does not fit"] = refused(lambda: client.submit_job_execution("numbers", run_config={"ops": {"read": {}}}))
facts["config that is missing"] = refused(lambda: client.submit_job_execution("numbers"))
facts["no such op"] = refused(lambda: client.submit_job_execution("numbers", op_selection=["nothing"], run_config=CONFIG))
facts["nobody listens"] = refused(lambda: DagsterGraphQLClient("localhost", port_number=1).get_run_status("nothing"))

with_headers = DagsterGraphQLClient("localhost", port_number=PORT, headers={"X-Of-Mine": "1"}, timeout=60)
facts["with headers"] = with_headers.get_run_status(run_id).name
facts["with a port in the name"] = DagsterGraphQLClient(f"localhost:{PORT}").get_run_status(run_id).name
if importlib.util.find_spec("gql") is not None:
    from gql.transport.requests import RequestsHTTPTransport  # pyright: ignore[reportMissingImports]
    from requests.auth import HTTPBasicAuth

    as_ada = DagsterGraphQLClient("localhost", port_number=PORT, auth=HTTPBasicAuth("ada", "secret"))
    facts["with a user"] = as_ada.get_run_status(run_id).name
    transport = RequestsHTTPTransport(url=f"http://localhost:{PORT}/graphql", use_json=True)
    facts["with a transport"] = DagsterGraphQLClient("localhost", transport=transport).get_run_status(run_id).name

loaded = client.reload_repository_location(LOCATION)
facts["loaded again"] = [loaded.status is ReloadRepositoryLocationStatus.SUCCESS, loaded.failure_type, loaded.message]
unknown = client.reload_repository_location("elsewhere")
facts["loaded from nowhere"] = [unknown.status.name, unknown.failure_type]
facts["after that"] = ended(client.submit_job_execution("numbers", run_config=CONFIG))
ended_location = client.shutdown_repository_location(LOCATION)
facts["shut down"] = ended_location.status in (ShutdownRepositoryLocationStatus.SUCCESS, ShutdownRepositoryLocationStatus.FAILURE)
facts["shut down nowhere"] = client.shutdown_repository_location("elsewhere").status.name
print("FACTS", json.dumps(facts))
