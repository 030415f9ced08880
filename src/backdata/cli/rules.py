"""``backdata rules``."""

from __future__ import annotations

import click


@click.command("rules", epilog="""\b
Examples:
  backdata rules
  backdata rules --output json > rules.json""")  # fmt: skip
@click.option("-o", "--output", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="A list to read, or the whole catalogue for programs.")  # fmt: skip
def command(form: str) -> int:
    """List all rules with their codes and severities."""
    from backdata import catalogue, registry

    rules = registry.rules().values()
    if form == "json":
        click.echo(catalogue.text(rules), nl=False)
    else:
        for rule in rules:
            click.echo(f"{rule.code}  {rule.severity:7}  {rule.title}")
    return 0
