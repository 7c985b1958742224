"""Which column holds what: guessed from the header, in English, Russian and Kazakh."""

import re
from collections.abc import Sequence
from typing import Final

from socialdesk.domain.people.contact import FieldKind, folded, is_email

NAME, FIRST, LAST, ORG, LABELS, NOTE, CHANNEL, CRM = (
    "name", "first_name", "last_name", "org", "labels", "note", "channel", "crm_url",
)  # fmt: skip
COLUMNS: Final = (NAME, FIRST, LAST, ORG, *(kind.value for kind in FieldKind), LABELS, NOTE,
                  CHANNEL, CRM)  # fmt: skip

_WORDS: Final[dict[str, str]] = {
    NAME: "name, full name, fullname, display name, contact, contact name, customer, fn, "
    "имя и фамилия, фио, полное имя, контакт, клиент, имя клиента, аты жөні, толық аты, байланыс, "
    "клиенттің аты",
    FIRST: "first name, firstname, given name, имя, аты, есімі, есім",
    LAST: "last name, lastname, surname, family name, фамилия, тегі",
    ORG: "org, organisation, organization, company, company name, firm, организация, компания, "
    "фирма, ұйым, ұйымы, компаниясы",
    FieldKind.EMAIL.value: "email, e mail, mail, email address, e mail address, mail address, "
    "почта, эл почта, электронная почта, емейл, имейл, адрес эл почты, пошта, электрондық пошта, "
    "эл пошта",
    FieldKind.PHONE.value: "phone, telephone, tel, mobile, mobile phone, cell, phone number, "
    "home phone, work phone, business phone, телефон, мобильный, мобильный телефон, тел, "
    "номер телефона, сотовый, телефоны, телефон нөмірі, ұялы телефон",
    FieldKind.URL.value: "url, website, web site, web, site, homepage, web page, link, сайт, "
    "веб сайт, ссылка, сілтеме, торап",
    FieldKind.ADDRESS.value: "address, street, home address, адрес, мекенжай, мекенжайы",
    FieldKind.BIRTHDAY.value: "birthday, date of birth, birth date, bday, день рождения, "
    "дата рождения, туған күні",
    FieldKind.ROLE.value: "role, title, job title, position, должность, лауазымы, қызметі",
    FieldKind.HANDLE.value: "handle, username, user name, nick, nickname, login, profile, "
    "ник, никнейм, логин, аккаунт, профиль, лақап аты",
    LABELS: "labels, label, tags, tag, categories, category, groups, метки, метка, теги, тег, "
    "категории, группы, белгілер, белгі, топтар",
    NOTE: "note, notes, comment, comments, remarks, заметка, заметки, комментарий, примечание, "
    "примечания, ескерту, ескертпе, жазба, түсініктеме",
    CHANNEL: "channel, preferred channel, канал, предпочитаемый канал, арна",
    CRM: "crm, crm link, crm url, ссылка crm",
}


def _key(header: str) -> str:
    """`E-Mail 2:` and `e mail` are one."""
    return " ".join(re.findall(r"[^\W\d_]+", folded(header)))


_BY_WORD: Final = {_key(word): kind for kind, words in _WORDS.items() for word in words.split(", ")}


def guess_columns(header: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """What each column holds, "" where the header says nothing known. A `first name` alone is the
    name; where no header speaks of mail, a column of mail addresses is taken for it."""
    found = [_BY_WORD.get(_key(cell), "") for cell in header]
    if FieldKind.EMAIL.value not in found:
        for n, kind in enumerate(found):
            cells = [row[n].strip() for row in rows if n < len(row) and row[n].strip()]
            if not kind and cells and all(is_email(cell) for cell in cells):
                found[n] = FieldKind.EMAIL.value
                break
    if NAME not in found and LAST not in found:
        found = [NAME if kind == FIRST else kind for kind in found]
    return tuple(found)
