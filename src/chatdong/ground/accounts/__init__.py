"""Who works here: accounts, postings, drafts."""
