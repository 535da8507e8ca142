# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""English sounds in the phone sets of festival's voices for other languages.

Each line of a table is an American phone (of festival's "radio" set) and what stands for it, alternatives after `|`,
several phones in a row with blanks; a phone with nothing behind it is left out. Speakers of those languages would
say them so, more or less: an accent, but with real people's voices.
"""

ITALIAN = """
    aa o1 | O1 | a1; ae E1 | a1; ah a1; ao O1 | o1; aw a1 u; ax e | a | o; axr e r; ay a1 i | a1 j; b b; ch tS; d d
    dh d; dx d; eh E1 | e1; el o l; em e m; en e n; er e1 | o1; ey e1 i | e1; f f; g g; hh | k; hv; ih i1; iy i1; jh dZ
    k k; l l; m m; n n; ng ng; nx n; ow o1 u | o1; oy O1 i; p p; r r; s s; sh S; t t; th f | t; uh u1; uw u1; v v; w w
    y j; z z; zh S
"""

CZECH = """
    aa a | o; ae e | a; ah a; ao o; aw a u; ax e | a; axr e r; ay a j; b b; ch c~; d d; dh d; dx d; eh e; el l
    em e m; en e n; er e | o; ey e j; f f; g g; hh h | ch; hv h; ih i; iy i:; jh dz~; k k; l l; m m; n n; ng n* g
    nx n; ow o u | o:; oy o j; p p; r r; s s; sh s~; t t; th f | s; uh u; uw u; v v; w v | u; y j; z z; zh z~
"""

FINNISH = """
    aa a | o; ae @ ; ah a; ao o; aw a u; ax e | a | 7; axr e r; ay a i; b b; ch t S | t s; d d; dh d; dx d
    eh e | @; el e l; em e m; en e n; er 7: | e; ey e i; f f; g g; hh h; hv h; ih i; iy i:; jh d S | d j; k k; l l; m m
    n n; ng N; nx n; ow o u | o:; oy o i; p p; r r; s s; sh S | s; t t; th t | f; uh u; uw u:; v v; w v | u; y j; z s
    zh S
"""

HINDI = """
    aa aa; ae eh | ay; ah a; ao aw | aa; aw aa uw | a uw; ax a; axr a r; ay aa iy | a iy; b b; ch ch; d D | dh; dh dh
    dx D; eh eh | ee; el a l; em a m; en a n; er a; ey ee; f f; g g; hh h; hv h; ih ih; iy iy; jh j; k k; l l; m m
    n n; ng n g; nx n; ow oo; oy oo iy; p p; r r; s s; sh sh; t T; th th; uh uh; uw uw; v v; w v; y y; z j | s; zh sh
"""

RUSSIAN = """
    aa aa | oo; ae ee | aa; ah aa; ao oo; aw aa u; ax a | e; axr a r; ay aa j; b b; ch ch; d d; dh z | d; dx d; eh ee
    el a l; em a m; en a n; er oo | ee; ey ee j; f f; g g; hh h; hv h; ih ii | yy; iy ii; jh d zh; k k; l l | ll; m m
    n n; ng n; nx n; ow oo u | oo; oy oo j; p p; r r; s s; sh sh; t t; th s | f; uh uu; uw uu; v v; w v | u; y j; z z
    zh zh
"""

CATALAN = """
    aa a1 | O1; ae E1 | a1; ah a1; ao O1; aw a1 w; ax ax; axr ax r; ay a1 j; b b; ch t S; d d; dh d; dx d; eh E1 | e1
    el ax l; em ax m; en ax n; er ax | E1; ey e1 j; f f; g g; hh; hv; ih i1; iy i1; jh d Z; k k; l l; m m; n n; ng n g
    nx n; ow o1 w | o1; oy O1 j; p p; r rr | r; s s; sh S; t t; th f | s; uh u1; uw u1; v b | f; w w; y j; z z; zh Z
"""


def parse(table):
    """American phone -> list of alternatives, each a tuple of phones."""
    lines = [line.split(None, 1) for line in table.replace("\n", ";").split(";") if line.strip()]
    return {line[0]: [tuple(way.split()) for way in (line[1] if len(line) > 1 else "").split("|")] for line in lines}
