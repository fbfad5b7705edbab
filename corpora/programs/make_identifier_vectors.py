#!/usr/bin/env python3
"""Makes corpora/oracles/*.tsv: what independent libraries say of generated phone numbers, e-mail and payment addresses.

    python3 corpora/programs/make_identifier_vectors.py

Needs the PyPI packages `phonenumbers` (Apache-2.0), `email-validator` (Unlicense), `email-normalize` (BSD-3-Clause),
`base58` (MIT), `eth-account` (MIT), `python-stdnum` (LGPL; used here only, nothing of it is shipped). No network. Same
versions, same bytes. tests/identifier_oracles.rs compares; nothing here knows how samehand reads them.

phones.tsv: region or "-", as written, E.164 or "-", and whether the oracle calls the number valid, only shaped like
one of its plan ("shaped": leading digits and length of the plan, no range in service), or neither ("none").
"""
import pathlib
import random

import base58
import email_normalize
import phonenumbers
from email_validator import EmailNotValidError, validate_email
from eth_account import Account
from eth_utils import to_checksum_address
from phonenumbers import PhoneNumberFormat as F
from phonenumbers import PhoneNumberType as T
from stdnum import iban

OUT = pathlib.Path(__file__).parent.parent / "oracles"
REGIONS = """US CA GB IE DE AT CH FR BE NL LU ES PT IT GR SE NO DK FI IS PL CZ SK HU RO BG HR SI EE LV LT UA RU TR IL
AE SA EG ZA NG KE GH MA TN IN PK BD LK NP CN HK TW JP KR SG MY TH VN ID PH AU NZ BR MX AR CL CO PE""".split()


def dotted(number):
    return phonenumbers.format_number(number, F.INTERNATIONAL).replace(" ", ".").replace("-", ".")


def idd(number):
    return "00" + phonenumbers.format_number(number, F.E164)[1:]


FORMATS = {
    "e164": lambda n: (phonenumbers.format_number(n, F.E164), False),
    "international": lambda n: (phonenumbers.format_number(n, F.INTERNATIONAL), False),
    "rfc3966": lambda n: (phonenumbers.format_number(n, F.RFC3966), False),
    "dots": lambda n: (dotted(n), False),
    "idd": lambda n: (idd(n), False),
    "extension": lambda n: (phonenumbers.format_number(n, F.INTERNATIONAL) + " ext. 42", False),
    "x": lambda n: (phonenumbers.format_number(n, F.INTERNATIONAL) + " x42", False),
    "national": lambda n: (phonenumbers.format_number(n, F.NATIONAL), True),
    "digits": lambda n: ("".join(c for c in phonenumbers.format_number(n, F.NATIONAL) if c.isdigit()), True),
    "national, extension": lambda n: (phonenumbers.format_number(n, F.NATIONAL) + " ext 7", True),
}


def verdict(written, region):
    try:
        number = phonenumbers.parse(written, region)
    except phonenumbers.NumberParseException:
        return "-", "none"
    e164 = phonenumbers.format_number(number, F.E164)
    if phonenumbers.is_valid_number(number):
        return e164, "valid"
    code = phonenumbers.region_code_for_country_code(number.country_code)
    meta = phonenumbers.PhoneMetadata.metadata_for_region(code, None)
    national = phonenumbers.national_significant_number(number)
    import re

    general = meta is not None and re.fullmatch(meta.general_desc.national_number_pattern, national)
    possible = phonenumbers.is_possible_number(number)
    return (e164, "shaped") if general and possible else ("-", "none")


