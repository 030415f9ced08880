"""``backdata explain``."""

from __future__ import annotations

import click


@click.command("explain", epilog="""\b
Example:
  backdata explain BD501""")  # fmt: skip
@click.argument("code")
def command(code: str) -> int:
    """Print the page of a rule: what it finds, why that matters, what to do, and examples."""
    from backdata import registry
    from backdata.explain import page

    rule = registry.rules().get(code.upper())
    if rule is None:
        raise click.UsageError(f"No rule has the code {code}. “backdata rules” lists them all.")
    click.echo(page(rule), nl=False)
    return 0
