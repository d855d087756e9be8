"""One policy: who may do what where, what was done, and how long it is kept."""
