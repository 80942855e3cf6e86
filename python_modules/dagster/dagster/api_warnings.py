"""The warnings of this framework.

Warning
├── BetaWarning                             a part of the API that may still change
├── PreviewWarning                          a part of the API that may still go
├── SupersessionWarning                     a part of the API for which there is a better one (also FutureWarning)
└── ConfigArgumentWarning                   an argument is named like config and is not (also SyntaxWarning)
"""

from __future__ import annotations


class BetaWarning(Warning):
    """A part of the API is used that may still change.

    Example:
        >>> import warnings
        >>> warnings.filterwarnings("ignore", category=BetaWarning)
    """


class PreviewWarning(Warning):
    """A part of the API is used that may still go.

    Example:
        >>> import warnings
        >>> warnings.filterwarnings("ignore", category=PreviewWarning)
    """


class SupersessionWarning(FutureWarning):
    """A part of the API is used for which there is a better one."""


class ConfigArgumentWarning(SyntaxWarning):
    """An argument is named like config but is not the config of its function."""
