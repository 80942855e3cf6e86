"""Loaders and writers for stores: which methods of the user's clients they call, and with what."""

import os
from unittest.mock import MagicMock

import dagster_pipes as dp

CLOSED = {"__dagster_pipes_version": "0.1", "method": "closed", "params": {}}


def calls(client):
    return [[name, [str(each) for each in args], {k: str(v) for k, v in kwargs.items()}] for name, args, kwargs in client.mock_calls]


def wrote(writer_class, **params):
    client = MagicMock()
    with writer_class(client, interval=60).open(params) as channel:
        channel.write_message(CLOSED)
        channel.write_message(CLOSED)
    return calls(client)


def loaded(loader_class, content):
    client = MagicMock()
    client.get_object.return_value = {"Body": MagicMock(read=lambda: content)}
    client.get_bucket.return_value.blob.return_value.download_as_bytes.return_value = content
    client.get_blob_client.return_value.__enter__.return_value.download_blob.return_value.readall.return_value = content
    with loader_class(client).load_context({"bucket": "b", "key": "k"}) as data:
        return [data, calls(client)]


def refused(call, *mentions):
    try:
        with call():
            return "accepted"
    except dp.DagsterPipesError as error:
        return {word: word in str(error) for word in mentions}


def on_volume():
    os.makedirs("volume", exist_ok=True)
    with dp.PipesUnityCatalogVolumesMessageWriter(interval=60).open({"path": "volume"}) as channel:
        channel.write_message(CLOSED)
    with open("volume/context.json", "w") as file:
        file.write('{"run_id": "r"}')
    with dp.PipesUnityCatalogVolumesContextLoader().load_context({"path": "volume/context.json"}) as data:
        context = data
    with open("volume/1.json") as file:
        return [sorted(os.listdir("volume")), file.read(), context]


def own_channel():
    chunks = []

    class Channel(dp.PipesBlobStoreMessageWriterChannel):
        def upload_messages_chunk(self, payload, index):
            chunks.append([index, payload.read()])

    class Writer(dp.PipesBlobStoreMessageWriter):
        def make_channel(self, params):
            return Channel(interval=self.interval)

        def get_opened_extras(self):
            return {"own": 1}

    writer = Writer(interval=60)
    with writer.open({}) as channel:
        for number in range(3):
            channel.write_message({**CLOSED, "params": {"n": number}})
    kept = Channel(interval=60)
    kept.write_message(CLOSED)
    return [chunks, writer.get_opened_payload(), kept.flush_messages(), kept.flush_messages()]


def mapping():
    context, messages = dp.encode_param({"path": "c"}), dp.encode_param({"path": "m"})
    full = dp.PipesMappingParamsLoader({"DAGSTER_PIPES_CONTEXT": context, "DAGSTER_PIPES_MESSAGES": messages})
    widgets = MagicMock()
    widgets.get.side_effect = {"DAGSTER_PIPES_CONTEXT": context, "DAGSTER_PIPES_MESSAGES": messages}.get
    notebook = dp.PipesDatabricksNotebookWidgetsParamsLoader(widgets)
    import sys

    arguments = sys.argv
    sys.argv = ["script.py", "own", "--dagster-pipes-context", context, f"--dagster-pipes-messages={messages}", "--own", "1"]
    try:
        by_arguments = dp.PipesCliArgsParamsLoader()
        command = [by_arguments.is_dagster_pipes_process(), by_arguments.load_context_params(), by_arguments.load_messages_params()]
    finally:
        sys.argv = arguments
    try:
        dp.PipesMappingParamsLoader({}).load_context_params()
        missing = "loaded"
    except KeyError as error:
        missing = "DAGSTER_PIPES_CONTEXT" in str(error)
    return {
        "full": [full.is_dagster_pipes_process(), full.load_context_params(), full.load_messages_params()],
        "empty": dp.PipesMappingParamsLoader({}).is_dagster_pipes_process(),
        "missing": missing,
        "notebook": [notebook.is_dagster_pipes_process(), notebook.load_context_params(), notebook.load_messages_params()],
        "command": command,
    }


def facts() -> dict:
    content = b'{"run_id": "r"}'
    return {
        "s3": [
            wrote(dp.PipesS3MessageWriter, bucket="b", key_prefix="p"),
            wrote(dp.PipesS3MessageWriter, bucket="b"),
            loaded(dp.PipesS3ContextLoader, content),
        ],
        "gcs": [
            [call for call in wrote(dp.PipesGCSMessageWriter, bucket="b", key_prefix="p")],
            loaded(dp.PipesGCSContextLoader, content),
        ],
        "azure": [
            wrote(dp.PipesAzureBlobStorageMessageWriter, bucket="b", key_prefix="p"),
            loaded(dp.PipesAzureBlobStorageContextLoader, content),
        ],
        "refused": {
            "s3": refused(lambda: dp.PipesS3MessageWriter(MagicMock()).open({}), "bucket", "PipesS3MessageWriter"),
            "key": refused(lambda: dp.PipesS3ContextLoader(MagicMock()).load_context({"bucket": "b"}), "key"),
            "default": refused(lambda: dp.PipesDefaultMessageWriter().open({}), "path"),
            "stdio": refused(lambda: dp.PipesDefaultMessageWriter().open({"stdio": "nowhere"}), "stderr", "nowhere"),
            "context": refused(lambda: dp.PipesDefaultContextLoader().load_context({}), "path", "data"),
        },
        "volume": on_volume(),
        "own": own_channel(),
        "parameters": mapping(),
    }
