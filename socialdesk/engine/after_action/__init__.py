"""After an incident: counted from the log and the file, said in sections, written as files.

counting → sections → markdown, html; wire is the same as data, and `freeze` keeps it for good.
"""