def phones():
    rng = random.Random(5)
    seen = set()

    def row(region, written):
        if (region, written) in seen:
            return
        seen.add((region, written))
        e164, kind = verdict(written, region)
        yield "\t".join([region or "-", written, e164, kind])

    for region in REGIONS:
        for kind in [T.FIXED_LINE, T.MOBILE]:
            example = phonenumbers.example_number_for_type(region, kind)
            if example is None:
                continue
            for name, form in FORMATS.items():
                written, needs_region = form(example)
                # elsewhere "00" is no way to dial abroad
                yield from row(region if needs_region else None if name != "idd" else "DE", written)
        # a digit too few, one too many, another last digit; chance digits of the usual length
        example = phonenumbers.example_number_for_type(region, T.MOBILE) or phonenumbers.example_number(region)
        e164 = phonenumbers.format_number(example, F.E164)
        for changed in [e164[:-3], e164 + "123", e164[:-1] + str((int(e164[-1]) + 3) % 10)]:
            yield from row(None, changed)
        code = str(phonenumbers.country_code_for_region(region))
        length = len(e164) - 1 - len(code)
        for _ in range(2):
            digits = "".join(rng.choice("0123456789") for _ in range(length))
            yield from row(None, f"+{code} {digits}")
    for written in ["", "+", "12", "+1", "+999 123 456 789", "on request", "+0 123 456 789", "n/a", "+44 20"]:
        yield from row(None, written)
        yield from row("US", written)


