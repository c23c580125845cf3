"""The steps behind `bootstrap.py`; standard library only."""
