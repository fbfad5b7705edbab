//! The command line as a user meets it: every case is a file in `tests/cmd`. `TRYCMD=overwrite cargo test --test cli` takes
//! what the program prints now.
#![allow(clippy::unwrap_used)]

#[test]
fn commands_print_what_the_cases_say() {
    trycmd::TestCases::new()
        .env("NO_COLOR", "1")
        .case("tests/cmd/*.trycmd");
}
