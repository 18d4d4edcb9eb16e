#!/usr/bin/env python3
"""Cuts assets/fonts/Icons.ttf out of Phosphor's regular face (npm package @phosphor-icons/web, MIT).

The icons move to the supplementary private use area, because Inter has glyphs of its own where
Phosphor has icons. Needs fonttools. Usage: scripts/icons.py path/to/Phosphor.ttf
"""

import re
import sys
from fontTools import subset
from fontTools.ttLib import TTFont

source = open("src/gui/fonts.rs", encoding="utf-8").read()
wanted = [int(c, 16) for c in re.findall(r'"\\u\{f([0-9a-f]{4})\}"', source)]
font = TTFont(sys.argv[1])
options = subset.Options(layout_features=[], name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14], notdef_outline=True)
cutter = subset.Subsetter(options)
cutter.populate(unicodes=wanted)
cutter.subset(font)
for table in font["cmap"].tables:
    table.cmap = {}
best = next(t for t in font["cmap"].tables if t.format in (4, 12))
names = TTFont(sys.argv[1]).getBestCmap()
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

table = CmapSubtable.newSubtable(12)
table.platformID, table.platEncID, table.language = 3, 10, 0
table.cmap = {0xF0000 + c: names[c] for c in wanted}
font["cmap"].tables = [table]
font.save("assets/fonts/Icons.ttf")
print(len(wanted), "icons")
