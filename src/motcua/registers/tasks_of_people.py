"""Background work with people: files that come in, the nightly search for duplicates."""

from typing import Any
from uuid import UUID

from motcua.kernel import jobs
from motcua.registers.operations import importing
from motcua.registers.operations.merging import look_for_duplicates


@jobs.job(importing.JOB)
def take_file(payload: dict[str, Any]) -> None:
    """Some batches of a file; what is left is another job."""
    importing.work(UUID(payload["run"]))


jobs.periodic("registers.duplicates", seconds=86_400)(look_for_duplicates)
