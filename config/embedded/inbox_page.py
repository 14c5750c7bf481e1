"""The mail catcher's pages. Mail is hostile until shown otherwise: text is escaped, HTML has an origin of its own."""

import html
import re

from config.embedded.mailbox import Mail

POLICY = "default-src 'none'; style-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
MAIL_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"
LINK = re.compile(r"https?://[^\s<>\"']+[^\s<>\"'.,;:!?)\]]")
STYLE = """
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 52rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .5rem .75rem .5rem 0; border-bottom: 1px solid #8886; vertical-align: top; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; border: 1px solid #8886; padding: 1rem; }
iframe { width: 100%; height: 40rem; border: 1px solid #8886; background: white; }
"""


def listing(mails: list[Mail]) -> str:
    """The mailbox, newest first; it looks again every five seconds."""
    rows = "".join(
        f"<tr><td>{_time(mail)}</td><td>{_safe(', '.join(mail.recipients))}</td>"
        f'<td><a href="/mail/{mail.key}">{_safe(mail.subject) or "(no subject)"}</a></td></tr>'
        for mail in reversed(mails)
    )
    table = (
        f"<table><tr><th>Time</th><th>To</th><th>Subject</th></tr>{rows}</table>" if mails else "<p>No mail yet.</p>"
    )
    return _page("Caught mail", f"<p>Nothing here leaves this machine.</p>{table}", refresh=True)


def single(mail: Mail) -> str:
    """One mail: its text with clickable addresses, its HTML in a frame that may run and load nothing."""
    frame = f'<h2>As HTML</h2><iframe sandbox title="HTML of the mail" src="/mail/{mail.key}/html"></iframe>'
    return _page(
        "Caught mail",
        f'<p><a href="/">All mail</a></p><h2>{_safe(mail.subject) or "(no subject)"}</h2>'
        f"<p>From {_safe(mail.sender)}<br>To {_safe(', '.join(mail.recipients))}<br>{_time(mail)}</p>"
        f"<pre>{_linked(mail.text)}</pre>{frame if mail.html else ''}",
    )


def _page(title: str, body: str, *, refresh: bool = False) -> str:
    again = '<meta http-equiv="refresh" content="5">' if refresh else ""
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>{again}'
        '<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/style.css"></head>'
        f"<body><main><h1>{title}</h1>{body}</main></body></html>"
    )


def _safe(text: str) -> str:
    return html.escape(text)


def _time(mail: Mail) -> str:
    return _safe(str(mail.message.get("date", "") or ""))


def _linked(text: str) -> str:
    """Escaped text in which web addresses, and nothing else, can be clicked."""
    parts, at = [], 0
    for found in LINK.finditer(text):
        address = _safe(found[0])
        parts += [_safe(text[at : found.start()]), f'<a rel="noreferrer noopener" href="{address}">{address}</a>']
        at = found.end()
    return "".join([*parts, _safe(text[at:])])
