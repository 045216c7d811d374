"""A project on disk: find it, load it, look at its evidence, assess it.

Belongs here: where declarations lie, what must hold between a declaration and the catalog, and the one call that
checks a project. Never here: the meaning of findings, and printing.
"""
