"""«Dagsnotatet», the note of the day: what the political leadership wants the same afternoon."""
