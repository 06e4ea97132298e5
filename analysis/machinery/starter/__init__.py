"""What a new notebook begins with."""
