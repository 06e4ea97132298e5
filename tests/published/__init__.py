"""Everything that is shown, as text that was looked at and approved: nothing of it changes unseen."""
