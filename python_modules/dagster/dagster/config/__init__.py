"""What config may be: schemas, typed config classes, values from the environment, and the check of what is given."""
