import os
import socket
from typing import Union

import msgspec
import pytest

from dagster.lines import Lines, pair


class Text(msgspec.Struct, frozen=True, tag=True):
    text: str


class Number(msgspec.Struct, frozen=True, tag=True):
    number: int


Value = Union[Text, Number]


def test_values_come_as_they_were_sent_and_in_their_order() -> None:
    one, other = (Lines[Value](end, Value) for end in pair())
    assert one.send(Text("ä\nb"))
    assert one.send(Number(7))
    assert other.receive() == [Text("ä\nb"), Number(7)]
    one.close()
    other.close()


def test_a_value_that_comes_in_parts_is_given_when_it_is_whole() -> None:
    raw, end = pair()
    lines = Lines[Value](end, Value)
    raw.send(b'{"type":"Num')
    assert lines.received() == []
    raw.send(b'ber","number":1}\n{"type":"Number",')
    assert lines.received() == [Number(1)]
    raw.send(b'"number":2}\n')
    assert lines.received() == [Number(2)]
    raw.close()
    lines.close()


def test_what_was_sent_before_the_end_is_received() -> None:
    one, other = (Lines[Value](end, Value) for end in pair())
    one.send(Number(1))
    one.close()
    assert other.receive() == [Number(1)]
    assert other.receive() == []
    assert other.is_ended
    assert not other.send(Number(2))
    other.close()


def test_a_file_comes_along_as_one_of_its_own() -> None:
    one, other = (Lines[Value](end, Value) for end in pair())
    reading, writing = os.pipe()
    one.send(Text("take this"), (writing,))
    os.close(writing)
    other.receive()
    descriptor = other.take_descriptor()
    assert not os.get_inheritable(descriptor)
    os.write(descriptor, b"hello")
    os.close(descriptor)
    assert os.read(reading, 5) == b"hello"
    os.close(reading)
    one.close()
    other.close()


def test_what_does_not_fit_is_sent_later() -> None:
    raw, end = pair()
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    lines = Lines[Value](end, Value)
    text = b"x" * 10_000_000
    sent = lines.send_some(text)
    assert 0 < sent < len(text)
    raw.close()
    assert lines.send_some(text) == 0
    assert lines.is_ended
    lines.close()


def test_what_is_no_such_value_is_refused() -> None:
    raw, end = pair()
    lines = Lines[Value](end, Value)
    raw.send(b'{"type":"Other"}\n')
    with pytest.raises(msgspec.ValidationError):
        lines.received()
    raw.close()
    lines.close()
