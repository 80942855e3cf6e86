import contextlib
import io
import threading
from pathlib import Path
from typing import Any

import pytest

from dagster_pipes import (
    DagsterPipesError,
    PipesAzureBlobStorageContextLoader,
    PipesAzureBlobStorageMessageWriter,
    PipesBlobStoreMessageWriterChannel,
    PipesDefaultMessageWriter,
    PipesGCSContextLoader,
    PipesGCSMessageWriter,
    PipesMessage,
    PipesPrefectLogsMessageWriter,
    PipesS3ContextLoader,
    PipesS3MessageWriter,
    PipesUnityCatalogVolumesMessageWriter,
)

CLOSED: PipesMessage = {"__dagster_pipes_version": "0.1", "method": "closed", "params": {}}
LINE = '{"__dagster_pipes_version": "0.1", "method": "closed", "params": {}}'


class S3:
    """The two methods of boto3's client."""

    def __init__(self) -> None:
        self.objects: dict[str, Any] = {}

    def put_object(self, *, Body: str, Bucket: str, Key: str) -> None:
        self.objects[f"{Bucket}:{Key}"] = Body

    def get_object(self, *, Bucket: str, Key: str) -> Any:
        return {"Body": io.BytesIO(self.objects[f"{Bucket}:{Key}"].encode())}


class GoogleBlob:
    def __init__(self, objects: dict[str, Any], name: str) -> None:
        self.objects, self.name = objects, name

    def blob(self, key: str) -> "GoogleBlob":
        return GoogleBlob(self.objects, f"{self.name}:{key}")

    def upload_from_string(self, text: str) -> None:
        self.objects[self.name] = text

    def download_as_bytes(self) -> bytes:
        return self.objects[self.name].encode()


class Google:
    def __init__(self) -> None:
        self.objects: dict[str, Any] = {}

    def get_bucket(self, name: str) -> GoogleBlob:
        return GoogleBlob(self.objects, name)


class AzureBlob(GoogleBlob):
    def upload_blob(self, text: str) -> None:
        self.objects[self.name] = text

    def download_blob(self) -> Any:
        return self

    def readall(self) -> bytes:
        return self.objects[self.name].encode()


class Azure(Google):
    def get_blob_client(self, container: str, key: str) -> Any:
        return contextlib.nullcontext(AzureBlob(self.objects, f"{container}:{key}"))


STORES = [
    (S3, PipesS3ContextLoader, PipesS3MessageWriter),
    (Google, PipesGCSContextLoader, PipesGCSMessageWriter),
    (Azure, PipesAzureBlobStorageContextLoader, PipesAzureBlobStorageMessageWriter),
]


@pytest.mark.parametrize(("client_class", "_loader", "writer_class"), STORES)
@pytest.mark.parametrize(("prefix", "name"), [("run", "b:run/1.json"), (None, "b:1.json")])
def test_messages_are_objects_under_the_prefix(
    client_class: Any, _loader: Any, writer_class: Any, prefix: Any, name: str
) -> None:
    client = client_class()
    with writer_class(client, interval=60).open({"bucket": "b", "key_prefix": prefix}) as channel:
        channel.write_message(CLOSED)
        channel.write_message(CLOSED)
    assert {name: f"{LINE}\n{LINE}"} == client.objects


@pytest.mark.parametrize(("client_class", "loader_class", "_writer"), STORES)
def test_the_context_is_an_object(client_class: Any, loader_class: Any, _writer: Any) -> None:
    client = client_class()
    client.objects["b:context.json"] = '{"run_id": "f3a"}'
    with loader_class(client).load_context({"bucket": "b", "key": "context.json"}) as data:
        assert {"run_id": "f3a"} == data


@pytest.mark.parametrize(("client_class", "loader_class", "writer_class"), STORES)
def test_a_bucket_is_needed(client_class: Any, loader_class: Any, writer_class: Any) -> None:
    with pytest.raises(DagsterPipesError, match="`bucket`"), loader_class(client_class()).load_context({}):
        pass
    with pytest.raises(DagsterPipesError, match="`bucket`"), writer_class(client_class()).open({}):
        pass


class Failing(PipesBlobStoreMessageWriterChannel):
    """Fails as often as it is told to."""

    def __init__(self, failures: int, interval: float) -> None:
        super().__init__(interval=interval)
        self.failures = failures
        self.chunks: list[tuple[int, str]] = []
        self.is_done = threading.Event()

    def upload_messages_chunk(self, payload: Any, index: int) -> None:
        if self.failures:
            self.failures -= 1
            raise ConnectionError("reset")
        self.chunks.append((index, payload.read()))
        self.is_done.set()


def test_a_chunk_that_was_not_uploaded_is_tried_again_under_its_number(capfd: pytest.CaptureFixture[str]) -> None:
    channel = Failing(failures=2, interval=0.01)
    with channel.buffered_upload_loop():
        channel.write_message(CLOSED)
        assert channel.is_done.wait(10)
        channel.write_message(CLOSED)
    assert [(1, LINE), (2, LINE)] == channel.chunks
    assert "chunk 1 of messages could not be uploaded" in capfd.readouterr().err


def test_a_last_chunk_that_cannot_be_uploaded_is_an_error() -> None:
    channel = Failing(failures=1, interval=60)
    with pytest.raises(ConnectionError, match="reset"), channel.buffered_upload_loop():
        channel.write_message(CLOSED)


def test_chunks_on_a_volume_are_files_that_appear_whole(tmp_path: Path) -> None:
    with PipesUnityCatalogVolumesMessageWriter(interval=60).open({"path": str(tmp_path)}) as channel:
        channel.write_message(CLOSED)
    assert {"1.json": LINE} == {path.name: path.read_text() for path in tmp_path.iterdir()}


def test_messages_go_to_the_stream_that_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    with PipesDefaultMessageWriter().open({"stdio": "stderr"}) as channel:
        channel.write_message(CLOSED)
    assert ("", f"{LINE}\n") == capsys.readouterr()


def test_buffered_messages_follow_what_was_printed(capsys: pytest.CaptureFixture[str]) -> None:
    with PipesDefaultMessageWriter().open({"buffered_stdio": "stdout"}) as channel:
        channel.write_message(CLOSED)
        print("printed")
    assert f"printed\n{LINE}\n" == capsys.readouterr().out


@pytest.mark.parametrize(
    ("params", "sentence"),
    [({}, 'expected key "path"'), ({"stdio": "nowhere"}, "received nowhere"), ({"path": 3}, "parameter `path`")],
)
def test_params_that_name_no_place_are_refused(params: dict[str, Any], sentence: str) -> None:
    with pytest.raises(DagsterPipesError, match=sentence), PipesDefaultMessageWriter().open(params):
        pass


def test_a_line_too_long_for_prefect_is_named_instead(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", logger=PipesPrefectLogsMessageWriter.LOGGER_NAME)
    with PipesPrefectLogsMessageWriter().open({"prefect_logs": True, "max_message_bytes": 100}) as channel:
        channel.write_message(CLOSED)
        channel.write_message({**CLOSED, "params": {"text": "x" * 200}})
    assert [LINE, True] == [caplog.messages[0], "Dropped a `closed` Pipes message" in caplog.messages[1]]
