"""Files of rows and of Word documents, read and checked before anything is written."""
