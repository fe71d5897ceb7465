"""vCards as phones and mail programs export them, written from their documented shapes."""

import base64
import io

from PIL import Image


def a_photo(kind: str = "JPEG") -> bytes:
    """A small picture."""
    out = io.BytesIO()
    Image.new("RGB", (24, 24), "#93d4ff").save(out, kind)
    return out.getvalue()


PHOTO = a_photo()


def _folded(text: str, before: str = " ") -> str:
    return f"\r\n{before}".join(text[at : at + 70] for at in range(0, len(text), 70))


# iOS and macOS: 3.0, groups with labels, a birthday without its year as one of 1604.
APPLE = (
    "BEGIN:VCARD\r\nVERSION:3.0\r\nPRODID:-//Apple Inc.//iPhone OS 17.4//EN\r\n"
    "N:Nguyễn;Ánh;;Dr.;\r\nFN:Dr. Ánh Nguyễn\r\nNICKNAME:Annie\r\nORG:Friends of the Creek\\, Inc.;Volunteers\r\n"
    "TITLE:Crew lead\r\n"
    "EMAIL;type=INTERNET;type=HOME;type=pref:anh@example.org\r\n"
    "item1.EMAIL;type=INTERNET:anh@creek.example.org\r\nitem1.X-ABLabel:Volunteering\r\n"
    "TEL;type=CELL;type=VOICE;type=pref:+1 (408) 555-0100\r\n"
    "item2.TEL:408-555-0101\r\nitem2.X-ABLabel:_$!<Other>!$_\r\n"
    "item3.ADR;type=HOME;type=pref:;;12 Willow St.\\nApt 3;San José;CA;95125;United States\r\nitem3.X-ABADR:us\r\n"
    "item4.URL;type=pref:https\\://example.org/anh\r\nitem4.X-ABLabel:_$!<HomePage>!$_\r\n"
    "BDAY;X-APPLE-OMIT-YEAR=1604;value=date:1604-07-04\r\n"
    "X-SOCIALPROFILE;type=mastodon;x-user=anh:https://example.social/@anh\r\n"
    "NOTE:Met at the weir.\\nBrings gloves\\; likes tea\\, no sugar.\r\n"
    "PHOTO;ENCODING=b;TYPE=JPEG:" + _folded(base64.b64encode(PHOTO).decode()) + "\r\n"
    "UID:6A1C7B1E-0000-4000-8000-000000000001\r\nREV:2026-03-01T10:00:00Z\r\nEND:VCARD\r\n"
).encode()

# Google Contacts: 3.0, two cards in a file, bare line feeds, categories.
GOOGLE = (
    "BEGIN:VCARD\nVERSION:3.0\nFN:José Ramírez\nN:Ramírez;José;;;\nEMAIL;TYPE=INTERNET;TYPE=WORK:jose@example.com\n"
    "TEL;TYPE=CELL:+14085550123\nitem1.TEL:+14085550124\nitem1.X-ABLabel:Truck\nORG:City of San José\nTITLE:Ranger\n"
    "BDAY:1988-02-29\nADR;TYPE=WORK:;;200 E Santa Clara St;San José;CA;95113;US\n"
    "NOTE:A long note that Google folds after seventy-five characters\\, so that the rest stands\n"
    "  on a line of its own.\nCATEGORIES:myContacts,Coyote Creek\nEND:VCARD\n"
    "BEGIN:VCARD\nVERSION:3.0\nFN:recycling@example.com\nN:;;;;\nEMAIL;TYPE=INTERNET:recycling@example.com\n"
    "item1.URL:https\\://example.com/bins\nitem1.X-ABLabel:PROFILE\nCATEGORIES:starred\nEND:VCARD\n"
).encode()

# Outlook: 2.1, quoted-printable with soft breaks, another charset, bare types, base64 with blank lines around.
OUTLOOK = (
    b"BEGIN:VCARD\r\nVERSION:2.1\r\nN;LANGUAGE=de;CHARSET=Windows-1252:M\xfcller;J\xf6rg;;Herr\r\n"
    b"FN;CHARSET=Windows-1252:J\xf6rg M\xfcller\r\nORG:Bach & Fluss;Einkauf\r\nTITLE:Fahrer\r\n"
    b"NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Erste Zeile=0D=0A=\r\n"
    b"Zweite Zeile; mit =C3=9Cmlaut, =3D ein Gleich=\r\nheitszeichen\r\n"
    b"TEL;WORK;VOICE:(040) 555-0199\r\nTEL;CELL;VOICE;PREF:+49 170 5550199\r\n"
    b"ADR;WORK;PREF;ENCODING=QUOTED-PRINTABLE:;;Am Bach 1=0D=0AHinterhaus;Hamburg;;20095;Deutschland\r\n"
    b"LABEL;WORK;PREF;ENCODING=QUOTED-PRINTABLE:Am Bach 1=0D=0AHinterhaus=0D=0A=\r\n20095 Hamburg\r\n"
    b"X-MS-OL-DEFAULT-POSTAL-ADDRESS:2\r\nURL;WORK:http://example.de/a,b\r\nBDAY:19790704\r\n"
    b"EMAIL;PREF;INTERNET:joerg@example.de\r\nPHOTO;TYPE=JPEG;ENCODING=BASE64:\r\n "
    + _folded(base64.b64encode(PHOTO).decode()).encode()
    + b"\r\n\r\nX-MS-CARDPICTURE;TYPE=JPEG;ENCODING=BASE64:\r\n /9j/\r\n\r\nREV:20260301T100000Z\r\nEND:VCARD\r\n"
)

# 4.0: values as URIs, parameters that hold a colon, a birthday without its year, a picture as data.
NEWEST = (
    "BEGIN:VCARD\r\nVERSION:4.0\r\nUID:urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1\r\nKIND:individual\r\n"
    "FN;PID=1.1:Łucja O’Neill\r\nN:O’Neill;Łucja;Ann,Mary;;Jr.,M.D.\r\n"
    'TEL;VALUE=uri;PREF=1;TYPE="voice,home":tel:+1-408-555-0150\r\n'
    "EMAIL;PREF=50;TYPE=work:lucja@example.net\r\nBDAY:--0704\r\nANNIVERSARY:20090808\r\nLANG;PREF=1:pl\r\n"
    'ADR;GEO="geo:37.33,-121.89";LABEL="1 Main St^nSan José":;;1 Main St;San José;CA;95110;USA\r\n'
    "PHOTO:data:image/jpeg;base64," + _folded(base64.b64encode(PHOTO).decode()) + "\r\n"
    "KEY:data:application/pgp-keys;base64,TUlJ\r\nX-QQ:21588891\r\nEND:VCARD\r\n"
).encode()

# A card in a card, a bare carriage return, and letters cut in the middle by the fold.
ODD = (
    b"\xef\xbb\xbfBEGIN:VCARD\r\nVERSION:2.1\rN:Vee;Kit\nTEL;CELL:4085550160\r\nAGENT:\r\nBEGIN:VCARD\r\nVERSION:2.1\r\n"
    b"N:Agent;An\r\nEND:VCARD\r\nEND:VCARD\r\n\r\n"
    b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Zo\xc3\r\n \xab Park\r\nTEL:1\r\nEND:VCARD\r\n"
)

ALL = {"apple": APPLE, "google": GOOGLE, "outlook": OUTLOOK, "4.0": NEWEST, "odd": ODD}
