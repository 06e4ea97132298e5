"""Input as an enemy would write it: each case says what must happen, a refusal with its place or plain text."""
