"""What attackers, foreign pages and broken clients get from a real `dagster-webserver` with the real API (G24 to G29).

One server for all of them: whatever one sends, it goes on to answer the others.
"""

from __future__ import annotations

import json
import re
import socket
import stat
import struct
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from dagster_webserver_tests.processes import SECONDS, SECRET, Serving, webserver
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

pytestmark = pytest.mark.slow

LAUNCH = """mutation($params: ExecutionParams!) { launchRun(executionParams: $params) { __typename
  ... on LaunchRunSuccess { run { runId } } ... on Error { message } } }"""
WIPE = 'mutation { wipeAssets(assetPartitionRanges: [{assetKey: {path: ["orders"]}}]) { __typename } }'
KNOWN = """{ runsOrError { ... on Runs { results { runId } } }
  orders: assetOrError(assetKey: {path: ["orders"]}) { ... on Asset { assetMaterializations { runId } } } }"""
EVENTS = """query($id: ID!) { logsForRun(runId: $id) {
  ... on EventConnection { events { ... on MessageEvent { message } } } } }"""
CONFIG_SCHEMA = """query($s: PipelineSelector!) { runConfigSchemaOrError(selector: $s) { ... on RunConfigSchema { rootDefaultYaml
  allConfigTypes { key ... on CompositeConfigType { fields { name defaultValueAsJson } } } } }
  resourcesOrError(pipelineSelector: $s) { ... on ResourceConnection {
    resources { name configField { defaultValueAsJson } } } } }"""
JSON = {"Content-Type": "application/json"}


def selector(job: str) -> dict[str, str]:
    return {"repositoryLocationName": "project.py", "repositoryName": "__repository__", "pipelineName": job}


def launch(password: str) -> dict[str, Any]:
    config = {"ops": {"read": {"config": {"password": password, "rows": 1}}}}
    return {"executionParams": {"selector": selector("reading"), "mode": "default", "runConfigData": json.dumps(config)}}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    with webserver(tmp_path_factory.mktemp("serving")) as serving:
        yield serving


def asked(server: Serving, body: Any, headers: dict[str, str] | None = None) -> Any:
    return server.send("POST", "/graphql", json.dumps(body).encode(), {**JSON, **(headers or {})})


def is_well(server: Serving) -> bool:
    return server.data("{ version }") == {"version": "1.13.27"}


@pytest.mark.parametrize(
    "foreign",
    [{"Host": "evil.com"}, {"Host": "localhost.evil.com:3000"}, {"Host": ""}, {"Origin": "http://evil.com"}, {"Origin": "null"},
     {"Origin": "http://localhost:1"}],
)  # fmt: skip
def test_a_foreign_name_or_page_reads_and_changes_nothing(server: Serving, foreign: dict[str, str]):
    before = server.data(KNOWN)
    replies = [
        asked(server, {"query": KNOWN}, foreign),
        asked(server, {"query": LAUNCH, "variables": {"params": launch("x")["executionParams"]}}, foreign),
        asked(server, {"query": WIPE}, foreign),
        server.send("POST", "/report_asset_materialization/orders", b"{}", {**JSON, **foreign}),
        *(server.send("GET", path, headers=foreign) for path in ("/", "/server_info", "/metrics", "/logs/a/compute_logs/b/out")),
        server.send("OPTIONS", "/graphql", headers={**foreign, "Access-Control-Request-Method": "POST"}),
    ]
    assert {reply.status for reply in replies} == {403}
    assert [reply for reply in replies if "access-control-allow-origin" in reply.headers] == []
    assert server.data(KNOWN) == before


@pytest.mark.parametrize(
    "media_type",
    ["application/x-www-form-urlencoded", "text/plain", "text/plain; application/json", "multipart/form-data; boundary=a",
     "application/graphql", "application/json, text/plain", ""],
)  # fmt: skip
def test_nothing_is_done_for_what_a_form_can_send(server: Serving, media_type: str):
    before = server.data(KNOWN)
    body = json.dumps({"query": LAUNCH, "variables": {"params": launch("x")["executionParams"]}}).encode()
    for path in ("/graphql", "/report_asset_materialization/orders"):
        assert server.send("POST", path, body, {"Content-Type": media_type}).status == 415
    assert server.data(KNOWN) == before


