# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""The six novels of Jane Austen, free of rights, out of Debian's package r-cran-janeaustenr.

R keeps them in Rdata.rdb: objects one behind the other, each the number of its bytes and a zlib stream of R's own
serialization (R Internals, 1.8). Each object is one novel, a vector of lines; nothing else is read here.
"""

import re
import struct
import zlib

STRINGS, STRING = 16, 9  # R's numbers of a vector of strings and of one string
HELD_OUT = 0.05
CHAPTER = re.compile(r"(chapter|volume)\b.{0,12}", re.IGNORECASE)


def _objects(data):
    while data:
        stream = zlib.decompressobj()
        yield stream.decompress(data[4:])
        data = stream.unused_data


def _lines(serialized):
    """The strings of a vector in R's serialization, version 3, big-endian."""
    assert serialized[:2] == b"X\n" and struct.unpack_from(">i", serialized, 2) == (3,)
    (encoding,) = struct.unpack_from(">i", serialized, 14)
    kind, count = struct.unpack_from(">ii", serialized, at := 18 + encoding)
    assert kind & 0xFF == STRINGS
    at += 8
    for _ in range(count):
        kind, size = struct.unpack_from(">ii", serialized, at)
        assert kind & 0xFF == STRING
        yield serialized[at + 8:at + 8 + size].decode()
        at += 8 + size


def _chapters(lines):
    """Each chapter as one text: its paragraphs, a line each. What stands before the first, titles, is left out."""
    chapters, paragraph = [], []
    for line in [*lines, ""]:
        line = line.strip()
        if line and not (CHAPTER.fullmatch(line) and not paragraph):
            paragraph.append(line)
            continue
        if paragraph and chapters:
            text = re.sub(r"\s+", " ", " ".join(paragraph).replace("_", ""))
            chapters[-1].append(text)
        paragraph = []
        if line:
            chapters.append([])
    return ["\n".join(chapter) + "\n" for chapter in chapters if chapter]


def novels(path):
    """Lists of chapters, of the novels in the Rdata.rdb at `path`."""
    return [_chapters(_lines(serialized)) for serialized in _objects(path.read_bytes())]


def parts(path):
    """Chapters to learn from, and those that are held out: the last of each novel, one character in twenty at least."""
    learned, held_out = [], []
    for chapters in novels(path):
        enough = HELD_OUT * sum(map(len, chapters))
        first = len(chapters)
        while sum(map(len, chapters[first:])) < enough:
            first -= 1
        learned += chapters[:first]
        held_out += chapters[first:]
    return learned, held_out
