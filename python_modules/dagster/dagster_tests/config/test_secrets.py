from pydantic import Field as PydanticField
from pydantic import SecretStr

import dagster as dg
from dagster.config.fields import to_config_type
from dagster.config.secrets import masked


class Login(dg.Config):
    user: str
    key: SecretStr
    pin: str = PydanticField(default="0000", json_schema_extra={"dagster__is_secret": True})
    password: str = "hunter2"


def test_what_is_named_a_secret_is_covered_at_any_depth():
    assert masked({"a": [{"db_password": "x", "user": "u"}]}) == {"a": [{"db_password": "********", "user": "u"}]}


def test_the_name_of_a_variable_is_no_secret():
    assert masked({"token": {"env": "TOKEN"}}) == {"token": {"env": "TOKEN"}}


def test_what_is_marked_as_secret_is_covered():
    schema = to_config_type({"a": dg.Field(str, is_secret=True), "b": dg.Noneable({"c": dg.Field(int, is_secret=True)})})
    assert masked({"a": "x", "b": {"c": 1}}, schema) == {"a": "********", "b": {"c": "********"}}


def test_typed_secrets_are_covered_in_config():
    config = Login(user="u", key=SecretStr("k")).to_config_value()
    schema = Login.to_config_schema().config_type
    assert masked(config, schema) == {"user": "u", "key": "********", "pin": "********", "password": "********"}


def test_typed_secrets_are_not_shown():
    shown = repr(Login(user="u", key=SecretStr("k1"), pin="1234"))
    assert [secret for secret in ("k1", "1234", "hunter2") if secret in shown] == []


def test_code_gets_the_secret_itself():
    login = Login.from_processed({"user": "u", "key": "k"})
    assert (login.key.get_secret_value(), login.password) == ("k", "hunter2")
