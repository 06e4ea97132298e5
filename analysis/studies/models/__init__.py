"""Whether what holds for one model holds for others: each model on a baseline and on the subject's generation."""
