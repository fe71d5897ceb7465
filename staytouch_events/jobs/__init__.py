"""Later work: one table of what is due, run by the worker."""

from .table import cancel_job, job, schedule

__all__ = ["cancel_job", "job", "schedule"]
