"""The rules, one short file per topic; discovery finds them."""
