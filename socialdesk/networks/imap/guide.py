"""How a mailbox is made ready for review mails, provider by provider."""

from typing import Final

from socialdesk.networks.base import GuideStep, said

GUIDE: Final = (
    GuideStep(
        said(
            "In your mail program or on your provider's page, make a folder for review mails, for "
            "example Reviews. Then only those letters come here, and the rest of your mail stays "
            "private."
        )
    ),
    GuideStep(
        said(
            "Make a filter that moves the notices of Google, Yelp, Tripadvisor, Trustpilot and the "
            "others into that folder. Are they sent to another address? Set up automatic "
            "forwarding there; forwarding by hand loses who wrote them."
        )
    ),
    GuideStep(
        said(
            "Gmail: switch on 2-step verification, then make an app password. Type its sixteen "
            "letters here. The server is imap.gmail.com."
        ),
        url="https://myaccount.google.com/apppasswords",
        copy="imap.gmail.com",
    ),
    GuideStep(
        said(
            "iCloud: under Sign-In and Security make an app-specific password. The server is "
            "imap.mail.me.com."
        ),
        url="https://account.apple.com/account/manage",
        copy="imap.mail.me.com",
    ),
    GuideStep(
        said(
            "Yandex: allow mail programs in the mail settings, then make an app password for mail. "
            "The server is imap.yandex.com."
        ),
        url="https://id.yandex.com/security/app-passwords",
        copy="imap.yandex.com",
    ),
    GuideStep(
        said(
            "Mail.ru: under Security make a password for external applications. The server is "
            "imap.mail.ru."
        ),
        url="https://account.mail.ru/user/2-step-auth/passwords/",
        copy="imap.mail.ru",
    ),
    GuideStep(
        said(
            "Any other provider: look for IMAP in its help. You need the server's name, the user "
            "name (often the whole address) and the password."
        )
    ),
    GuideStep(
        said(
            "Outlook.com and Microsoft 365 take no passwords from programs any more, and their own "
            "sign-in is not supported here yet. Forward the review mails from there to a small "
            "mailbox at another provider, and connect that one."
        ),
        is_trap=True,
    ),
    GuideStep(
        said(
            "Your usual Gmail, iCloud, Yandex or Mail.ru password is refused here; only an app "
            "password works. A company's administrator may have switched them off."
        ),
        is_trap=True,
    ),
)
