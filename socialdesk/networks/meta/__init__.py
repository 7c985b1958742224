"""What Facebook Pages, Instagram and Threads share: one Graph API, one envelope of errors.

2026-11: every business brings its own Meta app (a shared one is forbidden, and would need a public
server). Meta's client library is not used: its licence is no open-source one, and we make some
fifteen calls.
"""
