"""Help beside the money: surveys, rehabilitation, unions' help, insurance enrolment."""
