"""One room for each notebook: its method, tables, sentences, charts and sheets."""
