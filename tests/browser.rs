//! Hostile applicants in a real browser: names, file names, texts, metadata and commit messages that would run, if anything
//! ran them. Where no Chromium is installed the browser's part says that it was not run; the tables and the terminal are
//! looked at all the same.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// What the page's title would be, if any of the texts ran.
const MARK: &str = "the-text-has-run";

fn payloads() -> Vec<String> {
    let run = format!("document.title='{MARK}'");
    vec![
        format!("<script>{run}</script>"),
        format!("\"><img src=x onerror=\"{run}\">"),
        format!("'><svg onload=\"{run}\">"),
        format!("</style></title></textarea></script><script>{run}</script>"),
        format!("<a href=\"javascript:{run}\">résumé</a>"),
        format!("=HYPERLINK(\"javascript:{run}\")"),
        "@SUM(1+1)*cmd|' /C calc'!A0".into(),
        "\u{1b}]0;title\u{7}\u{1b}[2J\u{1b}[31mred".into(),
        "cv\u{202e}fdp.exe\u{2066}".into(),
        "{{ report }}{% raw %}{0}{a}".into(),
    ]
}

fn git(folder: &Path, message: &str, author: &str) {
    let git = |args: &[&str]| {
        let mut command = Command::new("git");
        command.current_dir(folder).args(args);
        command
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1");
        for role in ["AUTHOR", "COMMITTER"] {
            command.env(format!("GIT_{role}_NAME"), author);
            command.env(format!("GIT_{role}_EMAIL"), "shared@marrable-yard.example");
            command.env(format!("GIT_{role}_DATE"), "2024-05-06T09:30:00+02:00");
        }
        assert!(command.output().unwrap().status.success(), "git {args:?}");
    };
    git(&["init", "--quiet", "-b", "main"]);
    git(&["add", "."]);
    git(&["commit", "--quiet", "--allow-empty", "-m", message]);
}

/// Pairs of applicants who share a passage, each with a payload in every place that an applicant can write to.
fn build(pool: &Path) {
    let mut manifest = String::from("id,name,email,phone,location,documents,repos\n");
    for (n, payload) in payloads().iter().enumerate() {
        for side in ["a", "b"] {
            let id = format!("p{n}{side}");
            let folder = pool.join(&id);
            let file: String = payload
                .chars()
                .filter(|c| !matches!(c, '/' | '\0'))
                .collect();
            let file: String = file.chars().take(60).collect();
            let repository = folder.join("work").join(&file);
            fs::create_dir_all(&repository).unwrap();
            let text = format!(
                "Applicant {payload}\n+44 20 7946 0{n}23\n\nExperience\n\
                 * Levelled 31{n} km of mountain road {payload} and found four benchmarks that had moved with the slope.\n\
                 * Turned a price list kept on paper into a service {payload} so that any old invoice can be explained.\n\
                 * Calibrated a flood model of 48 side valleys against marks that farmers had cut into their barns {n}.\n"
            );
            fs::write(folder.join(format!("{file}.txt")), &text).unwrap();
            let html = format!(
                "<html><head><title>{payload}</title><meta name=author content='{}'></head><body><p>{}</p></body></html>",
                payload.replace('\'', "&#39;"),
                text.replace('<', "&lt;")
            );
            fs::write(folder.join("resume.html"), html).unwrap();
            fs::write(repository.join("notes.txt"), payload).unwrap();
            // A commit message of a megabyte, once.
            let long = if n == 0 {
                payload.repeat(1_000_000 / payload.len())
            } else {
                payload.clone()
            };
            let file = long.chars().take(100_000).collect::<String>();
            git(&repository, &file, payload);
            let cell = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
            let name = if n == 1 {
                payload.repeat(1_000_000 / payload.len())
            } else {
                payload.clone()
            };
            manifest.push_str(&format!(
                "{id},{},{},+44 20 7946 0{n}23,{},{id},\n",
                cell(&name),
                cell(&format!("{payload}@example.org")),
                cell(payload)
            ));
        }
    }
    fs::write(pool.join("manifest.csv"), manifest).unwrap();
}

