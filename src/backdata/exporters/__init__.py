"""Export formats, one file or folder each; discovery finds them."""
