import asyncio
from pathlib import Path

import pytest

import dagster as dg
from dagster.components import DefsStateConfig, DefsStateConfigArgs, build_defs_for_component
from dagster.components.refusals import DagsterComponentError
from dagster.errors import CheckError
from dagster_tests.components.conftest import MakeProject
from dagster_tests.components.projects import Project

TABLES = """
    import dagster as dg
    from dagster.components import DefsStateConfig, DefsStateConfigArgs, ResolvedDefsStateConfig

    class Tables(dg.StateBackedComponent, dg.Model, dg.Resolvable):
        defs_state: ResolvedDefsStateConfig = DefsStateConfigArgs.local_filesystem()

        @property
        def defs_state_config(self):
            return DefsStateConfig.from_args(self.defs_state, default_key="Tables[sales]")

        def write_state_to_path(self, state_path):
            state_path.write_text("orders customers")

        def build_defs_from_state(self, context, state_path):
            names = state_path.read_text().split() if state_path else []
            return dg.Definitions(assets=[dg.AssetSpec(name) for name in names])
"""


def tables(make_project: MakeProject, state: str = "{management_type: LOCAL_FILESYSTEM}") -> Project:
    written = f"type: PROJECT.tables.Tables\nattributes: {{defs_state: {state}}}"
    return make_project({"/tables.py": TABLES, "a/defs.yaml": written})


def refresh(project: Project) -> str:
    return asyncio.run(project.tree.load_component("a").refresh_state(project.root))


def test_the_state_is_fetched_once_and_kept_beside_the_definitions(make_project: MakeProject) -> None:
    project = tables(make_project)
    assert project.keys() == []
    assert refresh(project) == "__local__"
    assert project.keys() == ["customers", "orders"]
    kept = sorted(str(path.relative_to(project.defs_folder)) for path in project.defs_folder.rglob("*") if path.is_file())
    assert {".local_defs_state/.gitignore", ".local_defs_state/Tables__sales__/state"} <= set(kept)


def test_a_key_may_be_written(make_project: MakeProject) -> None:
    project = tables(make_project, "{management_type: LOCAL_FILESYSTEM, key: 'of_{{ 1 + 1 }}'}")
    refresh(project)
    assert (project.defs_folder / ".local_defs_state/of_2/state").exists()


def test_developing_fetches_the_state_at_each_load(make_project: MakeProject, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAGSTER_IS_DEV_CLI", "1")
    assert tables(make_project).keys() == ["customers", "orders"]


def test_developing_leaves_a_state_that_says_so(make_project: MakeProject, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAGSTER_IS_DEV_CLI", "1")
    assert tables(make_project, "{management_type: LOCAL_FILESYSTEM, refresh_if_dev: false}").keys() == []


def test_versions_of_a_state_are_kept_where_the_settings_say(
    make_project: MakeProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home/dagster.yaml").write_text(
        "defs_state_storage:\n"
        "  module: dagster._core.storage.defs_state.blob_storage_state_storage\n"
        "  class: UPathDefsStateStorage\n"
        f"  config: {{base_path: {tmp_path / 'states'}}}\n"
    )
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path / "home"))
    project = tables(make_project, "{management_type: VERSIONED_STATE_STORAGE}")
    assert project.keys() == []
    version = refresh(project)
    assert project.keys() == ["customers", "orders"]
    with dg.DagsterInstance.get() as instance:
        assert instance.defs_state_storage is not None
        assert instance.defs_state_storage.get_latest_version("Tables[sales]") == version


@pytest.mark.parametrize("home", [False, True])
def test_a_storage_of_versions_must_be_named(
    make_project: MakeProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, home: bool
) -> None:
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path) if home else "")
    with pytest.raises(dg.DagsterInvalidInvocationError, match="none is named. Name one as `defs_state_storage`"):
        tables(make_project, "{management_type: VERSIONED_STATE_STORAGE}").load()


def test_a_state_that_is_kept_nowhere_is_fetched_at_each_load(make_project: MakeProject) -> None:
    project = tables(make_project, "{management_type: LEGACY_CODE_SERVER_SNAPSHOTS}")
    assert project.keys() == ["customers", "orders"]
    with pytest.raises(dg.DagsterInvalidInvocationError, match="kept nowhere"):
        refresh(project)


def test_an_unknown_place_is_refused_with_its_line(make_project: MakeProject) -> None:
    with pytest.raises(DagsterComponentError, match=r"defs.yaml:2: attributes.defs_state.management_type: Input should be"):
        tables(make_project, "{management_type: SOMEWHERE}").load()
    with pytest.raises(CheckError):
        DefsStateConfig(key="a", management_type="SOMEWHERE")  # pyright: ignore[reportArgumentType]


class Failing(dg.StateBackedComponent):
    @property
    def defs_state_config(self) -> DefsStateConfig:
        return DefsStateConfig.from_args(DefsStateConfigArgs.local_filesystem(), default_key="failing")

    async def write_state_to_path(self, state_path: Path) -> None:
        state_path.write_text("half of it")
        raise ValueError("the other half is missing")

    def build_defs_from_state(self, context: dg.ComponentLoadContext, state_path: Path | None) -> dg.Definitions:
        return dg.Definitions()


def test_a_state_that_cannot_be_fetched_leaves_the_kept_one(make_project: MakeProject) -> None:
    project = tables(make_project, "{management_type: LOCAL_FILESYSTEM, key: failing}")
    refresh(project)
    with pytest.raises(ValueError, match="the other half"):
        asyncio.run(Failing().refresh_state(project.root))
    folder = project.defs_folder / ".local_defs_state/failing"
    assert {path.name: path.read_text() for path in folder.iterdir()} == {"state": "orders customers"}


def test_a_state_that_is_not_written_is_refused(make_project: MakeProject) -> None:
    class Silent(Failing):
        async def write_state_to_path(self, state_path: Path) -> None:
            """Nothing."""

    with pytest.raises(DagsterComponentError, match="Silent.write_state_to_path has written nothing"):
        asyncio.run(Silent().refresh_state(make_project({}).root))


def test_a_state_is_fetched_inside_of_a_running_loop() -> None:
    class Quick(Failing):
        @property
        def defs_state_config(self) -> DefsStateConfig:
            return DefsStateConfig.from_args(DefsStateConfigArgs.legacy_code_server_snapshots(), default_key="quick")

        async def write_state_to_path(self, state_path: Path) -> None:
            await asyncio.sleep(0)
            state_path.write_text("")

    async def load() -> dg.Definitions:
        return build_defs_for_component(Quick())

    assert asyncio.run(load()).resolve_all_asset_keys() == []
