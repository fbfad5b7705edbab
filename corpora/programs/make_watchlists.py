"""Writes one watch list in every format that `src/watch` reads, with the programs that people use to write them.

    python3 corpora/programs/make_watchlists.py corpora/watchlists

Needs `pip install stix2==3.0.2 pymisp`. Every identifier is invented or reserved: a mailbox under .test, a wallet made of a
hash of words, numbers that Ofcom keeps for drama. The lists hold the same four identifiers, so that a test can compare.
"""
import json
import sys
from datetime import datetime, timezone
from pathlib import Path

import stix2
from pymisp import MISPEvent, MISPObject

EMAIL, PHONE = "w.holt@holtmail.test", "+44 20 7946 0991"
WALLET, LOGIN = "1ESQGx7pc9su7NZJuMcwQTpFchCM6GrND4", "wholt-builds"
SEEN = datetime(2025, 3, 4, tzinfo=timezone.utc)
OUT = Path(sys.argv[1])
OUT.mkdir(parents=True, exist_ok=True)


def stix():
    who = stix2.Identity(id="identity--00000000-0000-4000-8000-000000000001", name="Exchange of invented records",
                         identity_class="organization", created=SEEN, modified=SEEN)
    mail = stix2.EmailAddress(value=EMAIL)
    account = stix2.UserAccount(account_type="github", account_login=LOGIN)

    def indicator(number, pattern):
        return stix2.Indicator(id=f"indicator--00000000-0000-4000-8000-00000000000{number}", pattern_type="stix",
                               pattern=pattern, valid_from=SEEN, created=SEEN, modified=SEEN, created_by_ref=who.id)

    wallet = indicator(2, f"[cryptocurrency-wallet:address = '{WALLET}']")
    phone = indicator(3, f"[phone-number:value = '{PHONE}']")
    both = indicator(4, f"[email-addr:value = '{EMAIL}' AND email-addr:display_name = 'W']")
    bundle = stix2.Bundle(who, mail, account, wallet, phone, both, id="bundle--00000000-0000-4000-8000-000000000009",
                          allow_custom=True)
    (OUT / "stix.json").write_text(bundle.serialize(pretty=True) + "\n")


def misp():
    event = MISPEvent()
    event.uuid, event.info, event.date = "00000000-0000-4000-8000-00000000000a", "Invented applications", SEEN.date()
    for kind, value in [("email", EMAIL), ("phone-number", PHONE), ("btc", WALLET), ("full-name", "Wren Holt"), ("md5", "0" * 32)]:
        event.add_attribute(kind, value)
    user = MISPObject("user-account", standalone=False)
    user.add_attribute("username", type="github-username", value=LOGIN)
    event.add_object(user)
    record = json.loads(event.to_json())

    def without_chance(node):
        """Removes what differs between two runs."""
        if isinstance(node, dict):
            node.pop("timestamp", None)
            if node.get("uuid") != str(event.uuid):
                node.pop("uuid", None)
            [without_chance(v) for v in node.values()]
        elif isinstance(node, list):
            [without_chance(v) for v in node]

    without_chance(record)
    (OUT / "misp.json").write_text(json.dumps({"Event": record}, indent=1, sort_keys=True) + "\n")


def tables():
    (OUT / "plain.csv").write_text(
        "type,value,source,first_seen,note\n"
        f"email,{EMAIL},our own cases,2025-03-04,case 12\nphone,{PHONE},our own cases,2025-03-04,case 12\n"
        f"wallet,{WALLET},our own cases,,\ngithub,@{LOGIN},our own cases,,\nname,Wren Holt,our own cases,,\n")
    head = ("id,schema,name,aliases,birth_date,countries,addresses,identifiers,sanctions,phones,emails,program_ids,dataset,"
            "first_seen,last_seen,last_change\n")
    (OUT / "opensanctions.csv").write_text(
        head + f'x-1,Person,Wren Holt,,,,,PASS-9912;REG 4,,{PHONE},{EMAIL},,Invented list,2025-03-04T00:00:00,2025-04-01,2025-04-01\n'
        f'x-2,CryptoWallet,,,,,,{WALLET},,,,,Invented list,2025-03-04T00:00:00,2025-04-01,2025-04-01\n')
    remarks = f"DOB 01 Jan 1970; Email Address {EMAIL}; Phone Number {PHONE}; Digital Currency Address - XBT {WALLET}; Website https://github.com/{LOGIN}."
    none = ",-0- " * 7
    (OUT / "sdn.csv").write_bytes(f'1,"HOLT, Wren","individual","TEST"{none[:-1]},"{remarks}"\r\n\x1a'.encode())
    ids = [("Email Address", EMAIL), ("Phone Number", PHONE), ("Digital Currency Address - XBT", WALLET), ("Passport", "PASS-9912"),
           ("Website", f"https://github.com/{LOGIN}")]
    rows = "".join(f"<id><uid>{i}</uid><idType>{k}</idType><idNumber>{v}</idNumber></id>\n" for i, (k, v) in enumerate(ids))
    (OUT / "sdn.xml").write_text(
        '<?xml version="1.0" standalone="yes"?>\n<sdnList xmlns="http://tempuri.org/sdnList.xsd">\n<publshInformation>'
        "<Publish_Date>03/04/2025</Publish_Date><Record_Count>1</Record_Count></publshInformation>\n<sdnEntry><uid>1</uid>"
        f"<lastName>HOLT</lastName><sdnType>Individual</sdnType>\n<idList>{rows}</idList></sdnEntry>\n</sdnList>\n")


stix()
misp()
tables()
