"""The pages that everybody can read: what is read for them, how they look, and the same as static files.

A page is a function of what is public and its own address; it knows no request. So the site and the exported files
are the same pages, and no page can hold what depends on who reads it.
"""
