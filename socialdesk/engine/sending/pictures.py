"""A picture's bytes: which kind it is, and without what a camera or a program wrote into it.

Where, when and by whom a photo was taken stands in blocks beside the picture itself (EXIF, XMP,
IPTC, comments, a video behind it). Those blocks are left out; the picture's own bytes are copied
untouched, so nothing is decoded here and nothing gets worse. Only the turn of a photo is kept: a
new EXIF block with that one number. Sources: ITU T.81 (JPEG), PNG 3rd edition, GIF89a, the WebP
container specification.
"""

import struct
from typing import Final

JPEG, PNG, GIF, WEBP = "image/jpeg", "image/png", "image/gif", "image/webp"
ENDINGS: Final = {JPEG: "jpg", PNG: "png", GIF: "gif", WEBP: "webp"}

_PNG_HEAD: Final = b"\x89PNG\r\n\x1a\n"
# What a PNG needs to look as it does; all text, times and EXIF are left out.
_PNG_KEPT: Final = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP cICP sBIT bKGD pHYs acTL fcTL fdAT".split()
)
_ORIENTATION: Final = 0x0112


class NotAPictureError(ValueError):
    """The bytes are none of the four kinds, or end too early."""


def kind_of(content: bytes) -> str:
    """The MIME type by the content, whatever the name says; "" for anything else."""
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    if content.startswith(_PNG_HEAD):
        return PNG
    if content[:6] in (b"GIF87a", b"GIF89a"):
        return GIF
    return WEBP if content[:4] == b"RIFF" and content[8:12] == b"WEBP" else ""


def cleaned(content: bytes) -> bytes:
    """The same picture and nothing else. Raises NotAPictureError."""
    clean = {JPEG: _jpeg, PNG: _png, GIF: _gif, WEBP: _webp}.get(kind_of(content))
    if clean is None:
        raise NotAPictureError
    try:
        return clean(content)
    except (IndexError, struct.error) as e:
        raise NotAPictureError from e


# --- JPEG: segments up to the scans, and nothing after the end ---


def _jpeg(content: bytes) -> bytes:
    kept, at, turn = bytearray(b"\xff\xd8"), 2, 1
    while True:
        while content[at] == 0xFF and content[at + 1] == 0xFF:
            at += 1  # fill bytes
        if content[at] != 0xFF:
            raise NotAPictureError
        marker = content[at + 1]
        if marker == 0xD9:
            return bytes(kept) + b"\xff\xd9"
        (length,) = struct.unpack_from(">H", content, at + 2)
        segment = content[at : at + 2 + length]
        if length < 2 or len(segment) < 2 + length:
            raise NotAPictureError
        at += 2 + length
        if marker == 0xE1 and segment[4:10] == b"Exif\0\0":
            turn = _turn(segment[10:])
        elif _is_kept(marker, segment):
            if marker == 0xDA and turn > 1:
                kept[2:2], turn = _exif(turn), 1
            kept += segment
        if marker == 0xDA:
            end = _scan_end(content, at)
            kept += content[at:end]
            at = end


def _is_kept(marker: int, segment: bytes) -> bool:
    """All that is needed to decode; of the APPn blocks JFIF, colours (ICC, Adobe)."""
    if marker == 0xFE:  # a comment
        return False
    if not 0xE0 <= marker <= 0xEF:
        return True
    named = (b"JFIF\0", b"ICC_PROFILE\0", b"Adobe")
    return marker in (0xE0, 0xE2, 0xEE) and segment[4:].startswith(named)


def _scan_end(content: bytes, at: int) -> int:
    """Where the entropy-coded bytes end: at a marker that is neither stuffed nor a restart."""
    while True:
        at = content.find(b"\xff", at)
        if at < 0 or at + 1 >= len(content):
            raise NotAPictureError
        if content[at + 1] == 0 or 0xD0 <= content[at + 1] <= 0xD7:
            at += 2
        elif content[at + 1] == 0xFF:
            at += 1
        else:
            return at


def _turn(tiff: bytes) -> int:
    """The orientation tag, 1 (upright) when there is none to read."""
    try:
        order = {b"II": "<", b"MM": ">"}[tiff[:2]]
        (first,) = struct.unpack_from(f"{order}I", tiff, 4)
        (n,) = struct.unpack_from(f"{order}H", tiff, first)
        for i in range(min(n, 200)):
            tag, _, _, value = struct.unpack_from(f"{order}HHIH", tiff, first + 2 + 12 * i)
            if tag == _ORIENTATION:
                return value if 1 <= value <= 8 else 1
    except (KeyError, struct.error):
        pass
    return 1


def _exif(turn: int) -> bytes:
    """An APP1 block with the orientation and nothing else."""
    tiff = b"MM\0*\0\0\0\x08\0\x01" + struct.pack(">HHIHH", _ORIENTATION, 3, 1, turn, 0) + b"\0" * 4
    body = b"Exif\0\0" + tiff
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


# --- PNG, GIF, WebP: blocks of a length ---


def _png(content: bytes) -> bytes:
    kept, at = bytearray(_PNG_HEAD), len(_PNG_HEAD)
    while True:
        length, kind = struct.unpack_from(">I4s", content, at)
        chunk = content[at : at + 12 + length]
        if len(chunk) < 12 + length:
            raise NotAPictureError
        if kind in _PNG_KEPT:
            kept += chunk
        if kind == b"IEND":
            return bytes(kept)
        at += 12 + length


def _gif(content: bytes) -> bytes:
    at = 13 + _table_bytes(content[10])
    kept = bytearray(content[:at])
    while content[at] != 0x3B:
        start = at
        is_kept = True
        if content[at] == 0x21:
            # comments, and applications' own data besides the loop count of an animation
            is_kept = content[at + 1] == 0xF9 or (
                content[at + 1] == 0xFF and content[at + 3 : at + 14] == b"NETSCAPE2.0"
            )
            at += 2
        elif content[at] == 0x2C:
            at += 10 + _table_bytes(content[at + 9]) + 1
        else:
            raise NotAPictureError
        while content[at]:
            at += 1 + content[at]
        at += 1
        if is_kept:
            kept += content[start:at]
    return bytes(kept) + b";"


def _table_bytes(flags: int) -> int:
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _webp(content: bytes) -> bytes:
    (size,) = struct.unpack_from("<I", content, 4)
    end, at, kept = 8 + size, 12, bytearray()
    if len(content) < end:
        raise NotAPictureError
    while at + 8 <= end:
        kind, length = struct.unpack_from("<4sI", content, at)
        step = 8 + length + (length & 1)
        chunk = bytearray(content[at : at + step])
        if len(chunk) < 8 + length:
            raise NotAPictureError
        if kind == b"VP8X":
            chunk[8] &= ~0x0C  # no EXIF, no XMP follows
        if kind in (b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"):
            kept += chunk
        at += step
    return b"RIFF" + struct.pack("<I", 4 + len(kept)) + b"WEBP" + bytes(kept)
