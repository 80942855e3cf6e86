"""open_pipes_session with readers, injectors and clients of one's own."""

import json
import os
from contextlib import contextmanager

import dagster as dg
from dagster_pipes import DagsterPipesError, decode_param
from seen import metadata, raised


def line(method, **params):
    return json.dumps({"__dagster_pipes_version": "0.1", "method": method, "params": params})


OPENED, CLOSED = line("opened", extras={"cluster": "c"}), line("closed")


def wrote(orders_metadata):
    return line("report_asset_materialization", asset_key="orders", data_version="v1", metadata=orders_metadata)


class ListReader(dg.PipesMessageReader):
    """Hands over the messages of a list at the end."""

    def __init__(self, *lines):
        self.lines = lines
        self.heard = []

    @contextmanager
    def read_messages(self, handler):
        yield {"from": "a list"}
        for each in self.lines:
            handler.handle_message(json.loads(each))
        self.heard.append([handler.received_opened_message, handler.received_closed_message])

    def no_messages_debug_text(self):
        return "Attempted to read a list."

    def on_opened(self, opened_payload):
        self.heard.append(["opened", opened_payload])

    def on_launched(self, launched_payload):
        self.heard.append(["launched", launched_payload])


class Published(dg.PipesContextInjector):
    @contextmanager
    def inject_context(self, context_data):
        yield {"key": sorted(context_data)}

    def no_messages_debug_text(self):
        return "Attempted to publish."


class Cluster(dg.PipesClient):
    def __init__(self, *lines):
        self.lines = lines

    def run(self, *, context, extras=None, task):
        with dg.open_pipes_session(context, Published(), ListReader(*self.lines), extras=extras) as session:
            session.report_launched({"extras": {"task": task}})
        return dg.PipesClientCompletedInvocation(session, metadata={"task": task, "rows": 0})


def in_asset(work, **given):
    @dg.asset
    def orders(context: dg.AssetExecutionContext):
        return work(context)

    with dg.DagsterInstance.ephemeral() as instance:
        result = dg.materialize([orders], instance=instance, raise_on_error=False)
        lines = [[e.level, e.user_message] for e in instance.all_logs(result.run_id) if not e.dagster_event]
        made = [metadata(e.step_materialization_data.materialization.metadata) for e in result.get_asset_materialization_events()]
        return [result.success, lines, made]


def with_list():
    seen = {}

    def work(context):
        reader = ListReader(OPENED, wrote({"rows": {"type": "int", "raw_value": 3}}), CLOSED)
        with dg.open_pipes_session(context, Published(), reader, extras={"limit": 10}) as session:
            seen["params"] = dict(session.get_bootstrap_params())
            seen["variables"] = {k: decode_param(v) for k, v in session.get_bootstrap_env_vars().items()}
            seen["arguments"] = {k: decode_param(v) for k, v in session.get_bootstrap_cli_arguments().items()}
            seen["writers"] = len(session.get_per_writer_bootstrap_env_vars())
            seen["labels"] = sorted(session.default_remote_invocation_info)
            seen["context"] = [session.context_data["asset_keys"], session.context_data["extras"]]
            seen["before"] = [len(session.get_reported_results()), len(session.get_results())]
            session.report_launched({"extras": {"id": 1}})
        seen["after"] = [len(session.get_reported_results()), list(session.get_custom_messages())]
        seen["heard"] = reader.heard
        return session.get_results()

    return [in_asset(work), seen]


def with_client(*lines):
    def work(context):
        return Cluster(*lines).run(context=context, task="t").get_materialize_result()

    return in_asset(work)


def as_resource():
    @dg.asset
    def orders(context: dg.AssetExecutionContext, cluster: dg.ResourceParam[Cluster]):
        return cluster.run(context=context, task="t").get_results()

    with dg.DagsterInstance.ephemeral() as instance:
        resources = {"cluster": Cluster(OPENED, CLOSED)}
        return dg.materialize([orders], instance=instance, resources=resources, raise_on_error=False).success


def writers():
    seen = {}

    def work(context):
        reader = dg.PipesCompositeMessageReader([dg.PipesTempFileMessageReader(), dg.PipesTempFileMessageReader()])
        with dg.open_pipes_session(context, dg.PipesEnvContextInjector(), reader) as session:
            for rank, variables in enumerate(session.get_per_writer_bootstrap_env_vars()):
                params = decode_param(variables["DAGSTER_PIPES_MESSAGES"])
                seen[rank] = sorted(params)
                with open(params["path"], "a") as file:
                    file.write(f"{OPENED}\n{line('report_custom_message', payload=rank)}\n{CLOSED}\n")
            seen["all"] = sorted(session.message_reader_params)
        seen["messages"] = sorted(session.get_custom_messages())
        seen["count"] = reader.expected_writer_count
        seen["text"] = reader.no_messages_debug_text()
        return session.get_results()

    return [in_asset(work), {str(k): v for k, v in seen.items()}]


def files():
    seen = []

    def work(context):
        injector, reader = dg.PipesFileContextInjector("context.json"), dg.PipesFileMessageReader("messages")
        with dg.open_pipes_session(context, injector, reader) as session:
            seen.append([os.path.exists("context.json"), os.path.exists("messages")])
            seen.append([dict(session.context_injector_params), dict(session.message_reader_params)])
            with open("messages", "a") as file:
                file.write(f"{OPENED}\n{wrote({})}\n{CLOSED}")
        seen.append([os.path.exists("context.json"), os.path.exists("messages")])
        seen.append([injector.no_messages_debug_text(), reader.no_messages_debug_text()])
        return session.get_results()

    return [in_asset(work), seen]


def results():
    found = {}

    def work(context):
        check = line("report_asset_check", asset_key="orders", check_name="fresh", passed=True, severity="ERROR", metadata={})
        for name, lines in {"none": [], "one": [check], "two": [check, check]}.items():
            with dg.open_pipes_session(context, Published(), ListReader(OPENED, *lines, CLOSED)) as session:
                pass
            done = dg.PipesClientCompletedInvocation(session)
            for method in ("get_asset_check_result", "get_materialize_result"):
                try:
                    found[f"{name} {method}"] = type(getattr(done, method)()).__name__
                except DagsterPipesError as error:
                    found[f"{name} {method}"] = [f"{n} {kind}" in str(error) for kind in ("Mat", "Asset") for n in range(3)]
        return dg.MaterializeResult()

    return [in_asset(work)[0], found]


def forgotten():
    def work(context):
        with dg.open_pipes_session(context, Published(), ListReader(OPENED, CLOSED)):
            pass

    return in_asset(work)[0]


def broken():
    def work(context):
        with dg.open_pipes_session(context, Published(), ListReader(line("dance"))):
            pass

    try:
        with dg.build_asset_context() as context:
            work(context)
    except Exception as error:
        return bool(raised(error))


def facts() -> dict:
    return {
        "list": with_list(),
        "client": with_client(OPENED, wrote({"rows": {"type": "__infer__", "raw_value": 3}}), CLOSED),
        "late": with_client(OPENED, CLOSED, line("log", message="late", level="INFO")),
        "never opened": with_client(wrote(None), CLOSED),
        "resource": as_resource(),
        "writers": writers(),
        "files": files(),
        "results": results(),
        "forgotten": forgotten(),
        "broken": broken(),
    }
