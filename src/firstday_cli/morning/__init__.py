"""What is done: the sequences behind the commands, each a function that asks the desk."""
