"""What an executor does for a report, in this process or on another machine."""

from dataclasses import dataclass

from analysis.report.build import Job, render
from analysis.versions import demand, version_with_data


@dataclass(frozen=True)
class Work:
    """Makes the files of a report.

    Attributes:
        preload: Whether its kernel is forked from a process that has loaded the libraries.
        version: Of the code and data that ask; empty where nobody else could.
    """

    preload: bool = False
    version: str = ""

    def __call__(self, job: Job) -> dict[str, bytes]:
        """Return the files of a report, by their paths below the scenario's folder.

        Raises:
            VersionError: The code or the data here are not those that ask.
            NotebookError: The notebook failed.
            InputError: The report shows a number that nothing stands behind.
        """
        if self.version:
            demand(self.version, version_with_data())
        return render(job, preload=self.preload)
