"""What is done about a planned post: the check is kept."""

from socialdesk.domain.frozen import frozen


@frozen
class KeepCheck:
    """Into the journal: hash of the text, verdict, numbers and `reason`, which a red verdict asks
    for. Fields as `CheckTemperature` has them. Refuses R13 under a lock of the account. Answer:
    verdict."""

    text: str
    account_id: int = 0
    at: int = 0
    reason: str = ""


TemperatureCommand = KeepCheck