def test_nothing_is_done_by_get(server: Serving):
    before = server.data(KNOWN)
    for query in (KNOWN, WIPE):
        reply = server.get(f"/graphql?query={quote(query)}")
        assert b'"data"' not in reply.body
    server.get("/report_asset_materialization/orders")
    assert server.data(KNOWN) == before


@pytest.mark.parametrize("protocol", ["graphql-transport-ws", "graphql-ws"])
@pytest.mark.parametrize("name", ["Origin", "Host"])
def test_a_foreign_page_opens_no_websocket(server: Serving, protocol: Any, name: str):
    told = {"Origin": "http://evil.com"} if name == "Origin" else {"Host": "evil.com"}
    address = f"ws://{server.own_host}/graphql"
    if name == "Host":
        request = f"GET /graphql HTTP/1.1\r\nHost: {told['Host']}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        request += (
            f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\nSec-WebSocket-Protocol: {protocol}\r\n"
        )
        with socket.create_connection(("127.0.0.1", server.port), timeout=SECONDS) as sending:
            sending.sendall(f"{request}\r\n".encode())
            assert sending.recv(100).startswith(b"HTTP/1.1 403")
        return
    with pytest.raises(InvalidStatus) as refused, connect(address, subprotocols=[protocol], additional_headers=told):
        pass
    assert refused.value.response.status_code == 403


def test_every_answer_says_what_pages_may_do(server: Serving):
    replies = [
        server.get("/"),
        server.get("/no/such/file.js"),
        server.get("/server_info"),
        server.get("/health"),
        server.get("/metrics"),
        server.get("/logs/a/compute_logs/b/out"),
        server.ask("{ version }"),
        server.ask("{ nothing }"),
        server.send("POST", "/graphql", b"x", {"Content-Type": "text/plain"}),
        server.send("POST", "/report_asset_check/orders", b"x", JSON),
        server.ask("{ version }", {"Host": "evil.com"}),
        server.send("PUT", "/graphql", b""),
    ]
    for reply in replies:
        policy = reply.headers["content-security-policy"]
        assert all(word in policy for word in ("default-src 'self'", "connect-src 'self'", "frame-ancestors 'none'"))
        assert reply.headers["x-content-type-options"] == "nosniff"


# --- what costs (G26) ------------------------------------------------------------------------------------------------

BOMBS = {
    "aliases": "{" + " ".join(f"a{n}: runsOrError {{ __typename }}" for n in range(2_000)) + "}",
    "aliases of introspection": "{" + " ".join(f"a{n}: __schema {{ types {{ name }} }}" for n in range(300)) + "}",
    "depth": "{ assetNodes { id " + "dependencies { asset { id " * 60 + "} } " * 60 + "} }",
    "depth of introspection": "{ __schema { types { " + "fields { type { " * 40 + "name " + "} } " * 40 + "} } }",
    "lists of lists": "{ assetNodes { " + "dependencies { asset { " * 10 + "id " + "} } " * 10 + "} }",
    "fragments": "{ ...f0 } " + " ".join(f"fragment f{n} on Query {{ ...f{n + 1} ...f{n + 1} }}" for n in range(60))
    + " fragment f60 on Query { version }",
    "a fragment within itself": "{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }",
    "directives": "{ version " + "@include(if: true) " * 5_000 + "}",
    "operations": " ".join(f"query q{n} {{ version }}" for n in range(5_000)),
    "arguments": "{ version(" + " ".join(f"a{n}: 1" for n in range(5_000)) + ") }",
    "a list in an argument": "{ assetNodes(assetKeys: " + "[" * 3_000 + "]" * 3_000 + ") { id } }",
    "variables": "query(" + " ".join(f"$v{n}: Int" for n in range(3_000)) + ") { version }",
    "length": "{ version #" + "x" * 300_000 + "\n}",
}  # fmt: skip


