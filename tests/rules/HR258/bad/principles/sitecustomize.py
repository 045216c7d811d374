"""Nothing: it stands where another program might run it."""
