"""What payments may refuse, and what it says then."""

from motcua.kernel.refusals import Sentence, declare

SENTENCES: dict[str, Sentence] = {}

declare(SENTENCES)
