//! What reading a repository costs, beside `git log` on the same repository.
//!
//! `cargo bench --bench history -- REPOSITORY…` reads each repository with the function that workers call (commits,
//! signatures, trailers, and the files at the tips) and lets `git log --all` print the same fields to nowhere. Prints
//! the CPU seconds of both, the least of three rounds, and their ratio. Without a repository it makes one of 20,000
//! commits. Wanted: a ratio of at most 1.2.

#[cfg(unix)]
fn main() -> anyhow::Result<()> {
    unix::main()
}

#[cfg(not(unix))]
fn main() {
    println!("CPU time is measured on Unix only");
}

#[cfg(unix)]
mod unix {
    use anyhow::{Context, Result, ensure};
    use samehand::extract::{Job, Limits};
    use samehand::model::Reading;
    use std::io::Write;
    use std::path::{Path, PathBuf};
    use std::process::{Command, Stdio};

    const ROUNDS: usize = 3;
    const COMMITS: usize = 20_000;
    /// The fields that a history holds.
    const FORMAT: &str = "--format=%H%x09%T%x09%P%x09%an%x09%ae%x09%ad%x09%cn%x09%ce%x09%cd%x09%s";

    pub(super) fn main() -> Result<()> {
        let made;
        let mut paths: Vec<PathBuf> = std::env::args_os()
            .skip(1)
            .filter(|a| a != "--bench")
            .map(PathBuf::from)
            .collect();
        if paths.is_empty() {
            made = tempfile::tempdir()?;
            make(made.path())?;
            paths.push(made.path().into());
        }
        println!(
            "{:>9} {:>8} {:>10} {:>8} {:>6}  repository",
            "commits", "files", "samehand", "git log", "ratio"
        );
        for path in paths {
            let (mut ours, mut theirs) = (f64::MAX, f64::MAX);
            let (mut commits, mut files) = (0, 0);
            for _ in 0..ROUNDS {
                let start = own_cpu();
                (commits, files) = read(&path)?;
                ours = ours.min(own_cpu() - start);
                theirs = theirs.min(git_log(&path)?);
            }
            let ratio = ours / theirs;
            println!(
                "{commits:>9} {files:>8} {ours:>8.2} s {theirs:>6.2} s {ratio:>6.2}  {}",
                path.display()
            );
        }
        Ok(())
    }

    fn read(path: &Path) -> Result<(usize, usize)> {
        // a bench may read larger repositories than a worker
        let limits = Limits {
            memory: 8 << 30,
            ..Limits::default()
        };
        let job = Job {
            path: path.into(),
            shown: "bench".into(),
            repository: true,
            inside: None,
            attempt: 0,
        };
        match samehand::extract::read(&job, &limits, &mut samehand::extract::NoVisitor)?.1 {
            Reading::Repository { history, code, .. } => Ok((history.commits.len(), code.len())),
            Reading::Document(_) => anyhow::bail!("a repository was read as a document"),
        }
    }

    /// CPU seconds of this process.
    fn own_cpu() -> f64 {
        let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
        time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
    }

    /// CPU seconds of `git log`, as the shell's `times` tells: user and system of its children.
    fn git_log(path: &Path) -> Result<f64> {
        let output = Command::new("bash")
            .args([
                "-c",
                "git --git-dir=\"$0\" log --all \"$1\" --date=raw > /dev/null; times",
            ])
            .arg(git_dir(path))
            .arg(FORMAT)
            .envs([
                ("GIT_CONFIG_GLOBAL", "/dev/null"),
                ("GIT_CONFIG_SYSTEM", "/dev/null"),
            ])
            .output()?;
        let text = String::from_utf8(output.stdout)?;
        let children = text.lines().nth(1).context("`times` prints two lines")?;
        children.split_whitespace().try_fold(0.0, |sum, field| {
            let (minutes, seconds) = field
                .trim_end_matches('s')
                .split_once('m')
                .context("times are 0m0.0s")?;
            Ok(sum + minutes.parse::<f64>()? * 60.0 + seconds.parse::<f64>()?)
        })
    }

    fn git_dir(path: &Path) -> PathBuf {
        let inner = path.join(".git");
        if inner.is_dir() { inner } else { path.into() }
    }

    /// A bare repository: ten people, a file changed by each commit, a merge now and then.
    fn make(dir: &Path) -> Result<()> {
        let git = |args: &[&str]| {
            let mut command = Command::new("git");
            command
                .args(args)
                .current_dir(dir)
                .stdin(Stdio::piped())
                .stdout(Stdio::null());
            command.envs([
                ("GIT_CONFIG_GLOBAL", "/dev/null"),
                ("GIT_CONFIG_SYSTEM", "/dev/null"),
            ]);
            command
        };
        ensure!(
            git(&["init", "-q", "--bare", "-b", "main", "."])
                .status()?
                .success(),
            "git init failed"
        );
        let mut child = git(&["fast-import", "--quiet"]).spawn()?;
        let mut stream = std::io::BufWriter::new(child.stdin.take().context("stdin is piped")?);
        for n in 1..=COMMITS {
            let who = format!(
                "Person {0} <person{0}@example.org> {1} +0{0}00",
                n % 10,
                1_500_000_000 + n * 977
            );
            let message = format!(
                "Change part {} of the work\n\nA reason in some {n} words, wrapped.\n",
                n % 313
            );
            let text = format!("fn part_{n}() -> usize {{ {} }}\n", n * n).repeat(12);
            writeln!(
                stream,
                "commit refs/heads/main\nmark :{n}\nauthor {who}\ncommitter {who}"
            )?;
            writeln!(stream, "data {}\n{message}", message.len())?;
            if n % 50 == 0 {
                writeln!(stream, "merge :{}", n - 20)?;
            }
            let (folder, file) = (n % 613 % 40, n % 613);
            writeln!(
                stream,
                "M 100644 inline src/{folder}/part_{file}.rs\ndata {}\n{text}",
                text.len()
            )?;
        }
        stream.flush()?;
        drop(stream);
        ensure!(child.wait()?.success(), "git fast-import failed");
        ensure!(
            git(&["repack", "-q", "-a", "-d"]).status()?.success(),
            "git repack failed"
        );
        Ok(())
    }
}
