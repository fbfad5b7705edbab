//! Reading PDFs against `pdftotext`: CPU seconds (user + system) on the same files, and how far the words agree.
//!
//! `cargo bench --bench extract -- [DIR]` reads every PDF below DIR (default: `corpora/demo`) in this process, with the
//! function a worker calls: once for text, places, metadata and links, and once with earlier states read again and
//! pictures hashed as well. `pdftotext` is started once a file, as its users do; what starting it costs is shown apart,
//! by `pdftotext -v`. Each figure is the median of several runs. Needs Linux (`/proc`).

use samehand::extract::Job;
use samehand::extract::Limits;
use samehand::extract::NoVisitor;
use samehand::extract::read;
use samehand::model::RawDocument;
use samehand::model::Reading;
use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::process::Stdio;
use unicode_normalization::UnicodeNormalization as _;
use walkdir::WalkDir;

const RUNS: usize = 9;

fn main() -> Result<(), Box<dyn Error>> {
    let dir = std::env::args()
        .skip(1)
        .find(|a| !a.starts_with('-'))
        .unwrap_or_else(|| "corpora/demo".into());
    let files = pdfs(Path::new(&dir));
    if files.is_empty() {
        println!("no PDF below {dir}");
        return Ok(());
    }
    let (start, _) =
        median(|| child_cpu(Command::new("pdftotext").arg("-v")).map(|(s, _)| (s, ())))?;
    let text_only = Limits {
        revisions: 0,
        images: 0,
        ..Limits::default()
    };
    println!(
        "{:>8} {:>8} {:>10} {:>6} {:>6} {:>8}  file (milliseconds of CPU, median of {RUNS} runs)",
        "text", "all", "pdftotext", "ratio", "all", "words F1"
    );
    let (mut text, mut all, mut theirs, mut worst) = (0.0, 0.0, 0.0, (0.0f64, 0.0f64));
    for file in &files {
        let (mine, document) = median(|| own_cpu(file, &text_only))?;
        let (full, _) = median(|| own_cpu(file, &Limits::default()))?;
        let (peer, words_of_peer) = median(|| {
            child_cpu(
                Command::new("pdftotext")
                    .args(["-q", "-enc", "UTF-8"])
                    .arg(file)
                    .arg("-"),
            )
        })?;
        let f1 = document.map_or("unread".into(), |d| {
            format!("{:.4}", f1(&words(&d.text.text), &words(&words_of_peer)))
        });
        println!(
            "{:8.2} {:8.2} {:10.2} {:6.2} {:6.2} {f1:>8}  {}",
            mine * 1e3,
            full * 1e3,
            peer * 1e3,
            mine / peer,
            full / peer,
            file.display()
        );
        (text, all, theirs) = (text + mine, all + full, theirs + peer);
        worst = (worst.0.max(mine / peer), worst.1.max(full / peer));
    }
    let num = files.len() as f64;
    let alone = theirs - start * num;
    println!(
        "\n{num} files, pdftotext {theirs:.3} s, of which {:.3} s to start it ({:.2} ms a file)",
        start * num,
        start * 1e3
    );
    for (what, mine, worst, most) in [
        ("text, positions, metadata", text, worst.0, 1.0),
        ("with earlier states and image hashes", all, worst.1, 2.0),
    ] {
        println!(
            "{what}: {mine:.3} s, {:.2} x pdftotext (wanted: at most {most:.1} x), worst file {worst:.2} x, {:.2} x without its start",
            mine / theirs,
            mine / alone
        );
    }
    Ok(())
}

fn pdfs(dir: &Path) -> Vec<PathBuf> {
    let files = WalkDir::new(dir)
        .sort_by_file_name()
        .into_iter()
        .flatten()
        .map(|e| e.into_path());
    files
        .filter(|p| p.extension().is_some_and(|x| x.eq_ignore_ascii_case("pdf")))
        .collect()
}

fn median<T>(
    mut run: impl FnMut() -> Result<(f64, T), Box<dyn Error>>,
) -> Result<(f64, T), Box<dyn Error>> {
    let mut runs = (0..RUNS).map(|_| run()).collect::<Result<Vec<_>, _>>()?;
    runs.sort_by(|a, b| a.0.total_cmp(&b.0));
    Ok(runs.swap_remove(RUNS / 2))
}

/// Seconds and result of reading a file in this process.
fn own_cpu(file: &Path, limits: &Limits) -> Result<(f64, Option<RawDocument>), Box<dyn Error>> {
    let job = Job {
        path: file.into(),
        shown: file.display().to_string(),
        repository: false,
        inside: None,
        attempt: 0,
    };
    let before = own_seconds();
    let reading = read(&job, limits, &mut NoVisitor);
    let seconds = own_seconds() - before;
    Ok((
        seconds,
        reading.ok().and_then(|(_, r)| {
            if let Reading::Document(d) = r {
                Some(*d)
            } else {
                None
            }
        }),
    ))
}

/// Seconds and output of a command of one thread. Its time is read when it has ended and before it is forgotten.
fn child_cpu(command: &mut Command) -> Result<(f64, String), Box<dyn Error>> {
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let mut text = Vec::new();
    if let Some(mut out) = child.stdout.take() {
        std::io::Read::read_to_end(&mut out, &mut text)?;
    }
    let id = child.id().to_string();
    while !std::fs::read_to_string(format!("/proc/{id}/stat"))?.contains(") Z ") {
        std::thread::yield_now();
    }
    let seconds = scheduled(&id)?;
    child.wait()?;
    Ok((seconds, String::from_utf8_lossy(&text).into_owned()))
}

/// CPU seconds of this process so far.
#[cfg(not(unix))]
fn own_seconds() -> f64 {
    f64::NAN
}

/// CPU seconds of this process so far.
#[cfg(unix)]
fn own_seconds() -> f64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}

/// CPU seconds of a process of one thread that has ended, to the nanosecond.
fn scheduled(process: &str) -> Result<f64, Box<dyn Error>> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/schedstat"))?;
    Ok(stat.split(' ').next().unwrap_or_default().parse::<f64>()? / 1e9)
}

fn words(text: &str) -> BTreeMap<String, usize> {
    let mut words = BTreeMap::new();
    let text = text.nfkc().collect::<String>().to_lowercase();
    for word in text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
    {
        *words.entry(word.into()).or_default() += 1;
    }
    words
}

/// Harmonic mean of the shares of words that the other text has too.
fn f1(a: &BTreeMap<String, usize>, b: &BTreeMap<String, usize>) -> f64 {
    let shared: usize = a
        .iter()
        .map(|(word, n)| *n.min(b.get(word).unwrap_or(&0)))
        .sum();
    let all = a.values().sum::<usize>() + b.values().sum::<usize>();
    if all == 0 {
        1.0
    } else {
        2.0 * shared as f64 / all as f64
    }
}
