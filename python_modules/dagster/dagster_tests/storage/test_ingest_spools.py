import stat
from pathlib import Path

import pytest

from dagster.storage.ingest.spools import Spool, size_of


def taken(spool: Spool) -> list[bytes]:
    """Everything in it, taken out."""
    found: list[bytes] = []
    while spool.left_bytes:
        batches, place = spool.read()
        found.extend(batches)
        spool.take_out(place)
    return found


def test_what_was_put_in_comes_out_in_order_and_once(tmp_path: Path) -> None:
    path = tmp_path / "s"
    spool = Spool(str(path))
    spool.append([b"a", b"b"])
    spool.append([b"c"])
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert taken(Spool(str(path))) == [b"a", b"b", b"c"]
    assert size_of(str(path)) == 0
    assert taken(Spool(str(path))) == []


def test_half_a_record_at_the_end_is_not_read_and_spoils_nothing_that_comes_later(tmp_path: Path) -> None:
    path = tmp_path / "s"
    Spool(str(path)).append([b"whole", b"torn"])
    path.write_bytes(path.read_bytes()[:-3])
    after_the_crash = Spool(str(path))
    assert after_the_crash.read()[0] == [b"whole"]
    after_the_crash.append([b"later"])
    assert taken(after_the_crash) == [b"whole", b"later"]
    assert not (tmp_path / "s.damaged").exists()


def test_half_a_record_alone_leaves_an_empty_spool(tmp_path: Path) -> None:
    path = tmp_path / "s"
    path.write_bytes(b"0badcafe hal")
    assert taken(Spool(str(path))) == []
    assert size_of(str(path)) == 0


def test_a_damaged_record_is_left_out_and_a_copy_of_the_file_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "s"
    Spool(str(path)).append([b"first", b"second", b"third"])
    path.write_bytes(path.read_bytes().replace(b"second", b"sec0nd"))
    spool = Spool(str(path))
    assert taken(spool) == [b"first", b"third"]
    assert b"sec0nd" in (tmp_path / "s.damaged").read_bytes()
    spool.append([b"fourth"])
    assert taken(spool) == [b"fourth"]


def test_what_could_not_be_written_is_not_half_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spool = Spool(str(tmp_path / "s"))
    spool.append([b"a"])
    with monkeypatch.context() as patched:
        patched.setattr("os.fdatasync", lambda _descriptor: (_ for _ in ()).throw(OSError("no space left")))
        with pytest.raises(OSError, match="no space"):
            spool.append([b"b", b"c"])
    spool.append([b"d"])
    assert taken(spool) == [b"a", b"d"]


def test_a_spool_larger_than_what_is_read_at_once_comes_out_whole(tmp_path: Path) -> None:
    spool = Spool(str(tmp_path / "s"))
    batches = [b"%d" % number * 100_000 for number in range(40)]
    spool.append(batches)
    assert taken(spool) == batches
