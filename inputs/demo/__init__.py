"""The demonstration conference as data files: invented from end to end, written for this purpose.

`conference.json`, `notes.csv` and `minutes.json` are what a conference delivers; `people.json` says who logs in and
who writes at the tables; `story.json` is what the editors have done by the middle of the editing week, naming the
notes by their ids. Acts go in the order of the file's keys, and within a key in the order of its list.
"""
