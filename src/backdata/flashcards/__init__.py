"""What stands on a flash card and which cards changed: note type, wording, ledger. Nothing here knows a file format."""
