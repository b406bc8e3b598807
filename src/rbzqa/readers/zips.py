"""ZIP containers: what a DOCX may be before any of it is unpacked, and what its bytes hold."""

import io
import re
import stat
import struct
import zipfile
import zlib
from typing import IO

from rbzqa.errors import SourceError

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MAX_ENTRIES = 2_000
MAX_ENTRY = 48_000_000  # bytes of one part, unpacked
MAX_TOTAL = 160_000_000  # bytes of all parts, unpacked
MAX_RATIO = 300  # unpacked : packed, for a part of more than _SMALL bytes
_SMALL = 1_000_000
_PIECE = 1 << 16
_LOCAL_HEADER = 30
_UNSAFE_NAME = re.compile(r"^/|^[A-Za-z]:|\\|\0|(?:^|/)\.\.(?:/|$)")
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, struct.error, NotImplementedError, RuntimeError, OSError, ValueError, LookupError, OverflowError)
_AGAIN = "haal het opnieuw op, of open het in Word en sla het opnieuw op als DOCX"
_OTHERS = (
    ("xl/", "een Excel-bestand", "sla het op als PDF"),
    ("ppt/", "een PowerPoint-bestand", "sla het op als PDF"),
    ("content.xml", "een OpenDocument-bestand (ODT)", "sla het op als PDF of DOCX"),
)


def zip_media_type(data: bytes) -> str:
    """Tell what a ZIP file is by the names in it; nothing is unpacked.

    Raises:
        SourceError: damaged, unsafe, or not a DOCX.
    """
    names = [info.filename for info in _entries(_open(data))]
    if "[Content_Types].xml" in names and any(name.startswith("word/") for name in names):
        return DOCX
    for start, what, hint in _OTHERS:
        if any(name.startswith(start) for name in names):
            raise SourceError(f"dit is {what}; dat formaat wordt niet gelezen", hint)
    raise SourceError("dit is een ZIP-bestand en geen DOCX", "pak het uit, of sla het op als PDF of DOCX")


def read_parts(data: bytes, endings: tuple[str, ...]) -> dict[str, bytes]:
    """Unpack the parts of a ZIP file whose names end so; every part is unpacked and counted (FAULTS A18).

    Raises:
        SourceError: with one line on the first thing that is wrong with what the file declares or holds.
    """
    archive = _open(data)
    parts: dict[str, bytes] = {}
    room = MAX_TOTAL
    for info in _entries(archive):
        if info.is_dir():
            continue
        kept: list[bytes] | None = [] if info.filename.lower().endswith(endings) else None
        try:
            with archive.open(info) as part:
                room -= _count(part, min(MAX_ENTRY, room), kept)
        except BROKEN as error:
            raise _refused(f"het onderdeel {info.filename[:80]!r} is beschadigd") from error
        if kept is not None:
            parts[info.filename] = b"".join(kept)
    return parts


def _open(data: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except BROKEN as error:
        raise SourceError("dit is een beschadigd DOCX- of ZIP-bestand", "haal het opnieuw op") from error


def _entries(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The entries, once what the directory declares of them is found to be safe."""
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        raise _refused(f"het bevat {len(entries)} onderdelen; hoogstens {MAX_ENTRIES} is toegestaan")
    if sum(info.file_size for info in entries) > MAX_TOTAL:
        raise _refused(f"het wordt uitgepakt groter dan {MAX_TOTAL // 1_000_000} MB")
    names: set[str] = set()
    for info in entries:
        _check_entry(info)
        if (name := info.filename.casefold()) in names:
            raise _refused(f"het onderdeel {info.filename[:80]!r} komt er tweemaal in voor")
        names.add(name)
    _check_overlap(entries, archive.start_dir)
    return entries


def _check_entry(info: zipfile.ZipInfo) -> None:
    name = repr(info.orig_filename[:80])
    if _UNSAFE_NAME.search(info.orig_filename):
        raise _refused(f"de naam {name} wijst buiten het bestand")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise _refused(f"het onderdeel {name} is een koppeling en geen bestand")
    if info.flag_bits & 0x1:
        raise SourceError("het bestand is versleuteld", "sla het op zonder wachtwoord")
    if info.compress_type not in _PACKED:
        raise _refused(f"het onderdeel {name} is ingepakt op een manier die DOCX niet kent")
    if info.file_size > MAX_ENTRY:
        raise _refused(f"het onderdeel {name} wordt uitgepakt groter dan {MAX_ENTRY // 1_000_000} MB")
    if info.file_size > _SMALL and info.file_size > MAX_RATIO * info.compress_size:
        raise _refused(f"het onderdeel {name} is meer dan {MAX_RATIO} keer zo klein ingepakt: dat lijkt een zipbom")


def _check_overlap(entries: list[zipfile.ZipInfo], end: int) -> None:
    """Parts that share bytes make a small file unpack to a huge one without any single part being large."""
    at = 0
    for info in sorted(entries, key=lambda info: info.header_offset):
        if info.header_offset < at:
            raise _refused("onderdelen ervan overlappen elkaar: dat lijkt een zipbom")
        at = info.header_offset + _LOCAL_HEADER + info.compress_size
    if at > end:
        raise _refused("onderdelen ervan overlappen de inhoudsopgave")


def _count(part: IO[bytes], limit: int, kept: list[bytes] | None) -> int:
    size = 0
    while piece := part.read(_PIECE):
        size += len(piece)
        if size > limit:
            raise _refused("het wordt uitgepakt groter dan is toegestaan")
        if kept is not None:
            kept.append(piece)
    return size


def _refused(what: str) -> SourceError:
    return SourceError(f"dit DOCX- of ZIP-bestand wordt niet uitgepakt: {what}", _AGAIN)
