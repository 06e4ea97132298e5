"""What an executor does for a report, in this process or on another machine."""

from dataclasses import dataclass

from analysis.machinery.press.build import Job, render
from analysis.machinery.press.execute import TIMEOUT_SECONDS
from analysis.machinery.press.parcel import unpacked
from analysis.machinery.press.versions import demand, version


@dataclass(frozen=True)
class Work:
    """Makes the files of a report.

    Attributes:
        preload: Whether its kernel is forked from a process that has loaded the libraries.
        timeout: The longest that a cell may run, in s.
        version: Of the code that asks; empty where nobody else could.
        data: The data folder, packed, where the work may be done elsewhere.
    """

    preload: bool = False
    timeout: int = TIMEOUT_SECONDS
    version: str = ""
    data: bytes = b""

    def __call__(self, job: Job) -> dict[str, bytes]:
        """Return the files of a report, by their paths below the scenario's folder.

        Raises:
            VersionError: The code here is not the code that asks.
            NotebookError: The notebook failed.
            InputError: The report shows a number that nothing stands behind.
        """
        if self.version:
            demand(self.version, version())
        if not self.data:
            return render(job, preload=self.preload, timeout=self.timeout)
        with unpacked(self.data) as folder:
            return render(job, timeout=self.timeout, data=folder)
