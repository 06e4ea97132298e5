"""What is shown: sentences, tables and figures with their values, equations, workbooks."""
