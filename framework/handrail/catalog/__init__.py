"""The catalog: loading, linking, linting, compiling it to a bundle, and asking the bundle.

Belongs here: everything that is true of the catalog whatever project reads it, and what of it binds a project by its
facts. Never here: judging an answer or its evidence.
"""
