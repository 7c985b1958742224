"""Commands and announcements as JSON, for the link: by class name, field by field."""

import json
import typing
from dataclasses import fields
from functools import cache
from typing import TYPE_CHECKING, Any

from socialdesk.domain import errors
from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.crisis.refusal import CrisisRefusedError

if TYPE_CHECKING:
    from socialdesk.engine.commands import Command


def command_to_json(command: "Command") -> dict[str, Any]:
    """`{"name": class, "with": {field: value …}}`; tuples become lists."""
    values = {f.name: getattr(command, f.name) for f in fields(command)}
    return {"name": type(command).__name__, "with": values}


def command_from_json(data: dict[str, Any]) -> "Command":
    """Raises ValueError on an unknown name or fields that do not fit."""
    kind = _commands().get(str(data.get("name")))
    if kind is None:
        raise ValueError(f"no command {data.get('name')!r}")
    try:
        command: Command = kind(**{k: _tuples(v) for k, v in data["with"].items()})
    except (KeyError, TypeError, AttributeError) as e:
        raise ValueError(f"{kind.__name__}: fields do not fit") from e
    return command


@cache
def _commands() -> dict[str, Any]:
    """By class name. Imported here: only the engine reads commands, and 45 classes take 35 ms."""
    from socialdesk.engine.commands import Command

    return {c.__name__: c for c in typing.get_args(Command)}


def _tuples(value: Any) -> Any:
    return tuple(_tuples(v) for v in value) if isinstance(value, list) else value


def changes_to_json(changes: Changes) -> dict[str, Any]:
    """Plain lists."""
    return {
        "added": list(changes.added),
        "updated": list(changes.updated),
        "areas": sorted(a.value for a in changes.areas),
    }


def changes_from_json(data: dict[str, Any]) -> Changes:
    """The reverse."""
    return Changes(
        tuple(data["added"]), tuple(data["updated"]), frozenset(Area(a) for a in data["areas"])
    )


def error_to_json(error: BaseException) -> dict[str, Any]:
    """Class and facts; what is not ours travels as its class name alone (it is a bug)."""
    out: dict[str, Any] = {"error": type(error).__name__}
    match error:
        case errors.StoreError() | errors.CredentialError():
            out |= {"fault": error.fault.value, "detail": error.detail}
        case errors.CommandError():
            out |= {"fault": error.fault.value, "facts": error.facts}
        case CrisisRefusedError():
            out |= {"code": error.code, "incident_id": error.incident_id, "facts": error.facts}
        case errors.RateLimitedError():
            out |= {"retry_after_s": error.retry_after_s, "detail": str(error)}
        case errors.RefusedError():
            out |= {"reason": error.reason.value, "detail": error.detail}
        case errors.UnreachableError():
            out |= {"detail": str(error), "maybe_done": error.maybe_done}
        case errors.ConnectorError() | errors.EngineLostError():
            out |= {"detail": str(error)}
        case _:
            pass
    return out


def error_from_json(data: dict[str, Any]) -> Exception:
    """The error as it was; an unknown one becomes a RuntimeError that names it."""
    match data["error"]:
        case "StoreError":
            return errors.StoreError(errors.StoreFault(data["fault"]), data["detail"])
        case "CredentialError":
            return errors.CredentialError(errors.CredentialFault(data["fault"]), data["detail"])
        case "CommandError":
            return errors.CommandError(errors.CommandFault(data["fault"]), **data["facts"])
        case "CrisisRefusedError":
            return CrisisRefusedError(
                data["code"], incident_id=data["incident_id"], **data["facts"]
            )
        case "RateLimitedError":
            return errors.RateLimitedError(data["retry_after_s"], data["detail"])
        case "RefusedError":
            return errors.RefusedError(errors.Refusal(data["reason"]), data["detail"])
        case "UnreachableError":
            return errors.UnreachableError(data["detail"], maybe_done=data["maybe_done"])
        case "AuthExpiredError":
            return errors.AuthExpiredError(data["detail"])
        case "EngineLostError":
            return errors.EngineLostError(data["detail"])
        case "BadAnswerError":
            return errors.BadAnswerError(data["detail"])
        case "EngineMuteError":
            return errors.EngineMuteError()
        case name:
            return RuntimeError(f"the engine met a bug: {name}")


def to_bytes(message: dict[str, Any]) -> bytes:
    """One message on the link."""
    return json.dumps(message, separators=(",", ":")).encode()


def from_bytes(raw: bytes) -> dict[str, Any]:
    """Raises ValueError on anything but a JSON object."""
    message = json.loads(raw)
    if not isinstance(message, dict):
        raise ValueError("a message is an object")
    return message
