//! The trainer's own judgement: what `amends class review` records, beside the machine's marks.
