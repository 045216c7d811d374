"""Everything that touches files and text from outside: read, position, load, write, encode.

Belongs here: the bounded YAML reader, diagnostics and their texts, the one door to the file
system, one encoder per output sink. Never here: what the words in a file mean (`catalog`,
`workspace`) or whether they are met (`assess`).
"""
