"""The host of a code location: a process that has the code loaded and answers questions about it, over a Unix socket.

A question is a JSON value, an answer a frame: its length, whether it is an error, its bytes. The bytes are JSON, but for the
description of the location, which has a wire form of its own (`descriptions`).
"""

from __future__ import annotations

import os
import socket
import struct
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any, Literal, Union

import msgspec

from dagster import serdes
from dagster.errors import CheckError, DagsterCodeLocationError, DagsterError
from dagster.execution.preparation import NewRun, checked_plan, new_run, repeated_run
from dagster.execution.reexecutions import ReexecutionOptions
from dagster.instance.homes import InstanceRef
from dagster.instance.instance import DagsterInstance
from dagster.keys import AssetKey
from dagster.runs.requests import RunRequest
from dagster.workspace.complaints import Complaint, complaint
from dagster.workspace.descriptions import LocationDescription, description_of, from_wire, wire_form
from dagster.workspace.loading import CodeLocation
from dagster.workspace.structures import JobStructure, PlanFacts

_HEAD = struct.Struct("!IB")
_CHUNK_BYTES = 1 << 20


class Describe(msgspec.Struct, frozen=True, tag=True):
    """What does the location declare?"""


class MakeRun(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Which run is it that is asked for? It is made and checked, and not stored.

    Attributes:
        job_name: the job.
        request: config, tags, partition, assets.
        instance: where dynamic partitions are kept, and values.
        op_selection: ops of the job to run; None for all.
        run_id: of the run; None for a new one.
        select: selections of assets, all of which are made; None for what the request names.
        again: an earlier run of the job that it executes again, and what of it; selection and partition are then that run's.
        keeps_tags: whether it then has that run's tags, else those of the job.
    """

    job_name: str
    request: RunRequest
    instance: InstanceRef
    op_selection: Sequence[str] | None = None
    run_id: str | None = None
    select: Sequence[str] | None = None
    again: ReexecutionOptions | None = None
    keeps_tags: bool = True


class DescribeJob(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """What does a job consist of?"""

    job_name: str


class MakePlan(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Which steps would a run have that is asked for? Its config is checked. Attributes as of `MakeRun`."""

    job_name: str
    request: RunRequest
    instance: InstanceRef
    op_selection: Sequence[str] | None = None


class DescribePartition(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """What does a job say of the run of one of its partitions?

    Attributes:
        job_name: the job.
        partition_key: the partition, whether there is one or not.
        asset_selection: the assets that the run is to make; None for all of the job.
        wants: the config of the run, or its tags.
    """

    job_name: str
    partition_key: str
    asset_selection: Sequence[AssetKey] | None = None
    wants: Literal["config", "tags"] = "config"


Question = Union[Describe, MakeRun, DescribeJob, MakePlan, DescribePartition]


class HostRefusal(DagsterCodeLocationError):
    """A host was asked for something that does not fit.

    Attributes:
        complaint: what it said.
    """

    def __init__(self, complaint: Complaint) -> None:
        super().__init__(complaint.sentence)
        self.complaint = complaint


def serve_host(listening: socket.socket, location: CodeLocation) -> int:
    """Answer whoever connects, until the process is ended; gives the exit code."""
    host = _Host(location)
    while True:
        try:
            connection, _ = listening.accept()
        except OSError:
            return 0
        threading.Thread(target=host.serve, args=(connection,), daemon=True).start()


class _Host:
    def __init__(self, location: CodeLocation) -> None:
        self._location = location
        self._description: bytes | None = None
        self._lock = threading.Lock()

    def serve(self, connection: socket.socket) -> None:
        """Answer one connection until its other end is closed."""
        with connection:
            while (asked := _read_frame(connection)) is not None:
                try:
                    answer, is_error = self._answer(serdes.decode(asked[1], Question)), False  # pyright: ignore[reportArgumentType] - a union
                except (DagsterError, CheckError, msgspec.DecodeError) as refused:
                    answer, is_error = serdes.encode(complaint(refused, location=self._location)), True
                except Exception as failed:
                    answer, is_error = serdes.encode(complaint(failed, target=self._location.target)), True
                _write_frame(connection, answer, is_error)

    def _answer(self, question: Any) -> bytes:
        if isinstance(question, Describe):
            with self._lock:
                if self._description is None:
                    self._description = wire_form(description_of(self._location))
                return self._description
        job = self._location.definitions.resolve_job_def(question.job_name)
        if isinstance(question, DescribeJob):
            from dagster.workspace.structure_building import structure_of

            return serdes.encode(structure_of(job))
        if isinstance(question, DescribePartition):
            from dagster.workspace.structure_building import said_of_partition

            return serdes.encode(said_of_partition(job, question.partition_key, question.asset_selection, question.wants))
        with DagsterInstance.from_ref(question.instance) as instance:
            if isinstance(question, MakePlan):
                from dagster.workspace.structure_building import plan_facts

                return serdes.encode(plan_facts(checked_plan(job, question.request, instance, question.op_selection)))
            request = question.request
            if question.select is not None:
                keys = {key for part in question.select for key in self._location.project.selected(part)}
                request = request.with_replaced_attrs(asset_selection=sorted(keys))
            if question.again is not None:
                keeps_tags, run_id = question.keeps_tags, question.run_id
                return serdes.encode(repeated_run(job, question.again, request, instance, run_id, keeps_tags=keeps_tags))
            return serdes.encode(new_run(job, request, instance, question.op_selection, question.run_id))


class HostClient:
    """Asks a host. One connection, for one thread at a time.

    Args:
        path: of the host's socket.
        seconds: how long an answer may take.
    """

    def __init__(self, path: str, seconds: float = 60.0) -> None:
        self._connection = socket.socket(socket.AF_UNIX)
        self._connection.settimeout(seconds)
        self._connection.connect(path)

    def describe(self) -> LocationDescription:
        """What the location declares.

        Raises:
            DagsterCodeLocationError: it cannot be described.
        """
        return from_wire(self._asked(Describe()))

    def make_run(self, question: MakeRun) -> NewRun:
        """The run that is asked for, made and checked, not stored.

        Raises:
            DagsterCodeLocationError: what is asked for does not fit; the sentence says why.
        """
        return serdes.decode(self._asked(question), NewRun)

    def job_structure(self, job_name: str) -> JobStructure:
        """What a job consists of.

        Raises:
            HostRefusal: there is no such job, or it does not hold together.
        """
        return serdes.decode(self._asked(DescribeJob(job_name=job_name)), JobStructure)

    def make_plan(self, question: MakePlan) -> PlanFacts:
        """The steps of the run that is asked for.

        Raises:
            HostRefusal: what is asked for does not fit; the complaint says where.
        """
        return serdes.decode(self._asked(question), PlanFacts)

    def partition(self, question: DescribePartition) -> Mapping[str, Any]:
        """The config, or the tags, of the run of a partition.

        Raises:
            HostRefusal: the job has no partitions, or does not say it of that one.
        """
        return msgspec.json.decode(self._asked(question))

    def _asked(self, question: Any) -> bytes:
        try:
            _write_frame(self._connection, serdes.encode(question), False)
            frame = _read_frame(self._connection)
        except OSError as failed:
            raise DagsterCodeLocationError(f"The location's process does not answer: {failed}.") from failed
        if frame is None:
            raise DagsterCodeLocationError("The location's process ended before it answered.")
        is_error, answer = frame
        if is_error:
            raise HostRefusal(serdes.decode(answer, Complaint))
        return answer

    def close(self) -> None:
        """Give the connection back."""
        self._connection.close()


def listening_socket(path: str) -> socket.socket:
    """A socket on which a host may listen, for this user alone."""
    listening = socket.socket(socket.AF_UNIX)
    with suppress(FileNotFoundError):
        os.unlink(path)
    listening.bind(path)
    os.chmod(path, 0o600)
    listening.listen(64)
    return listening


def _write_frame(connection: socket.socket, data: bytes, is_error: bool) -> None:
    connection.sendall(_HEAD.pack(len(data), is_error) + data)


def _read_frame(connection: socket.socket) -> tuple[bool, bytes] | None:
    """A frame; None when the other end was closed."""
    head = _read_exactly(connection, _HEAD.size)
    if head is None:
        return None
    length, is_error = _HEAD.unpack(head)
    data = _read_exactly(connection, length)
    return None if data is None else (bool(is_error), data)


def _read_exactly(connection: socket.socket, length: int) -> bytes | None:
    parts: list[bytes] = []
    missing = length
    while missing:
        part = connection.recv(min(missing, _CHUNK_BYTES))
        if not part:
            return None
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)
