"""What a page from elsewhere, a broken client and an attacker get from a running server (G24 to G26, G29)."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from dagster_webserver_tests.serving import Client, Echo, serving

from dagster import AssetKey, DagsterInstance
from dagster_webserver.settings import MAX_BODY_BYTES

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture
def instance() -> Iterator[DagsterInstance]:
    with DagsterInstance.ephemeral() as instance:
        yield instance


@pytest.fixture
def echo() -> Echo:
    return Echo()


@pytest.fixture
def client(instance: DagsterInstance, echo: Echo) -> Iterator[Client]:
    with serving(instance, echo) as client:
        yield client


def test_a_query_by_post_is_answered(client: Client):
    assert client.ask("{version}").json == {"data": {"echo": "{version}", "variables": None}}


@pytest.mark.parametrize("name", ["Host", "Origin"])
def test_a_foreign_host_or_origin_reaches_nothing(client: Client, echo: Echo, instance: DagsterInstance, name: str):
    foreign = {name: "evil.com" if name == "Host" else "http://evil.com"}
    for reply in (
        client.ask("{version}", foreign),
        client.send("POST", "/report_asset_materialization/a", headers=foreign, description="planted"),
        client.send("GET", "/", headers=foreign),
        client.send("GET", "/server_info", headers=foreign),
        client.send("GET", "/logs/a/b/stdout", headers=foreign),
        client.send("OPTIONS", "/graphql", headers={**foreign, "Access-Control-Request-Method": "POST"}),
    ):
        assert reply.status == 403
        assert "access-control-allow-origin" not in reply.headers
    assert echo.asked == []
    assert instance.get_latest_materialization_event(AssetKey("a")) is None


def test_nothing_is_asked_by_get_or_form(client: Client, echo: Echo, instance: DagsterInstance):
    client.get("/graphql?query=%7Bversion%7D")
    client.get("/report_asset_materialization/a")
    bodies = [FORM, {"Content-Type": "text/plain"}, {"Content-Type": "text/plain; application/json"}, {}]
    for headers in bodies:
        assert client.send("POST", "/graphql", b'{"query": "{version}"}', headers).status == 415
        assert client.send("POST", "/report_asset_materialization/a", b"{}", headers).status == 415
    for method in ("PUT", "DELETE", "PATCH", "HEAD"):
        assert client.send(method, "/graphql", b"").status in (404, 405)
    assert echo.asked == []
    assert instance.get_latest_materialization_event(AssetKey("a")) is None


@pytest.mark.parametrize(
    "body",
    [b"", b"x", b"[]", b"{}", b"null", b'{"query": 1}', b'{"query": null}', b'{"query": "a", "variables": []}', b'{"query"',
     b"\xff\xfe", b'{"query": "\xff"}', b"[" * 100_000, b'{"query": "a", "variables": {"a": ' + b"[" * 100_000,
     b'{"query": "a", "operationName": 7}', b'{"query": "' + b"a" * 300_000 + b'"}', b'{"query": "a", "variables": {"a": NaN}}'],
)  # fmt: skip
def test_malformed_bodies_are_refused_and_never_break_the_server(client: Client, body: bytes):
    reply = client.send("POST", "/graphql", body, {"Content-Type": "application/json"})
    assert reply.status == 400
    assert reply.json["errors"][0]["message"]


@pytest.mark.parametrize(
    "body",
    [
        b"x",
        b"[]",
        b"\xff",
        b"[" * 100_000,
        b'{"metadata": 1}',
        b'{"tags": {"a": 1}}',
        b'{"partition": 5}',
        b'{"partition": "\\u0000"}',
    ],
)
def test_malformed_reports_are_refused(client: Client, body: bytes):
    reply = client.send("POST", "/report_asset_materialization/a", body, {"Content-Type": "application/json"})
    assert reply.status == 400
    assert reply.json["error"]


def test_a_large_body_is_refused_before_it_is_read(client: Client):
    headers = {"Content-Type": "application/json", "Content-Length": str(MAX_BODY_BYTES + 1)}
    assert client.send("POST", "/graphql", b"", headers).status == 413
    assert client.send("POST", "/report_asset_check/a", b"", headers).status == 413


def test_a_large_body_in_pieces_is_refused(client: Client):
    piece = b"x" * 2**20
    with socket.create_connection(("127.0.0.1", client.port), timeout=120) as sending:
        head = f"POST /graphql HTTP/1.1\r\nHost: {client.own_host}\r\nContent-Type: application/json\r\n"
        sending.sendall(head.encode() + b"Transfer-Encoding: chunked\r\n\r\n")
        for _ in range(11):
            sending.sendall(b"%x\r\n" % len(piece) + piece + b"\r\n")
        assert sending.recv(100).startswith(b"HTTP/1.1 413")


@pytest.mark.parametrize(
    "line", [b"\x00\x01\x02\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"GET " + b"/" * 100_000 + b" HTTP/1.1\r\n\r\n"]
)
def test_bytes_that_are_no_request_give_no_server_error(client: Client, line: bytes):
    with socket.create_connection(("127.0.0.1", client.port), timeout=120) as sending:
        sending.sendall(line)
        sending.shutdown(socket.SHUT_WR)
        assert not sending.recv(100).startswith(b"HTTP/1.1 5")


@pytest.mark.parametrize(
    "path",
    ["/logs/../../etc/passwd", "/logs/x/compute_logs/..%2f..%2fetc%2fpasswd/stdout", "/built/../settings.py", "/../settings.py",
     "/built/%2e%2e/%2e%2e/settings.py", "/logs/%00/compute_logs/a/stdout", "//etc/passwd", "/built/..\\..\\settings.py"],
)  # fmt: skip
def test_no_address_leads_out_of_the_folders(client: Client, path: str):
    reply = client.get(path)
    assert reply.status == 404
    assert b"root:" not in reply.body


def test_every_answer_says_what_pages_may_do(client: Client):
    for reply in (client.get("/"), client.ask("{version}"), client.get("/logs/x"), client.ask("{version}", {"Host": "evil.com"})):
        policy = reply.headers["content-security-policy"]
        assert all(word in policy for word in ("default-src 'self'", "connect-src 'self'", "frame-ancestors 'none'"))
        assert reply.headers["x-content-type-options"] == "nosniff"


def test_a_page_that_is_allowed_by_name_may_read(instance: DagsterInstance):
    origin = {"Origin": "https://portal.example.com"}
    with serving(instance, allowed_origins=["https://portal.example.com"]) as client:
        assert client.ask("{version}", origin).headers["access-control-allow-origin"] == "https://portal.example.com"
        asked = client.send("OPTIONS", "/graphql", headers={**origin, "Access-Control-Request-Method": "POST"})
        assert (asked.status, asked.headers["access-control-allow-headers"]) == (204, "content-type, authorization")


def test_without_the_token_only_liveness_is_told(instance: DagsterInstance):
    with serving(instance, token="secret") as client:
        for path in ("/", "/server_info", "/metrics", "/logs/a", "/built/a.js"):
            assert client.get(path).status == 401
        assert client.ask("{version}").status == 401
        assert client.send("POST", "/report_asset_materialization/a", description="x").status == 401
        assert client.get("/health").status == 200


def test_the_token_comes_by_header_or_once_by_address_and_then_by_cookie(instance: DagsterInstance):
    with serving(instance, token="secret") as client:
        assert client.ask("{version}", {"Authorization": "Bearer secret"}).status == 200
        assert client.ask("{version}", {"Authorization": "Bearer wrong"}).status == 401
        opened = client.get("/runs?token=secret")
        assert (opened.status, opened.headers["location"]) == (303, "/runs")
        cookie = opened.headers["set-cookie"]
        assert all(word in cookie.lower() for word in ("httponly", "samesite=strict"))
        assert client.ask("{version}", {"Cookie": cookie.split(";")[0]}).status == 200


def test_a_read_only_server_takes_no_reports(instance: DagsterInstance):
    with serving(instance, is_read_only=True) as client:
        assert client.send("POST", "/report_asset_materialization/a", description="x").status == 403
    assert instance.get_latest_materialization_event(AssetKey("a")) is None


def test_it_listens_on_loopback_alone(client: Client):
    listening = Path("/proc/net/tcp")
    if not listening.exists():
        pytest.skip("needs /proc")
    port = f":{client.port:04X}"
    locals_ = [line.split()[1] for line in listening.read_text().splitlines()[1:] if line.split()[3] == "0A"]
    assert [address for address in locals_ if address.endswith(port)] == [f"0100007F{port}"]
