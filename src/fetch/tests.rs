use crate::fetch::Cache;
use crate::fetch::CacheError;
use crate::fetch::FetchError;
use crate::fetch::FetchOptions;
use crate::fetch::Outcome;
use crate::fetch::cache;
use crate::fetch::fetch;
use crate::model::RepositoryUrl;
use std::fs;
use std::path::Path;
use std::time::Duration;

fn options() -> FetchOptions {
    FetchOptions {
        size: 1 << 20,
        time: Duration::from_secs(20),
        files: true,
        refresh: false,
        local: false,
        now: "2026-01-02T03:04:05Z".into(),
    }
}

fn url(text: &str) -> RepositoryUrl {
    RepositoryUrl::parse(text).unwrap()
}

fn entry(url: &str, folder: &str) -> String {
    format!(
        r#"{{"schema":"cache/1","repositories":[{{"url":"{url}","folder":"{folder}","fetched":"","git":"","files":true,"checked":true,"heads":{{}}}}]}}"#
    )
}

#[test]
fn local_addresses_need_to_be_allowed() {
    let dir = tempfile::tempdir().unwrap();
    let mut cache = Cache::open(dir.path()).unwrap();
    for address in [
        "https://localhost/a/b",
        "https://10.0.0.1/a/b",
        "https://printer/a/b",
    ] {
        let error = fetch(&url(address), &mut cache, &options()).unwrap_err();
        assert!(matches!(error, FetchError::Local), "{error}");
    }
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
}

#[test]
fn an_index_that_leads_elsewhere_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let write = |text: &str| fs::write(dir.path().join("index.json"), text).unwrap();
    let address = "https://example.org/a/tool";
    for bad in ["../other.git", "/srv/other.git", "a/b.git", ".git", "tool"] {
        write(&entry(address, bad));
        assert!(
            matches!(Cache::open(dir.path()), Err(CacheError::Foreign { .. })),
            "{bad}"
        );
    }
    for text in ["", "[]", r#"{"schema":"cache/2","repositories":[]}"#] {
        write(text);
        assert!(
            matches!(Cache::open(dir.path()), Err(CacheError::Foreign { .. })),
            "{text}"
        );
    }
}

#[test]
fn what_is_in_the_cache_is_kept_and_found() {
    let dir = tempfile::tempdir().unwrap();
    let address = url("https://example.org/a/tool");
    let folder = cache::folder_of(&address);
    assert!(
        folder.starts_with("tool-") && folder.ends_with(".git"),
        "{folder}"
    );
    fs::write(
        dir.path().join("index.json"),
        entry(address.as_str(), &folder),
    )
    .unwrap();
    let mut cache = Cache::open(dir.path()).unwrap();
    assert_eq!(cache.find(&address), None, "its folder is gone");
    fs::create_dir(dir.path().join(&folder)).unwrap();
    fs::write(
        dir.path().join(&folder).join("HEAD"),
        "ref: refs/heads/main\n",
    )
    .unwrap();
    assert_eq!(cache.find(&address), Some(dir.path().join(&folder)));
    assert_eq!(
        fetch(&address, &mut cache, &options()).unwrap(),
        Outcome::Kept
    );
    assert_eq!(cache.find(&url("https://example.org/a/other")), None);
}

#[test]
fn a_cache_that_is_not_there_is_empty() {
    let cache = Cache::open(Path::new("no/such/folder")).unwrap();
    assert_eq!(cache.all().count(), 0);
}
