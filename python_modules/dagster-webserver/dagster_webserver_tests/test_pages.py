from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from dagster_webserver_tests.serving import Client, serving

from dagster import DagsterInstance


@pytest.fixture
def static(tmp_path: Path) -> Path:
    (tmp_path / "built").mkdir()
    (tmp_path / "index.html").write_text("<html><head><title>t</title></head></html>")
    (tmp_path / "addresses.json").write_text('["/", "/runs", "/runs/$runId", "/assets", "/assets/$", "/jobs/$repository/$job"]')
    (tmp_path / "built" / "app-1a2b.js").write_text("let a")
    (tmp_path / "built" / "app-1a2b.js.br").write_bytes(b"brotli")
    (tmp_path / "built" / "app-1a2b.js.gz").write_bytes(b"gzip")
    return tmp_path


@pytest.fixture
def client(static: Path) -> Iterator[Client]:
    with DagsterInstance.ephemeral() as instance, serving(instance, static=str(static)) as client:
        yield client


@pytest.mark.parametrize("path", ["/", "/runs", "/runs/", "/runs/7", "/assets", "/assets/a/b", "/jobs/a@b/c", "/index.html"])
def test_each_address_is_drawn_by_the_one_page_which_is_asked_for_again(client: Client, path: str):
    reply = client.get(path)
    assert (reply.status, reply.headers["cache-control"]) == (200, "no-cache")
    assert reply.text == '<html><head><base href="/"><title>t</title></head></html>'


@pytest.mark.parametrize("path", ["/run", "/runs/7/8", "/assetsx", "/jobs/a@b", "/x.html", "/server_info/x", "/report_asset_x/"])
def test_an_address_that_no_page_has_is_not_found_and_the_page_says_so(client: Client, path: str):
    reply = client.get(path)
    assert (reply.status, reply.headers["content-type"].split(";")[0]) == (404, "text/html")
    assert "<title>t</title>" in reply.text


def test_pages_that_list_no_addresses_draw_every_one(static: Path):
    (static / "addresses.json").unlink()
    with DagsterInstance.ephemeral() as instance, serving(instance, static=str(static)) as client:
        assert client.get("/run").status == 200


@pytest.mark.parametrize(("accepted", "body"), [("br, gzip", b"brotli"), ("gzip;q=1", b"gzip"), ("identity", b"let a")])
def test_files_are_sent_compressed_and_kept_for_ever(client: Client, accepted: str, body: bytes):
    reply = client.get("/built/app-1a2b.js", Accept_Encoding=accepted)
    assert (reply.body, reply.headers["content-type"].split(";")[0]) == (body, "text/javascript")
    assert "immutable" in reply.headers["cache-control"]
    assert reply.headers["vary"] == "accept-encoding"


def test_a_file_that_does_not_exist_is_not_found(client: Client):
    assert client.get("/built/old-9f.js").status == 404


def test_the_page_knows_its_prefix(static: Path):
    with DagsterInstance.ephemeral() as instance, serving(instance, static=str(static), path_prefix="/data") as client:
        assert '<base href="/data/">' in client.get("/data/runs").text
        assert client.send("POST", "/data/graphql", query="a").status == 200
        assert client.get("/data/server_info").status == 200
        assert client.get("/server_info").status == 404


def test_without_built_pages_it_says_how_to_build_them(tmp_path: Path):
    with DagsterInstance.ephemeral() as instance, serving(instance, static=str(tmp_path)) as client:
        reply = client.get("/")
    assert reply.status == 503
    assert "make ui" in reply.text


def test_pages_that_are_built_anew_are_served_from_then_on(static: Path, client: Client):
    client.get("/")
    (static / "built" / "app-1a2b.js").unlink()
    (static / "built" / "app-3c4d.js").write_text("let b")
    assert client.get("/built/app-1a2b.js").status == 404
    (static / "index.html").write_text("<html><head><title>new</title></head></html>")
    assert "new" in client.get("/").text
    assert client.get("/built/app-3c4d.js").text == "let b"
