"""Parameters as text that fits into an environment variable or an argument of a command."""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from typing import Any

from dagster_pipes.errors import PipesDecodingError


def encode_param(value: Any) -> str:
    """A JSON value as base64 of its zlib-compressed text.

    Example:
        >>> decode_param(encode_param({"path": "messages"}))
        {'path': 'messages'}
    """
    return base64.b64encode(zlib.compress(json.dumps(value).encode("utf-8"))).decode("utf-8")


def decode_param(value: str) -> Any:
    """The value that `encode_param` was given.

    Raises:
        PipesDecodingError: the text is something else.

    Example:
        >>> decode_param("eJyLNowFAAHTAOo=")
        [1]
    """
    try:
        return json.loads(zlib.decompress(base64.b64decode(value)))
    except (TypeError, ValueError, binascii.Error, zlib.error) as refused:
        raise PipesDecodingError(value) from refused


def encode_env_var(value: Any) -> str:
    """Same as `encode_param`.

    Example:
        >>> decode_env_var(encode_env_var([1, 2]))
        [1, 2]
    """
    return encode_param(value)


def decode_env_var(value: str) -> Any:
    """Same as `decode_param`.

    Example:
        >>> decode_env_var("eJyLNowFAAHTAOo=")
        [1]
    """
    return decode_param(value)
