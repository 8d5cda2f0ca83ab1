"""What can go wrong with a job."""

from powermap.errors import PowerMapError


class UnknownJob(PowerMapError):
    """There is no such job, or this viewer did not ask for it."""

    def __init__(self, job_id: str) -> None:
        super().__init__(
            f"There is no job {job_id!r} of yours on this map. Jobs are kept for an hour after "
            "they end, and until the service is stopped."
        )


class TooManyJobs(PowerMapError):
    """As many jobs are waiting as this service takes."""


class NoResult(PowerMapError):
    """The job has no result: it is not done yet, or it did not come to an end."""


class ResultWithdrawn(PowerMapError):
    """The map, as its past may be seen today, is no longer what was measured."""

    def __init__(self) -> None:
        super().__init__(
            "Something this result was computed from is no longer shown to you. Start the job "
            "again, to measure what is there now."
        )
