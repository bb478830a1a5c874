"""Archives may be damaged or hostile: they are refused in one plain sentence, and never unpacked to the disk."""

import contextlib
import io
import random
import stat
import struct
import warnings
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kith.workflows.importers.archive import open_archive
from kith.workflows.importers.linkedin import read_linkedin
from kith.workflows.records import ImportRefused

HEADER = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
ROW = "Ana,Silva,https://www.linkedin.com/in/ana-silva,,Acme,Analyst,08 Feb 2026\n"


def zip_bytes(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with zipfile.ZipFile(target, "w", method) as archive:
            for name, data in members:
                archive.writestr(name, data)
    return target.getvalue()


def written(folder: Path, data: bytes, name: str = "export.zip") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def refusal(folder: Path, data: bytes) -> str:
    with pytest.raises(ImportRefused) as refused:
        read_linkedin(written(folder, data))
    return str(refused.value)


def test_reads_a_zip_whose_files_are_in_a_folder_and_in_any_case(tmp_path: Path) -> None:
    data = zip_bytes(("Basic_Export/CONNECTIONS.CSV", (HEADER + ROW).encode()), ("Basic_Export/Jobs/x.html", b"x"))
    network = read_linkedin(written(tmp_path, data))
    assert [person.name for person in network.people] == ["Ana Silva"]
    assert network.files == ("CONNECTIONS.CSV",)


def test_reads_a_folder_and_one_file_alone(tmp_path: Path) -> None:
    written(tmp_path, (HEADER + ROW).encode(), "Connections.csv")
    renamed = written(tmp_path, (HEADER + ROW).encode(), "my people.txt")
    assert len(read_linkedin(tmp_path).people) == 1
    assert len(read_linkedin(tmp_path / "Connections.csv").people) == 1
    assert len(read_linkedin(renamed).people) == 1


def test_the_shadow_files_of_a_mac_are_not_read(tmp_path: Path) -> None:
    data = zip_bytes(("Connections.csv", (HEADER + ROW).encode()), ("__MACOSX/._Connections.csv", b"\x00\x05\x16"))
    assert len(read_linkedin(written(tmp_path, data)).people) == 1


def test_the_digest_is_of_the_bytes(tmp_path: Path) -> None:
    data = zip_bytes(("Connections.csv", (HEADER + ROW).encode()))
    one, other = written(tmp_path, data, "one.zip"), written(tmp_path, data, "other.zip")
    assert read_linkedin(one).digest == read_linkedin(other).digest
    assert read_linkedin(one).digest != read_linkedin(written(tmp_path, data + b"\0", "third.zip")).digest


def test_refuses_what_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ImportRefused, match="no file or folder"):
        read_linkedin(tmp_path / "nothing.zip")


def test_refuses_a_zip_that_is_none(tmp_path: Path) -> None:
    assert "not a zip" in refusal(tmp_path, b"<html>Please sign in</html>")


@pytest.mark.parametrize("kept", [0.2, 0.6, 0.95])
def test_refuses_a_truncated_zip(tmp_path: Path, kept: float) -> None:
    data = zip_bytes(("Connections.csv", (HEADER + ROW * 500).encode()))
    assert "not downloaded completely" in refusal(tmp_path, data[: int(len(data) * kept)])


def test_refuses_a_zip_bomb_before_reading_it(tmp_path: Path) -> None:
    data = zip_bytes(("Connections.csv", HEADER.encode() + b"a" * 50_000_000))
    assert len(data) < 100_000
    assert "times its size" in refusal(tmp_path, data)


def test_refuses_members_that_are_larger_or_smaller_than_they_say(tmp_path: Path) -> None:
    text = HEADER.encode() + random.Random(1).randbytes(5_000).hex().encode()
    data = zip_bytes(("Connections.csv", text), method=zipfile.ZIP_STORED)
    honest = struct.pack("<L", len(text))
    for lie in (len(text) - 100, len(text) + 100, 60):
        forged = data.replace(honest, struct.pack("<L", lie))
        assert "Connections.csv" in refusal(tmp_path, forged) or "damaged" in refusal(tmp_path, forged)


def test_refuses_a_deflated_member_that_declares_less_than_it_holds(tmp_path: Path) -> None:
    text = (HEADER + ROW * 3_000).encode()
    data = zip_bytes(("Connections.csv", text))
    forged = data.replace(struct.pack("<L", len(text)), struct.pack("<L", 500))
    assert "Connections.csv" in refusal(tmp_path, forged)


