"""Report formats, one file each; discovery finds them."""
