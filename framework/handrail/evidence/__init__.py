"""One entry of evidence and the project's folder -> one observation (DESIGN section 5).

Belongs here: opening what a declaration points at, once, and saying what it shows. Never here: whether that is fresh
enough or strong enough (`assess`). Offline; nothing of the project is executed or imported; nothing that was read is
kept or repeated.
"""
