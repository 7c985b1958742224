"""People in and out of files: CSV in any usual encoding, vCard 2.1, 3.0 and 4.0.

2026-11: vobject reads all three versions here (photos are taken out before: it decodes them whole);
4.0 it reads by the rules of 3.0, which differ in what we do not use. It writes 3.0 only, so both
are written by ourselves. charset-normalizer guesses the encoding where no byte order mark tells it.
A file is read whole, up to `source.MAX_BYTES`: so a preview and its import see the same bytes.
"""
