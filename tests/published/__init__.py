"""The words and tables that readers see, as text that was looked at and approved: none of them changes unseen."""
