"""Who resembles whom among the notes to a question, and why. Pure: suggests, never decides, never stores."""

from inputs.similarity.candidates import LIMIT, Apart, Candidate, Label, Note
from inputs.similarity.lexical import Index, rank
from inputs.similarity.shared import shared

__all__ = ["LIMIT", "Apart", "Candidate", "Index", "Label", "Note", "rank", "shared"]
