"""What a form says of how arguments are typed is how they are read."""

from workflow.casework.stages import Act
from workflow.law.public_interest import Argument, Weight, read_arguments
from workflow.services.forms import FORMS


def test_the_example_beside_the_arguments_is_read_as_it_says() -> None:
    hints = {one.hint for one in FORMS[Act.RECORD_PUBLIC_INTEREST_TEST] if "One a line" in one.hint}

    (hint,) = hints  # the same for disclosure and for withholding

    example = hint.partition("“")[2].removesuffix("”")
    assert read_arguments(example) == (Argument("it is public money", Weight.MUCH),)