@pytest.mark.parametrize("names", [("Connections.csv", "Connections.csv"), ("Connections.csv", "connections.CSV")])
def test_refuses_duplicate_members(tmp_path: Path, names: tuple[str, str]) -> None:
    assert "twice" in refusal(tmp_path, zip_bytes(*((name, (HEADER + ROW).encode()) for name in names)))


def test_refuses_two_exports_in_one_folder(tmp_path: Path) -> None:
    written(tmp_path, (HEADER + ROW).encode(), "Connections.csv")
    written(tmp_path, (HEADER + ROW).encode(), "Connections (1).csv")
    with pytest.raises(ImportRefused, match="one export at a time"):
        read_linkedin(tmp_path)


@pytest.mark.parametrize(
    "name", ["/etc/Connections.csv", "../Connections.csv", "a/../../Connections.csv", "C:Connections.csv"]
)
def test_refuses_names_that_leave_the_archive(tmp_path: Path, name: str) -> None:
    assert "forbidden name" in refusal(tmp_path, zip_bytes((name, (HEADER + ROW).encode())))


def test_refuses_locked_members_and_links(tmp_path: Path) -> None:
    data = bytearray(zip_bytes(("Connections.csv", (HEADER + ROW).encode())))
    directory = data.rfind(b"PK\x01\x02")
    data[directory + 8] |= 1
    assert "password" in refusal(tmp_path, bytes(data))
    link = zipfile.ZipInfo("Connections.csv")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert "link" in refusal(tmp_path, target.getvalue())


def test_refuses_more_members_than_any_export_has(tmp_path: Path) -> None:
    assert "more than 10000 files" in refusal(
        tmp_path, zip_bytes(*((f"{number}.csv", b"") for number in range(10_001)))
    )


def test_refuses_an_archive_with_nothing_of_linkedin_in_it(tmp_path: Path) -> None:
    assert "LinkedIn export" in refusal(tmp_path, zip_bytes(("holiday.csv", b"where,when\nLisbon,2026\n")))
    assert "LinkedIn export" in refusal(tmp_path, zip_bytes())


def test_refuses_a_line_without_end(tmp_path: Path) -> None:
    path = written(tmp_path, HEADER.encode() + b"x" * 40_000_000, "Connections.csv")
    with pytest.raises(ImportRefused, match="32 MiB"):
        read_linkedin(path)


def test_nothing_is_ever_written_beside_the_archive(tmp_path: Path) -> None:
    path = written(tmp_path, zip_bytes(("Connections.csv", (HEADER + ROW).encode())))
    read_linkedin(path)
    assert list(tmp_path.iterdir()) == [path]


def test_progress_grows_up_to_the_whole(tmp_path: Path) -> None:
    path = written(tmp_path, (HEADER + ROW * 10_000).encode(), "Connections.csv")
    seen: list[tuple[int, int]] = []
    read_linkedin(path, progress=lambda done, whole: seen.append((done, whole)))
    assert seen == sorted(seen)
    assert seen[-1] == (path.stat().st_size, path.stat().st_size)


GOOD_ZIP = zip_bytes(
    ("Connections.csv", (HEADER + ROW * 20).encode()),
    ("messages.csv", b"CONVERSATION ID,FROM,TO,DATE\nc,Ana Silva,Me,2026-01-01 10:00:00 UTC\n"),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300, deadline=None)
@given(changes=st.lists(st.tuples(st.integers(0, len(GOOD_ZIP) - 1), st.integers(0, 255)), max_size=6), data=st.data())
def test_a_mutated_zip_is_read_or_refused_and_nothing_else(
    tmp_path: Path, changes: list[tuple[int, int]], data: st.DataObject
) -> None:
    mutated = bytearray(GOOD_ZIP)
    for place, value in changes:
        mutated[place] = value
    cut = data.draw(st.integers(len(mutated) - 40, len(mutated)))
    path = written(tmp_path, bytes(mutated[:cut]))
    with contextlib.suppress(ImportRefused):
        read_linkedin(path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200, deadline=None)
@given(st.binary(max_size=2_000), st.sampled_from(["Connections.csv", "messages.csv", "export.zip", "x.csv"]))
def test_random_bytes_are_read_or_refused_and_nothing_else(tmp_path: Path, data: bytes, name: str) -> None:
    with contextlib.suppress(ImportRefused):
        read_linkedin(written(tmp_path, data, name))


def test_an_archive_is_closed_after_use(tmp_path: Path) -> None:
    path = written(tmp_path, zip_bytes(("Connections.csv", (HEADER + ROW).encode())))
    with open_archive(path) as archive:
        assert [member.name for member in archive.members] == ["Connections.csv"]
    with pytest.raises(ImportRefused), archive.members[0].open() as file:
        file.read()
