from __future__ import annotations

import pytest

from dagster_webserver.access import host_is_ours, host_name, is_json, origin_is_ours, token_is_right
from dagster_webserver.settings import WebSettings, is_loopback, prefix_of, token_for

LOCAL = WebSettings()
PUBLIC = WebSettings(host="0.0.0.0", token="secret")


@pytest.mark.parametrize("host", ["localhost", "localhost:3000", "127.0.0.1:3000", "[::1]:3000", "LOCALHOST:80"])
def test_names_of_loopback_are_ours(host: str):
    assert host_is_ours(host, LOCAL)


@pytest.mark.parametrize(
    "host",
    ["", "evil.com", "evil.com:3000", "localhost.evil.com", "127.0.0.1.evil.com", "10.0.0.7:3000", "localhost@evil.com",
     "localhost, evil.com", "localhost:port", "[::1", "evil.com/localhost"],
)  # fmt: skip
def test_other_names_are_foreign_to_a_server_on_loopback(host: str):
    assert not host_is_ours(host, LOCAL)


def test_on_a_public_address_plain_addresses_and_allowed_names_are_ours():
    assert host_is_ours("10.0.0.7:3000", PUBLIC)
    assert not host_is_ours("evil.com", PUBLIC)
    named = WebSettings(host="data.example.com", allowed_hosts=["Other.Example.com"])
    assert host_is_ours("data.example.com:3000", named)
    assert host_is_ours("other.example.com", named)


def test_the_name_in_a_host_header_has_no_port_and_is_in_lower_case():
    assert host_name("Data.Example.com:80") == "data.example.com"
    assert host_name("[::1]:80") == "::1"
    assert host_name("::1") == "::1"


@pytest.mark.parametrize("origin", ["http://localhost:3000", "https://localhost:3000", "HTTP://LOCALHOST:3000"])
def test_pages_of_this_server_may_call_it(origin: str):
    assert origin_is_ours(origin, "localhost:3000", LOCAL)


@pytest.mark.parametrize(
    "origin", ["null", "", "http://evil.com", "http://localhost:8000", "file://localhost:3000", "localhost:3000"]
)
def test_other_pages_may_not(origin: str):
    assert not origin_is_ours(origin, "localhost:3000", LOCAL)


def test_pages_allowed_by_name_may_call():
    settings = WebSettings(allowed_origins=["https://portal.example.com/"])
    assert origin_is_ours("https://portal.example.com", "localhost:3000", settings)
    assert not origin_is_ours("http://portal.example.com", "localhost:3000", settings)


@pytest.mark.parametrize(
    "given", ["application/json", "Application/JSON", "application/json; charset=utf-8", 'application/json;charset="UTF-8"']
)
def test_json_is_taken(given: str):
    assert is_json(given)


@pytest.mark.parametrize(
    "given",
    ["", "text/plain", "text/plain; application/json", "application/json, text/plain", "application/json; charset=latin-1",
     "application/json; a=b", "application/x-www-form-urlencoded", "application/json; charset=utf-8; charset=utf-8"],
)  # fmt: skip
def test_nothing_that_a_form_can_send_is_taken_for_json(given: str):
    assert not is_json(given)


def test_a_token_comes_by_header_cookie_or_address():
    assert token_is_right("secret", {"authorization": "Bearer secret"}, None)
    assert token_is_right("secret", {"cookie": "a=b; dagster_token=secret"}, None)
    assert token_is_right("secret", {}, "secret")
    assert not token_is_right("secret", {"authorization": "Basic secret", "cookie": "x_dagster_token=secret"}, "Secret")


def test_a_public_address_gets_a_token_unless_that_is_refused():
    assert token_for("127.0.0.1", None, is_insecure=False) is None
    assert token_for("127.0.0.1", "mine", is_insecure=False) == "mine"
    assert token_for("0.0.0.0", None, is_insecure=True) is None
    made = token_for("0.0.0.0", "", is_insecure=False)
    assert made is not None
    assert len(made) >= 40
    assert made != token_for("0.0.0.0", None, is_insecure=False)


def test_addresses_of_this_machine_alone_are_loopback():
    assert [is_loopback(host) for host in ("localhost", "127.0.0.9", "::1", "[::1]", "0.0.0.0", "::", "box")] == [
        True, True, True, True, False, False, False,
    ]  # fmt: skip


def test_the_address_to_open_holds_prefix_and_token():
    assert WebSettings(port=80).url() == "http://127.0.0.1:80"
    assert WebSettings(host="0.0.0.0", token="t", path_prefix="/d").url(81) == "http://127.0.0.1:81/d/?token=t"
    assert WebSettings(host="::1").url(5) == "http://[::1]:5"
    assert [prefix_of(given) for given in ("", "/", "a", "/a/", "/a/b")] == ["", "", "/a", "/a", "/a/b"]
