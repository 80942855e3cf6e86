"""S3, Google Cloud Storage and Azure: the context is one object, messages are chunks under a prefix.

The user gives the client of the vendor's library; nothing of it is imported here.
"""

from __future__ import annotations

import json
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from typing import IO, Any

from dagster_pipes.checks import handed_over, handed_over_or_none
from dagster_pipes.chunk_channels import PipesBlobStoreMessageWriterChannel
from dagster_pipes.context_loaders import PipesContextLoader
from dagster_pipes.message_writers import PipesBlobStoreMessageWriter
from dagster_pipes.protocol import PipesContextData


def _place(params: Mapping[str, Any], receiver: type) -> tuple[str, str]:
    """Bucket and key of the context."""
    return handed_over(params, "bucket", str, receiver), handed_over(params, "key", str, receiver)


def _prefix(params: Mapping[str, Any], receiver: type) -> tuple[str, str | None]:
    """Bucket and prefix of the messages."""
    return handed_over(params, "bucket", str, receiver), handed_over_or_none(params, "key_prefix", str, receiver)


class _PrefixedChannel(PipesBlobStoreMessageWriterChannel):
    def __init__(self, client: Any, bucket: str, key_prefix: str | None, *, interval: float = 10) -> None:
        super().__init__(interval=interval)
        self._client = client
        self._bucket = bucket
        self._key_prefix = key_prefix

    def _key(self, index: int) -> str:
        return f"{self._key_prefix}/{index}.json" if self._key_prefix else f"{index}.json"


class PipesS3ContextLoader(PipesContextLoader):
    """Loads the context from an object in S3: `bucket` and `key` of the parameters.

    Args:
        client: `boto3.client("s3")`.

    Example:
        >>> loader = PipesS3ContextLoader(Client())
    """

    def __init__(self, client: Any) -> None:
        self._client = client

    @contextmanager
    def load_context(self, params: Mapping[str, Any]) -> Generator[PipesContextData]:
        """Yields the context."""
        bucket, key = _place(params, type(self))
        yield json.loads(self._client.get_object(Bucket=bucket, Key=key)["Body"].read().decode("utf-8"))


class PipesS3MessageWriterChannel(_PrefixedChannel):
    """Uploads chunks to S3.

    Args:
        client: `boto3.client("s3")`.
        bucket, key_prefix: chunk n is the object `<key_prefix>/<n>.json`.
        interval: seconds between two uploads.

    Example:
        >>> channel = PipesS3MessageWriterChannel(Client(), "warehouse", "messages/f3a")
    """

    def upload_messages_chunk(self, payload: IO[str], index: int) -> None:
        """Put a chunk."""
        self._client.put_object(Body=payload.read(), Bucket=self._bucket, Key=self._key(index))


class PipesS3MessageWriter(PipesBlobStoreMessageWriter[PipesS3MessageWriterChannel]):
    """Uploads messages to S3: `bucket` and `key_prefix` of the parameters.

    Args:
        client: `boto3.client("s3")`.
        interval: seconds between two uploads.

    Example:
        >>> writer = PipesS3MessageWriter(Client(), interval=2)
    """

    def __init__(self, client: Any, *, interval: float = 10) -> None:
        super().__init__(interval=interval)
        self._client = client

    def make_channel(self, params: Mapping[str, Any]) -> PipesS3MessageWriterChannel:
        """The channel for these parameters."""
        return PipesS3MessageWriterChannel(self._client, *_prefix(params, type(self)), interval=self.interval)


class PipesGCSContextLoader(PipesContextLoader):
    """Loads the context from an object in Google Cloud Storage: `bucket` and `key` of the parameters.

    Args:
        client: a `google.cloud.storage.Client`.

    Example:
        >>> loader = PipesGCSContextLoader(Client())
    """

    def __init__(self, client: Any) -> None:
        self._client = client

    @contextmanager
    def load_context(self, params: Mapping[str, Any]) -> Generator[PipesContextData]:
        """Yields the context."""
        bucket, key = _place(params, type(self))
        yield json.loads(self._client.get_bucket(bucket).blob(key).download_as_bytes().decode("utf-8"))


