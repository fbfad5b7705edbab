//! What the columns of a manifest mean, whatever case and word separators they are written with.

/// A column with a meaning; any other is kept by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::intake::manifest) enum Column {
    /// Opaque id; the only column that must be there.
    Id,
    /// The applicant's name.
    Name,
    /// E-mail addresses.
    Email,
    /// Phone numbers.
    Phone,
    /// Claimed place.
    Location,
    /// Claimed zone.
    Timezone,
    /// GitHub login or profile.
    Github,
    /// Other links.
    Links,
    /// Documents, by path.
    Resume,
    /// Repositories, by path.
    Repos,
    /// When the application came in.
    AppliedAt,
    /// Where it came from.
    Source,
}

/// Every accepted name, in the spelling that [`Column::from_name`] compares.
const NAMES: [(&str, Column); 17] = [
    ("id", Column::Id),
    ("applicantid", Column::Id),
    ("name", Column::Name),
    ("email", Column::Email),
    ("emails", Column::Email),
    ("phone", Column::Phone),
    ("phones", Column::Phone),
    ("location", Column::Location),
    ("timezone", Column::Timezone),
    ("claimedtz", Column::Timezone),
    ("github", Column::Github),
    ("links", Column::Links),
    ("resume", Column::Resume),
    ("documents", Column::Resume),
    ("repos", Column::Repos),
    ("appliedat", Column::AppliedAt),
    ("source", Column::Source),
];

impl Column {
    /// The meaning of a column's name, whatever its case and wherever spaces, underscores and hyphens stand in it:
    /// `E-Mail` and `Time zone` are the columns they look like.
    pub(in crate::intake::manifest) fn from_name(written: &str) -> Option<Self> {
        let name = written.trim().to_lowercase().replace([' ', '-', '_'], "");
        NAMES
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, column)| *column)
    }

    /// Whether it holds several values, separated by `;`.
    pub(in crate::intake::manifest) fn is_list(self) -> bool {
        matches!(
            self,
            Column::Email | Column::Phone | Column::Links | Column::Resume | Column::Repos
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_does_not_matter() {
        for (written, column) in [
            ("ID", Column::Id),
            ("Applicant ID", Column::Id),
            ("applicant-id", Column::Id),
            (" E-Mails ", Column::Email),
            ("Claimed TZ", Column::Timezone),
            ("Time Zone", Column::Timezone),
            ("Applied-At", Column::AppliedAt),
            ("Documents", Column::Resume),
        ] {
            assert_eq!(Column::from_name(written), Some(column), "{written}");
        }
    }

    #[test]
    fn other_names_have_no_meaning() {
        for written in ["", "identity", "applicant", "notes", "file"] {
            assert_eq!(Column::from_name(written), None, "{written}");
        }
    }
}
