"""Files and records to reports."""
