//! What may not be said.

use regex::Regex;
use std::sync::LazyLock;

/// Beginnings of words that judge somebody, and words that do.
const VERDICTS: &str = r"(?i)\b(?:fraud|fake|faking|guilt|suspicio|suspect|impost[eo]r|impersonat|criminal|scam|cheat|liar|lying|deceiv|deceit|decept|culprit|perpetrat|offender|crook|bogus|phony|sock ?puppet|bad actors?\b|threat actor|infiltrat|dishonest|malicious|swindl|forger|con (?:man|artist)|north korean it)\w*";

/// Countries by their English names and inhabitants (not languages), and larger regions. Case matters: a turkey is a bird.
const REGIONS: &str = r"\b(?:Afghanistan|Albania|Algeria|Andorra|Angola|Argentina|Armenia|Australia|Austria|Azerbaijan|Bahamas|Bahrain|Bangladesh|Barbados|Belarus|Belgium|Belize|Benin|Bhutan|Bolivia|Bosnia|Botswana|Brazil|Brunei|Bulgaria|Burkina Faso|Burundi|Cambodia|Cameroon|Canada|Chile|China|Colombia|Congo|Costa Rica|Croatia|Cuba|Cyprus|Czechia|Denmark|Djibouti|Dominican Republic|Ecuador|Egypt|El Salvador|Eritrea|Estonia|Eswatini|Ethiopia|Fiji|Finland|France|Gabon|Gambia|Germany|Ghana|Greece|Guatemala|Guinea|Guyana|Haiti|Honduras|Hungary|Iceland|India|Indonesia|Iran|Iraq|Ireland|Israel|Italy|Ivory Coast|Jamaica|Japan|Kazakhstan|Kenya|Korea|Kosovo|Kuwait|Kyrgyzstan|Laos|Latvia|Lebanon|Lesotho|Liberia|Libya|Liechtenstein|Lithuania|Luxembourg|Madagascar|Malawi|Malaysia|Maldives|Mali|Malta|Mauritania|Mauritius|Mexico|Moldova|Monaco|Mongolia|Montenegro|Morocco|Mozambique|Myanmar|Namibia|Nepal|Netherlands|New Zealand|Nicaragua|Nigeria|North Macedonia|Norway|Oman|Pakistan|Palestine|Panama|Paraguay|Peru|Philippines|Poland|Portugal|Qatar|Romania|Russia|Rwanda|Saudi Arabia|Senegal|Serbia|Sierra Leone|Singapore|Slovakia|Slovenia|Somalia|South Africa|Spain|Sri Lanka|Sudan|Suriname|Sweden|Switzerland|Syria|Taiwan|Tajikistan|Tanzania|Thailand|Togo|Tunisia|Turkmenistan|Türkiye|Uganda|Ukraine|United Arab Emirates|United Kingdom|United States|Uruguay|Uzbekistan|Venezuela|Vietnam|Yemen|Zambia|Zimbabwe|DPRK|Americans?|Argentinians?|Australians?|Bangladeshis?|Brazilians?|British|Canadians?|Egyptians?|Ghanaians?|Indians?|Iranians?|Iraqis?|Israelis?|Kenyans?|Lebanese|Mexicans?|Moroccans?|Nepalese|Nigerians?|North Koreans?|Pakistanis?|Palestinians?|Russians|Saudis?|Singaporeans?|South Africans?|Sri Lankans?|Syrians?|Taiwanese|Africa|Asia|Europe|Latin America|South America|North America|Middle East|Balkans?|Caucasus|Eastern Bloc|Third World|Africans?|Asians?|Europeans?|Slavic)\b";

/// Claims about what is probable of people.
const CLAIMS: &[&str] = &[
    r"(?i)\b(?:probably|likely|certainly|surely|undoubtedly|definitely|clearly|obviously)\s+(?:be\s+|is\s+|are\s+)?(?:the\s+|a\s+)?(?:same|one|single)\s+(?:person|hand|man|woman|author|applicant|individual|people|developer)",
    r"(?i)\b(?:is|are|was|were|be)\s+(?:in fact\s+|really\s+|actually\s+)?the\s+same\s+(?:person|man|woman|individual|human)",
    r"(?i)\d\s?%\s+(?:probab|chance|likel|certain|sure\b|confiden)",
    r"(?i)\b(?:probability|likelihood|odds|chances?)\s+(?:that|of)\s+(?:the\s+two\b|both|they|these|those|he\b|she\b|you\b|this\s+(?:person|applicant)|applicants?\b|(?:an|the)\s+applicant|one\s+(?:hand|person)|somebody|\{a\})",
];

/// Institutions and their law, which docs must be able to name.
const INSTITUTIONS: &str = r"\bEuropean (?:Union|Economic Area|Parliament|Commission|Network)\b";

/// A sentence that denies before it names.
const DENIALS: &str = r"(?i)\b(?:not|never|no|nor|neither|none|nothing|nobody)\b";

/// Names of the zone database: a region and a city behind a slash.
const ZONES: &str = r"\b[A-Z][A-Za-z_]+(?:/[A-Z][A-Za-z_+-]+)+";

static INSTITUTION: LazyLock<Regex> = LazyLock::new(|| Regex::new(INSTITUTIONS).unwrap());
static VERDICT: LazyLock<Regex> = LazyLock::new(|| Regex::new(VERDICTS).unwrap());
static REGION: LazyLock<Regex> = LazyLock::new(|| Regex::new(REGIONS).unwrap());
static CLAIM: LazyLock<Vec<Regex>> =
    LazyLock::new(|| CLAIMS.iter().map(|c| Regex::new(c).unwrap()).collect());
static DENIAL: LazyLock<Regex> = LazyLock::new(|| Regex::new(DENIALS).unwrap());
static ZONE: LazyLock<Regex> = LazyLock::new(|| Regex::new(ZONES).unwrap());

/// What a text says that it may not.
pub fn faults(text: &str) -> Vec<String> {
    let text = text.replace('\u{ad}', "");
    let text: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = ZONE.replace_all(&text, "zone");
    let text = INSTITUTION.replace_all(&text, "institution");
    let mut all: Vec<String> = VERDICT
        .find_iter(&text)
        .map(|m| format!("verdict: {}", m.as_str()))
        .collect();
    all.extend(
        REGION
            .find_iter(&text)
            .map(|m| format!("region: {}", m.as_str())),
    );
    for claim in CLAIM.iter() {
        for m in claim.find_iter(&text) {
            let sentence = text[..m.start()]
                .rfind(['.', '?', '!', ':'])
                .map_or(0, |i| i + 1);
            if !DENIAL.is_match(&text[sentence..m.start()]) {
                all.push(format!("claim: {}", m.as_str()));
            }
        }
    }
    all
}
