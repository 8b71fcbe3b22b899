"""What can go wrong, by cause. Every message names the thing, the problem and the next step."""


class CorewatchError(Exception):
    """Root of all errors that corewatch raises on purpose."""


class InputError(CorewatchError, ValueError):
    """A file or folder that was given cannot be used."""


class ContractError(CorewatchError, ValueError):
    """A table does not keep to its contract (see `corewatch.contract`)."""


class CorrectionError(CorewatchError, ValueError):
    """A line of a corrections file cannot be understood."""


class LexiconError(CorewatchError, ValueError):
    """A data file of the lexicon contradicts itself or its own format."""


class ParameterError(CorewatchError, ValueError):
    """A report's parameter has an unknown name, a wrong type or an impossible value."""


class ReportError(CorewatchError, RuntimeError):
    """A notebook failed or its page could not be made."""


class LockedError(ReportError):
    """Another run is at work in the same output folder."""
