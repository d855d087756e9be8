"""Timed and queued jobs: one file a job, the timetable in schedule.py."""
