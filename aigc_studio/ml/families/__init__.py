"""One module a family; `catalog.families` is the list."""
