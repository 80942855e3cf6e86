"""Job, selection and config turned into frozen steps."""
