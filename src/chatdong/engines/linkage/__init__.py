"""Linkage: who a report is about, and how anybody is found by what little is typed.

`normalize` brings names, births, phones and addresses to one form; `tokens` and `ranking` answer searches; `blocking` brings
candidates; `weigh` compares two people; `verdict` decides. A false match is an omission, a missed match a duplicate.
"""
