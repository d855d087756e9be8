"""Everyday words to situations to help: what finds a benefit for a person who does not know its name."""

from chatdong.engines.situations.lexicon import Lexicon
from chatdong.engines.situations.model import Example, Heard, Model, fit, restored
from chatdong.engines.situations.names import Names
from chatdong.engines.situations.ranking import Help
from chatdong.engines.situations.words import words

__all__ = ["Example", "Heard", "Help", "Lexicon", "Model", "Names", "fit", "restored", "words"]
