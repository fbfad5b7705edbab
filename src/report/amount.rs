//! Numbers and lists in words: always said the same way, without exponents and with a limit on digits.

/// "A", "A and B", "A, B and C".
pub(in crate::report) fn list<S: AsRef<str>>(items: &[S]) -> String {
    match items {
        [] => String::new(),
        [one] => one.as_ref().into(),
        [head @ .., last] => {
            let head: Vec<&str> = head.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", head.join(", "), last.as_ref())
        }
    }
}

/// "no files", "1 file", "1,234 files".
pub(in crate::report) fn count(n: usize, one: &str, many: &str) -> String {
    match n {
        0 => format!("no {many}"),
        1 => format!("1 {one}"),
        n => format!("{} {many}", thousands(n as u64)),
    }
}

/// The first letter in upper case.
pub(in crate::report) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map_or(String::new(), |c| c.to_uppercase().chain(chars).collect())
}

/// "1,234,567".
pub(in crate::report) fn thousands(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A positive number to two significant digits, without an exponent: "0.0021", "3.4", "1,200".
pub(in crate::report) fn number(x: f64) -> String {
    if x >= 100.0 {
        let unit = 10f64.powi(x.log10().floor() as i32 - 1);
        return thousands(((x / unit).round() * unit) as u64);
    }
    let decimals = if x <= 0.0 {
        0
    } else {
        (1 - x.log10().floor() as i32).clamp(0, 12) as usize
    };
    let text = format!("{x:.decimals$}");
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').into()
    } else {
        text
    }
}

/// How much more (×) or less (÷) probable under one hand than under unrelated people.
pub(in crate::report) fn factor(log10: f64) -> String {
    let size = log10.abs();
    let sign = if log10 < 0.0 { '÷' } else { '×' };
    match size {
        s if s < 0.02 => "× 1".into(),
        s if s < 6.0 => format!("{sign} {}", number(10f64.powf(s))),
        s if s < 9.0 => format!("{sign} {} million", number(10f64.powf(s - 6.0))),
        s if s < 12.0 => format!("{sign} {} billion", number(10f64.powf(s - 9.0))),
        _ => format!("{sign} more than a trillion"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_without_exponents() {
        for (x, text) in [
            (0.0, "0"),
            (0.002_13, "0.0021"),
            (0.05, "0.05"),
            (0.999_9, "1"),
            (3.44, "3.4"),
            (42.0, "42"),
            (1_234.0, "1,200"),
            (987_654.0, "990,000"),
        ] {
            assert_eq!(number(x), text);
        }
    }

    #[test]
    fn factors_point_both_ways() {
        for (log10, text) in [
            (3.1, "× 1,300"),
            (-0.2, "÷ 1.6"),
            (0.0, "× 1"),
            (6.5, "× 3.2 million"),
            (10.0, "× 10 billion"),
            (20.0, "× more than a trillion"),
        ] {
            assert_eq!(factor(log10), text);
        }
    }

    #[test]
    fn lists_read_as_sentences() {
        assert_eq!(list(&["a"]), "a");
        assert_eq!(list(&["a", "b", "c"]), "a, b and c");
        assert_eq!(list::<&str>(&[]), "");
    }
}
