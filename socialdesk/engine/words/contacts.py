"""What is said of people's files, fields and likenesses, for the window and the command line."""

from socialdesk.domain.people.contact import FieldKind
from socialdesk.engine.contact_files import columns
from socialdesk.i18n import tr, trn


def column_name(kind: str) -> str:
    """What a column or a field holds, in words; "" is a column that is left out."""
    return {
        "": tr("left out"), columns.NAME: tr("name"), columns.FIRST: tr("first name"),
        columns.LAST: tr("last name"), columns.ORG: tr("organisation"),
        FieldKind.EMAIL.value: tr("e-mail"), FieldKind.PHONE.value: tr("phone"),
        FieldKind.URL.value: tr("web page"), FieldKind.ADDRESS.value: tr("address"),
        FieldKind.BIRTHDAY.value: tr("birthday"), FieldKind.ROLE.value: tr("role"),
        FieldKind.HANDLE.value: tr("handle"), columns.LABELS: tr("labels"),
        columns.NOTE: tr("note"), columns.CHANNEL: tr("preferred channel"),
        columns.CRM: tr("CRM link"),
    }.get(kind, kind)  # fmt: skip


def fault(code: str, what: str) -> str:
    """Why a row is not taken."""
    match code:
        case "cells":
            n, _, wanted = what.partition("/")
            return trn(
                "it has {n} cell, the header has {wanted}",
                "it has {n} cells, the header has {wanted}",
                int(n),
                wanted=wanted,
            )
        case "encoding":
            return tr("it cannot be read in this encoding")
        case "quote":
            return tr("a quotation mark is not closed")
        case "long":
            return tr("a cell is too long")
        case "email":
            return tr("«{what}» is no e-mail address", what=what)
        case "time":
            return tr("«{what}» is no time that can be read", what=what)
        case "empty":
            return tr("it has no words, no title and no stars")
        case "object":
            return tr("it is no object with fields")
        case "nobody":
            return tr("it has no name, no e-mail address and no handle")
        case "end":
            return tr("the card does not end")
        case "version":
            return tr("this version of vCard is not known: {what}", what=what or "?")
        case _:
            return tr("the card cannot be read")


def reason(code: str, shared: str) -> str:
    """Why two may be one person."""
    match code:
        case "email":
            return tr("the same e-mail address: {what}", what=shared)
        case "link":
            return tr("the same link: {what}", what=shared)
        case "handle":
            return tr("the same handle on two networks: {what}", what=shared)
        case "name":
            return tr("the same name on two networks: {what}", what=shared)
        case _:
            return tr("by hand")


def counted(n_new: int, n_updated: int, n_skipped: int, n_broken: int) -> str:
    """ "120 new, 14 updated, 3 broken"; skipped ones are named when there are some."""
    said = [tr("{n} new", n=n_new), tr("{n} updated", n=n_updated)]
    if n_skipped:
        said.append(tr("{n} left as they are", n=n_skipped))
    return ", ".join([*said, tr("{n} broken", n=n_broken)])