@pytest.mark.parametrize("name", BOMBS)
def test_a_document_that_costs_too_much_is_refused(server: Serving, name: str):
    with ThreadPoolExecutor(4) as pool:
        refused = [pool.submit(asked, server, {"query": BOMBS[name]}) for _ in range(3)]
        assert is_well(server)  # meanwhile
        assert {reply.result().status for reply in refused} == {400}
    assert refused[0].result().json["errors"][0]["message"]


def test_by_websocket_it_is_refused_as_well(server: Serving):
    with connect(f"ws://{server.own_host}/graphql", subprotocols=["graphql-transport-ws"]) as connection:  # type: ignore[list-item]
        connection.send(json.dumps({"type": "connection_init"}))
        connection.recv(timeout=SECONDS)
        connection.send(json.dumps({"type": "subscribe", "id": "1", "payload": {"query": BOMBS["lists of lists"]}}))
        told = json.loads(connection.recv(timeout=SECONDS))
    assert told["type"] == "error"
    assert "Ask for less at a time." in told["payload"][0]["message"]


def test_a_compressed_message_of_half_a_gigabyte_is_refused_unread(server: Serving):
    message = deflated_spaces(megabytes=500)
    before = peak_megabytes(server.process.pid)
    with socket.create_connection(("127.0.0.1", server.port), timeout=SECONDS) as sending:
        request = f"GET /graphql HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        request += "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n"
        request += "Sec-WebSocket-Protocol: graphql-transport-ws\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n"
        sending.sendall(request.encode())
        assert b"permessage-deflate" in sending.recv(4096)
        # One masked frame of text, compressed (FIN, RSV1), with a mask of zeros. Source: RFC 6455 section 5.2, RFC 7692.
        sending.sendall(b"\xc1" + struct.pack("!BQ", 0x80 | 127, len(message)) + bytes(4) + message)
        assert b"exceeds limit" in sending.recv(300)
    assert peak_megabytes(server.process.pid) - before < 100
    assert is_well(server)


def deflated_spaces(megabytes: int) -> bytes:
    packing = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = b"".join(packing.compress(b" " * 2**20) for _ in range(megabytes)) + packing.flush(zlib.Z_SYNC_FLUSH)
    return packed.removesuffix(b"\x00\x00\xff\xff")


