"""Ways to the parts of a settings dialog."""

from socialdesk.ui.settings.keys_page import KeysPage


def page(dialog, key):
    """The page of a section, whole and shown."""
    number = [section.key for section in dialog._sections].index(key)
    dialog._list.setCurrentRow(number)
    made = dialog._pages[number]
    for keys in made.findChildren(KeysPage):
        keys.finish()
    return made


def part(dialog, key, kind):
    """The one part of that class on a page."""
    (found,) = page(dialog, key).findChildren(kind)
    return found


def line(dialog, key):
    """The line of a setting; the pages before it are made meanwhile."""
    for number in range(len(dialog._sections)):
        for one in dialog._page(number).lines:
            if one.key == key:
                return one
    raise AssertionError(f"no line of {key}")


def whole(dialog):
    """All pages are made."""
    for section in reversed(dialog._sections):
        page(dialog, section.key)
