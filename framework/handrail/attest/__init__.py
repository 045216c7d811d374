"""Signed statements: DSSE envelopes, keys, in-toto statements, and whose signature counts.

Belongs here: making and checking signatures with a well-kept library, and the trust put in keys. Never here: own
cryptography, and what a signed statement says of a control (`evidence`, `assess`).
"""
