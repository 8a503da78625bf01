"""What an act came to at the terminal, or in a dry run would come to."""

from __future__ import annotations

from typing import NamedTuple

from workflow.casework.events import Told
from workflow.casework.request import InformationRequest


class Outcome(NamedTuple):
    """What an act came to, or would come to: the request after it, the sentence, who is told.

    `advice` is for the one who acts.
    """

    request: InformationRequest
    sentence: str
    advice: str = ""
    told: tuple[Told, ...] = ()
