import uuid

import pandas as pd
import polars as pl
import pytest
from pandas.testing import assert_frame_equal

from dagster.io.building import build_input_context, build_output_context
from dagster.io.defaults import file_io_manager
from dagster.io.remote_files import RemoteFileIOManager
from dagster_tests.contracts.io_managers import IOManagerContract


class TestObjectStore(IOManagerContract):
    first: object = {"rows": [1, 2.5, None]}

    def make_manager(self, folder):
        return file_io_manager(f"memory://{uuid.uuid4().hex}", "auto")


@pytest.fixture
def manager():
    return file_io_manager(f"memory://{uuid.uuid4().hex}/data", "auto")


def test_a_url_is_kept_in_its_own_store(manager):
    assert isinstance(manager, RemoteFileIOManager)
    context = build_output_context(asset_key="orders")
    manager.handle_output(context, (1, 2))
    assert context.get_logged_metadata()["path"].value.startswith("memory://")


def test_a_frame_comes_back_and_tells_about_itself(manager):
    frame = pd.DataFrame({"n": [1, 2]})
    context = build_output_context(asset_key="orders")
    manager.handle_output(context, frame)
    assert_frame_equal(manager.load_input(build_input_context(asset_key="orders")), frame)
    assert context.get_logged_metadata()["dagster/row_count"].value == 2
    assert context.get_logged_metadata()["dagster/size_bytes"].value > 0


def test_a_consumer_gets_the_frame_of_its_own_library(manager):
    manager.handle_output(build_output_context(asset_key="orders"), pd.DataFrame({"n": [1, 2]}))
    loaded = manager.load_input(build_input_context(asset_key="orders", dagster_type=pl.DataFrame))
    assert isinstance(loaded, pl.DataFrame)
