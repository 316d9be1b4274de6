"""Writers at the table interface while the server and the database are killed: is every note there, and once?

The short form is a test (test_faults.py); `make faults` runs the long one.
"""