def peak_megabytes(pid: int) -> float:
    [peak] = re.findall(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    return int(peak) / 1024


@pytest.mark.parametrize("is_announced", [True, False])
def test_a_body_of_a_hundred_megabytes_is_refused(server: Serving, is_announced: bool):
    piece, pieces = b" " * 2**20, 100
    length = f"Content-Length: {len(piece) * pieces}" if is_announced else "Transfer-Encoding: chunked"
    head = f"POST /graphql HTTP/1.1\r\nHost: {server.own_host}\r\nContent-Type: application/json\r\n{length}\r\n\r\n"
    with socket.create_connection(("127.0.0.1", server.port), timeout=SECONDS) as sending:
        sending.sendall(head.encode())
        try:
            for _ in range(pieces):
                sending.sendall(piece if is_announced else b"%x\r\n" % len(piece) + piece + b"\r\n")
        except (BrokenPipeError, ConnectionResetError):
            pass  # it has answered and hung up
        answered = _received(sending)
    assert answered.startswith(b"HTTP/1.1 413") or answered == b""  # what it said is lost where the rest came after it hung up
    assert is_well(server)


def _received(sending: socket.socket) -> bytes:
    try:
        return sending.recv(100)
    except ConnectionResetError:
        return b""


_SIGNS = ["{", "}", "(", ")", "[", "]", "$a", ":", "!", "...", "@include", '"', '"""', "\\u0000", "\ud800"]
_WORDS = ["query", "mutation", "on", "assetNodes", "id", "runsOrError", "results", "version", "__typename", "limit", "null"]
words = st.sampled_from([*_SIGNS, *_WORDS, "-1", "1e999", "99999999999999999999"])
documents = st.one_of(st.text(max_size=40), st.lists(words, max_size=30).map(" ".join))
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
bodies = st.one_of(
    st.binary(max_size=60),
    st.fixed_dictionaries({"query": documents | values}, optional={"variables": values, "operationName": values}).map(
        lambda body: json.dumps(body).encode()
    ),
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=bodies)
def test_whatever_is_sent_it_is_no_fault_of_the_server(server: Serving, body: bytes):
    for path in ("/graphql", "/report_asset_materialization/a/b", "/report_asset_check/orders"):
        assert server.send("POST", path, body, JSON).status < 500


ARGUMENTS = [
    ('{ runsOrError(limit: -1) { __typename } }', {}),
    ('{ runsOrError(limit: 2147483647, cursor: "nothing") { __typename } }', {}),
    ('{ runOrError(runId: "..%2f..") { __typename } }', {}),
    ('{ capturedLogs(logKey: []) { stdout } }', {}),
    ('{ capturedLogs(logKey: ["a"], cursor: "x") { stdout } }', {}),
    ('{ assetOrError(assetKey: {path: []}) { __typename } }', {}),
    ('{ assetOrError(assetKey: {path: ["\\u0000", "../../etc"]}) { __typename } }', {}),
    ('{ assetNodeOrError(assetKey: {path: [""]}) { __typename } }', {}),
    ('{ logsForRun(runId: "", afterCursor: "x") { __typename } }', {}),
    ('{ assetsOrError(cursor: "x", limit: -5) { __typename } }', {}),
    ('query($r: RunConfigData) { isPipelineConfigValid(pipeline: {pipelineName: "reading", repositoryLocationName: "project.py", '
     'repositoryName: "__repository__"}, mode: "default", runConfigData: $r) { __typename } }', {"r": "{" * 5_000}),
    ('query($r: RunConfigData) { isPipelineConfigValid(pipeline: {pipelineName: "reading", repositoryLocationName: "project.py", '
     'repositoryName: "__repository__"}, mode: "default", runConfigData: $r) { __typename } }', {"r": "a: &a [*a]"}),
    ('{ runsFeedOrError(limit: 5, cursor: "\'; DROP TABLE runs; --", view: RUNS) { __typename } }', {}),
    ('{ runsOrError(filter: {tags: [{key: "\'", value: "\\""}]}) { ... on Runs { results { id } } } }', {}),
    ('{ runsOrError(filter: {createdBefore: 1e308}) { __typename } }', {}),
]  # fmt: skip


@pytest.mark.parametrize(("query", "variables"), ARGUMENTS)
def test_odd_arguments_are_answered(server: Serving, query: str, variables: dict[str, Any]):
    reply = asked(server, {"query": query, "variables": variables})
    assert reply.status in (200, 400)
    assert "Traceback" not in reply.text
    assert is_well(server)


def test_a_cheap_question_is_answered_while_many_ask_much(server: Serving):
    of_type = "type { name ofType { name } }"
    much = f"{{ __schema {{ types {{ name fields {{ name args {{ name {of_type} }} {of_type} }} }} }} }}"
    with ThreadPoolExecutor(20) as pool:
        asking = [pool.submit(asked, server, {"query": much}) for _ in range(40)]
        for _ in range(5):
            assert is_well(server)
        assert {reply.result().status for reply in asking} == {200}


@pytest.mark.parametrize(
    "path",
    ["/../../../../etc/passwd", "/built/../../../../../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/built/..%2f..%2fcli.py",
     "/logs/../../../etc/passwd", "/logs/{run}/compute_logs/..%2f..%2f..%2fdagster.yaml/stdout",
     "/logs/{run}/compute_logs/../../x/out", "/logs/{run}/compute_logs/%00/stderr", "//etc/passwd", "/built/..\\..\\cli.py", "/file:///etc/passwd"],
)  # fmt: skip
def test_no_address_leads_out_of_the_folders(server: Serving, path: str, run_id: str):
    reply = server.get(path.replace("{run}", run_id))
    assert reply.status == 404 or reply.headers["content-type"].startswith("text/html")
    assert b"root:" not in reply.body
    assert b"import " not in reply.body


@pytest.mark.parametrize("file_key", ["../../../secret", "..", "/etc/passwd", "../compute_logs/../../../secret", "\0"])
def test_no_key_of_logs_leads_out_of_the_folders(server: Serving, run_id: str, file_key: str):
    for folder in (server.home, server.home / "storage"):
        folder.mkdir(exist_ok=True)
        (folder / "secret.out").write_text("planted")
    query = """query($key: [String!]!) { capturedLogs(logKey: $key) { stdout stderr }
      capturedLogsMetadata(logKey: $key) { stdoutLocation } }"""
    found = server.data(query, key=[run_id, "compute_logs", file_key])
    assert found == {"capturedLogs": {"stdout": None, "stderr": None}, "capturedLogsMetadata": {"stdoutLocation": None}}


def test_what_is_marked_as_a_secret_is_told_to_nobody(server: Serving, run_id: str):
    told = [
        server.data("query($id: ID!) { runOrError(runId: $id) { ... on Run { runConfigYaml runConfig } } }", id=run_id),
        server.data(EVENTS, id=run_id),
        server.data(CONFIG_SCHEMA, s=selector("reading")),
    ]
    assert [secret for secret in (SECRET, "typed-by-a-user") if secret in json.dumps(told)] == []
    kept = [path for path in server.home.rglob("*") if path.is_file() and b"typed-by-a-user" in path.read_bytes()]
    assert {stat.S_IMODE(path.stat().st_mode) for path in kept} <= {0o600}
    assert [path.name for path in kept if path.suffix == ".db"] == []


@pytest.fixture(scope="module")
def run_id(server: Serving) -> str:
    """A run with a secret in its config, which waits in the queue."""
    launched = server.data(LAUNCH, params=launch("typed-by-a-user")["executionParams"])["launchRun"]
    assert launched["__typename"] == "LaunchRunSuccess", launched
    return launched["run"]["runId"]


def test_what_is_kept_is_for_its_owner_alone(server: Serving, run_id: str):
    assert run_id
    kept = [
        path for path in server.home.rglob("*") if path.suffix in (".db", ".log") or "-wal" in path.name or "spool" in path.name
    ]
    assert kept
    assert {path.name: oct(stat.S_IMODE(path.stat().st_mode)) for path in kept} == dict.fromkeys(
        (path.name for path in kept), "0o600"
    )


def test_a_link_that_would_run_code_is_no_link(server: Serving):
    query = """{ assetNodeOrError(assetKey: {path: ["orders"]}) { ... on AssetNode { metadataEntries { label __typename
      ... on UrlMetadataEntry { url } ... on TextMetadataEntry { text } } } } }"""
    entries = {each["label"]: each for each in server.data(query)["assetNodeOrError"]["metadataEntries"]}
    assert entries["docs"] == {"label": "docs", "__typename": "UrlMetadataEntry", "url": "https://example.org"}
    assert entries["page"]["__typename"] == "TextMetadataEntry"


def test_a_reported_link_that_would_run_code_is_no_link(server: Serving):
    body = {"metadata": {"bad": {"type": "url", "raw_value": "data:text/html,x"}, "plain": "javascript:alert(1)"}}
    assert server.send("POST", "/report_asset_materialization/linked", json.dumps(body).encode(), JSON).status in (200, 400)
    query = """{ assetOrError(assetKey: {path: ["linked"]}) { ... on Asset {
      assetMaterializations { metadataEntries { __typename } } } } }"""
    assert "UrlMetadataEntry" not in json.dumps(server.data(query))


def test_it_answers_on_loopback_alone(server: Serving):
    assert server.address.startswith("http://127.0.0.1:")


@pytest.mark.parametrize("insecure", [False, True])
def test_a_public_address_has_a_token_unless_that_is_refused_explicitly(tmp_path: Any, insecure: bool):
    options = ["-h", "0.0.0.0", *(["--insecure"] if insecure else [])]
    with webserver(tmp_path, *options, loads=False) as serving:
        _, _, token = serving.address.partition("?token=")
        assert bool(token) is not insecure
        assert serving.ask("{ version }").status == (200 if insecure else 401)
        assert serving.ask("{ version }", {"Authorization": f"Bearer {token or 'any'}"}).status == 200
        assert serving.ask("{ version }", {"Host": "evil.com", "Authorization": f"Bearer {token}"}).status == 403
