"""Report formats, one module each; found by lying here."""


def visible(words: str) -> str:
    """Words from a cell so that all of them can be seen: characters that no screen shows stand as ⟨U+200B⟩."""
    return "".join(letter if letter.isprintable() else f"⟨U+{ord(letter):04X}⟩" for letter in words)