class PipesGCSMessageWriterChannel(_PrefixedChannel):
    """Uploads chunks to Google Cloud Storage.

    Args:
        client: a `google.cloud.storage.Client`.
        bucket, key_prefix: chunk n is the object `<key_prefix>/<n>.json`.
        interval: seconds between two uploads.

    Example:
        >>> channel = PipesGCSMessageWriterChannel(Client(), "warehouse", "messages/f3a")
    """

    def upload_messages_chunk(self, payload: IO[str], index: int) -> None:
        """Put a chunk."""
        self._client.get_bucket(self._bucket).blob(self._key(index)).upload_from_string(payload.read())


class PipesGCSMessageWriter(PipesBlobStoreMessageWriter[PipesGCSMessageWriterChannel]):
    """Uploads messages to Google Cloud Storage: `bucket` and `key_prefix` of the parameters.

    Args:
        client: a `google.cloud.storage.Client`.
        interval: seconds between two uploads.

    Example:
        >>> writer = PipesGCSMessageWriter(Client(), interval=2)
    """

    def __init__(self, client: Any, *, interval: float = 10) -> None:
        super().__init__(interval=interval)
        self._client = client

    def make_channel(self, params: Mapping[str, Any]) -> PipesGCSMessageWriterChannel:
        """The channel for these parameters."""
        return PipesGCSMessageWriterChannel(self._client, *_prefix(params, type(self)), interval=self.interval)


class PipesAzureBlobStorageContextLoader(PipesContextLoader):
    """Loads the context from a blob of Azure: `bucket` (the container) and `key` of the parameters.

    Args:
        client: an `azure.storage.blob.BlobServiceClient`.

    Example:
        >>> loader = PipesAzureBlobStorageContextLoader(Client())
    """

    def __init__(self, client: Any) -> None:
        self._client = client

    @contextmanager
    def load_context(self, params: Mapping[str, Any]) -> Generator[PipesContextData]:
        """Yields the context."""
        with self._client.get_blob_client(*_place(params, type(self))) as blob:
            content = blob.download_blob().readall()
        yield json.loads(content.decode("utf-8"))


class PipesAzureBlobStorageMessageWriterChannel(_PrefixedChannel):
    """Uploads chunks to Azure.

    Args:
        client: an `azure.storage.blob.BlobServiceClient`.
        bucket, key_prefix: chunk n is the blob `<key_prefix>/<n>.json` of the container.
        interval: seconds between two uploads.

    Example:
        >>> channel = PipesAzureBlobStorageMessageWriterChannel(Client(), "warehouse", "messages/f3a")
    """

    def upload_messages_chunk(self, payload: IO[str], index: int) -> None:
        """Put a chunk."""
        with self._client.get_blob_client(self._bucket, self._key(index)) as blob:
            blob.upload_blob(payload.read())


class PipesAzureBlobStorageMessageWriter(PipesBlobStoreMessageWriter[PipesAzureBlobStorageMessageWriterChannel]):
    """Uploads messages to Azure: `bucket` (the container) and `key_prefix` of the parameters.

    Args:
        client: an `azure.storage.blob.BlobServiceClient`.
        interval: seconds between two uploads.

    Example:
        >>> writer = PipesAzureBlobStorageMessageWriter(Client(), interval=2)
    """

    def __init__(self, client: Any, *, interval: float = 10) -> None:
        super().__init__(interval=interval)
        self._client = client

    def make_channel(self, params: Mapping[str, Any]) -> PipesAzureBlobStorageMessageWriterChannel:
        """The channel for these parameters."""
        return PipesAzureBlobStorageMessageWriterChannel(self._client, *_prefix(params, type(self)), interval=self.interval)