/// Chromium, where it is installed.
fn chromium() -> Option<PathBuf> {
    let asked = std::env::var_os("CHROMIUM").map(PathBuf::from);
    let usual = [
        "/usr/bin/chromium",
        "/usr/bin/chromium-browser",
        "/usr/bin/google-chrome",
    ];
    let all = asked.into_iter().chain(usual.map(PathBuf::from));
    all.into_iter().find(|path| path.is_file())
}

/// The page as it stands after its script has run.
fn rendered(browser: &Path, page: &Path, profile: &Path) -> String {
    let mut command = Command::new(browser);
    // A root user's browser has no sandbox to start; the page is this test's own.
    command.args(["--headless", "--no-sandbox", "--disable-gpu", "--dump-dom"]);
    command.arg("--virtual-time-budget=3000");
    command.arg(format!("--user-data-dir={}", profile.display()));
    command.arg(format!("file://{}", page.display()));
    let out = command.output().unwrap();
    String::from_utf8_lossy(&out.stdout).into_owned()
}

#[test]
fn hostile_text_does_nothing_anywhere() {
    let dir = TempDir::new().unwrap();
    let (pool, report) = (dir.path().join("pool"), dir.path().join("report"));
    fs::create_dir_all(&pool).unwrap();
    build(&pool);
    for reveal in [false, true] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_samehand"));
        command.arg("scan").arg(&pool).arg("-o").arg(&report);
        command.args(reveal.then_some("--reveal"));
        let out = command.output().unwrap();
        let told = String::from_utf8_lossy(&out.stderr).into_owned();
        assert!(matches!(out.status.code(), Some(0 | 3)), "{told}");
        for text in [String::from_utf8_lossy(&out.stdout).into_owned(), told] {
            let odd =
                |c: char| (c.is_control() && c != '\n') || ('\u{202a}'..='\u{202e}').contains(&c);
            assert!(!text.contains(odd), "{text:?}");
        }
        tables(&report);
        page(&report.join("report.html"), dir.path());
        let mut disclose = Command::new(env!("CARGO_BIN_EXE_samehand"));
        disclose
            .args(["disclose", "p0a", "--report"])
            .arg(&report)
            .arg("-o")
            .arg(&report);
        assert!(disclose.output().unwrap().status.success());
        page(&report.join("disclosure.html"), dir.path());
    }
}

/// No cell that a spreadsheet would run.
fn tables(report: &Path) {
    let mut rows = 0;
    for file in samehand::report::CSV_FILES {
        let mut reader = csv::Reader::from_path(report.join(file)).unwrap();
        for record in reader.records().map(Result::unwrap) {
            rows += 1;
            let runs = |cell: &str| {
                cell.starts_with(['=', '+', '@', '\t', '\r'])
                    || cell.starts_with('-') && cell.parse::<f64>().is_err()
            };
            assert!(!record.iter().any(runs), "{file}: {record:?}");
        }
    }
    assert!(rows > 20, "only {rows} rows: is the pool read?");
}

fn page(page: &Path, profile: &Path) {
    let size = fs::metadata(page).unwrap().len();
    assert!(size < 3_000_000, "{} has {size} bytes", page.display());
    let Some(browser) = chromium() else {
        eprintln!(
            "not run: no Chromium is installed, {} was not opened",
            page.display()
        );
        return;
    };
    let dom = rendered(&browser, page, &profile.join("browser"));
    let title = &dom[dom.find("<title>").unwrap()..dom.find("</title>").unwrap()];
    // A title may quote an applicant; what ran would have replaced all of it.
    assert!(title.starts_with("<title>samehand"), "{title}");
    let is_report = page.ends_with("report.html");
    assert_eq!(dom.matches("<script").count(), usize::from(is_report));
    for element in [
        "<img",
        "<iframe",
        "<object",
        "<embed",
        "<base",
        "<link",
        "javascript:\"",
    ] {
        assert!(!dom.contains(element), "{element}");
    }
    // Our own script did run, on a page full of theirs.
    assert!(!is_report || dom.contains("class=\"dismiss\" aria-pressed=\"false\" aria-label"));
}