def mailbox(written):
    """The mailbox by email-validator (syntax, IDNA) and the table of email-normalize."""
    try:
        valid = validate_email(written.strip(), check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return "-"
    local, host = valid.local_part.lower(), valid.ascii_domain.lower()
    if not local.isascii():
        return "-"
    provider = email_normalize.providers.DomainMap.get(host)
    if provider:
        flags = provider.Flags
        rules = email_normalize.providers.Rules
        if rules.PLUS_ADDRESSING in flags:
            local = local.split("+")[0]
        if rules.STRIP_PERIODS in flags and host in provider.StripPeriodDomains:
            local = local.replace(".", "")
        host = provider.CanonicalDomains.get(host, host)
    return f"{local}@{host}" if local else "-"


def emails():
    hosts = sorted(email_normalize.providers.DomainMap) + [
        "kontor.test", "Kontor.TEST", "mail.kontor.co.uk", "bücher.test", "BÜRO.test", "пример.рф", "xn--bro-hoa.test",
        "kontor.museum", "sub.sub.kontor.test", "a-b.test", "1kontor.test",
    ]
    locals_ = [
        "ann", "Ann", "ANN.LEE", "ann.lee", "a.n.n.lee", "ann+jobs", "Ann.Lee+x+y", "ann_lee", "ann-lee", "ann-lee+1",
        "ann.lee-jobs", "o'hara", "ann%lee", "0ann", "a", "ann99",
    ]
    bad = [
        "", "@", "ann", "ann@", "@kontor.test", "ann@kontor", "ann lee@kontor.test", "ann@@kontor.test", "ann@kontor..test",
        "ann@.kontor.test", "ann@-kontor.test", "ann@kontor.test.", "ann@[192.0.2.1]", "ann@192.0.2.1", "ann@kon tor.test",
        "ann@kontor,test", "+tag@gmail.com", ".ann@kontor.test", "ann.@kontor.test", "ann..lee@kontor.test",
        "ann@kontor_x.test", "ann@" + "k" * 64 + ".test", "a" * 65 + "@kontor.test", "ann@kontor.test@kontor.test",
        '"ann lee"@kontor.test', "ann\\@kontor.test", "ann@kontor.test ", " ann@kontor.test", "ann@localhost",
        "ann(comment)@kontor.test", "ann@kontor.t", "ännchen@kontor.test",
    ]
    for host in hosts:
        for local in locals_:
            yield f"{local}@{host}\t{mailbox(f'{local}@{host}')}"
    for written in bad:
        yield f"{written}\t{mailbox(written)}"


# BIP 173 and BIP 350, test vectors of addresses: of the main net, with the witness programs that are in use or may be.
BECH32 = {
    "valid": """
        bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y bc1zw508d6qejxtdg4y5r3zarvaryvaxxpcs
        bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0""",
    "invalid": """
        tc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq5zuyut
        bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd
        tb1z0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqglt7rf
        BC1S0XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ54WELL bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kemeawh
        tb1q0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vq24jc47
        bc1p38j9r5y49hruaue7wxjce0updqjuyyx0kh56v8s25huc6995vvpql3jow4
        BC130XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ7ZWS8R bc1pw5dgrnzv
        bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v8n0nx0muaewav253zgeav BC1QR508D6QEJXTDG4Y5R3ZARVARYV98GJ9P
        bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7v07qwwzcrf bc1gmk9yu
        bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5 bc1zw508d6qejxtdg4y5r3zarvaryvqyzf3du
        tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx""",
}
# EIP-55, test vectors with both cases; those of one case have no checksum and are not read.
EIP55 = {
    "valid": """0x8617E340B3D01FA5F11F306F4090FD50E238070D 0xde709f2102306220921060314715629080e2fb77""",
    "mixed": """0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed 0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359
        0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB 0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb""",
}
P25519 = 2**255 - 19
D25519 = (-121665 * pow(121666, P25519 - 2, P25519)) % P25519


def is_point(data):
    y = int.from_bytes(data, "little") & (2**255 - 1)
    if y >= P25519:
        return False
    u, v = (y * y - 1) % P25519, (D25519 * y * y + 1) % P25519
    return pow(u * v, (P25519 - 1) // 2, P25519) in (0, 1)


def other(text, rng):
    """The same with one character changed to another of its kind."""
    at = rng.randrange(4, len(text))
    alphabet = "abcdef" if text[at].islower() else "ABCDEF" if text[at].isupper() else "23456789"
    return text[:at] + rng.choice([c for c in alphabet if c != text[at]]) + text[at + 1 :]


def wallets():
    rng = random.Random(7)
    for verdict_, addresses in BECH32.items():
        for address in addresses.split():
            yield f"bech32\t{address}\t{'valid' if verdict_ == 'valid' else 'none'}"
    for address in EIP55["valid"].split():
        yield f"eip55, one case\t{address}\tnone"
    for address in EIP55["mixed"].split():
        yield f"eip55, manual\t{address}\tnone"
    for number in range(40):
        body = rng.randbytes(20)
        for kind, version in [("bitcoin, key", 0), ("bitcoin, script", 5), ("tron", 0x41)]:
            address = base58.b58encode_check(bytes([version]) + body).decode()
            yield f"{kind}\t{address}\tvalid"
            changed = other(address, rng)
            try:
                base58.b58decode_check(changed)
                good = "valid"
            except ValueError:
                good = "none"
            yield f"{kind}, changed\t{changed}\t{good}"
        # another version of base58check: no address of these chains
        yield f"other version\t{base58.b58encode_check(bytes([0x30]) + body).decode()}\tnone"
        address = to_checksum_address(body)
        yield f"eip55\t{address}\tvalid"
        swapped = "0x" + "".join(c.swapcase() if i == number % 40 else c for i, c in enumerate(address[2:]))
        yield f"eip55, changed\t{swapped}\t{'valid' if swapped == address else 'none'}"
        key = rng.randbytes(32)
        yield f"solana\t{base58.b58encode(key).decode()}\t{'valid' if is_point(key) else 'none'}"
        account = Account.from_key(rng.randbytes(32)).address
        yield f"eip55\t{account}\tvalid"
    for country, length in [("DE", 18), ("AT", 16), ("BE", 12), ("NO", 11), ("DK", 14), ("PL", 24), ("CH", 17)]:
        for _ in range(10):
            body = "".join(rng.choice("0123456789") for _ in range(length))
            number = country + iban.calc_check_digits(country + "00" + body) + body
            good = "valid" if iban.is_valid(number, check_country=False) else "none"
            yield f"iban\t{number}\t{good}"
            changed = number[:6] + str((int(number[6]) + 1) % 10) + number[7:]
            yield f"iban, changed\t{changed}\t{'valid' if iban.is_valid(changed, check_country=False) else 'none'}"


HEAD = "# Made by corpora/programs/make_identifier_vectors.py, which names the libraries; read by tests/identifier_oracles.rs.\n"

OUT.mkdir(exist_ok=True)
for name, rows in [("phones", phones), ("emails", emails), ("wallets", wallets)]:
    rows = list(rows())
    (OUT / f"{name}.tsv").write_text(HEAD + "".join(row + "\n" for row in rows))
    print(name, len(rows))
