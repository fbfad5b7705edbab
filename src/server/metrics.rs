//! What `/metrics` counts, in the text format of Prometheus. Routes are counted by their pattern, so no id stands there.

use crate::server::jobs::Phase;
use axum::http::{Method, StatusCode};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Upper bounds of the buckets of time, seconds.
const BOUNDS: [f64; 10] = [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0, 60.0];

/// The counters.
#[derive(Default)]
pub(in crate::server) struct Metrics(Mutex<Counters>);

#[derive(Default)]
struct Counters {
    requests: BTreeMap<(String, String, u16), u64>,
    times: BTreeMap<String, Times>,
    jobs: BTreeMap<&'static str, u64>,
    job_time: Times,
}

#[derive(Default)]
struct Times {
    buckets: [u64; BOUNDS.len()],
    count: u64,
    sum: f64,
}

impl Times {
    fn add(&mut self, time: Duration) {
        let seconds = time.as_secs_f64();
        for (bucket, bound) in self.buckets.iter_mut().zip(BOUNDS) {
            *bucket += u64::from(seconds <= bound);
        }
        self.count += 1;
        self.sum += seconds;
    }

    fn write(&self, out: &mut String, name: &str, labels: &str) {
        let comma = if labels.is_empty() { "" } else { "," };
        let all = BOUNDS.iter().map(f64::to_string).zip(self.buckets);
        for (bound, n) in all.chain([("+Inf".to_string(), self.count)]) {
            line(
                out,
                &format!("{name}_bucket{{{labels}{comma}le=\"{bound}\"}}"),
                n,
            );
        }
        let braces = if labels.is_empty() {
            String::new()
        } else {
            format!("{{{labels}}}")
        };
        line(out, &format!("{name}_sum{braces}"), self.sum);
        line(out, &format!("{name}_count{braces}"), self.count);
    }
}

/// What is not counted but looked up.
pub(in crate::server) struct Gauges {
    /// Jobs that wait.
    pub waiting: usize,
    /// Jobs that are being read.
    pub reading: usize,
    /// Applicants in the index.
    pub applicants: u64,
}

impl Metrics {
    fn counters(&self) -> MutexGuard<'_, Counters> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A request was answered.
    pub fn request(&self, route: &str, method: &Method, status: StatusCode, time: Duration) {
        let known = [Method::GET, Method::HEAD, Method::POST, Method::DELETE];
        let method = match known.contains(method) {
            true => method.as_str(),
            false => "OTHER",
        };
        let mut counters = self.counters();
        let key = (route.to_owned(), method.to_owned(), status.as_u16());
        *counters.requests.entry(key).or_default() += 1;
        counters
            .times
            .entry(route.to_owned())
            .or_default()
            .add(time);
    }

    /// A job ended.
    pub fn job(&self, phase: &Phase, time: Duration) {
        let outcome = match phase {
            Phase::Done(_) => "done",
            Phase::Failed(_) => "failed",
            _ => "dropped",
        };
        let mut counters = self.counters();
        *counters.jobs.entry(outcome).or_default() += 1;
        counters.job_time.add(time);
    }

    /// Everything, as text.
    pub fn text(&self, gauges: &Gauges) -> String {
        let counters = self.counters();
        let mut out = String::new();
        head(
            &mut out,
            "samehand_requests_total",
            "counter",
            "Answered requests.",
        );
        for ((route, method, status), n) in &counters.requests {
            let labels = format!("route=\"{route}\",method=\"{method}\",status=\"{status}\"");
            line(&mut out, &format!("samehand_requests_total{{{labels}}}"), n);
        }
        let name = "samehand_request_seconds";
        head(
            &mut out,
            name,
            "histogram",
            "Time from a request's head to its answer.",
        );
        for (route, times) in &counters.times {
            times.write(&mut out, name, &format!("route=\"{route}\""));
        }
        head(
            &mut out,
            "samehand_jobs_total",
            "counter",
            "Applicants who left the queue.",
        );
        for (outcome, n) in &counters.jobs {
            line(
                &mut out,
                &format!("samehand_jobs_total{{outcome=\"{outcome}\"}}"),
                n,
            );
        }
        let name = "samehand_job_seconds";
        head(
            &mut out,
            name,
            "histogram",
            "Time to read, compare and keep an applicant.",
        );
        counters.job_time.write(&mut out, name, "");
        for (name, help, n) in [
            (
                "samehand_jobs_waiting",
                "Applicants who wait to be read.",
                gauges.waiting as u64,
            ),
            (
                "samehand_jobs_reading",
                "Applicants who are being read.",
                gauges.reading as u64,
            ),
            (
                "samehand_applicants",
                "Applicants in the index.",
                gauges.applicants,
            ),
        ] {
            head(&mut out, name, "gauge", help);
            line(&mut out, name, n);
        }
        out
    }
}

fn head(out: &mut String, name: &str, kind: &str, help: &str) {
    writeln!(out, "# HELP {name} {help}\n# TYPE {name} {kind}").expect("a string takes everything");
}

fn line(out: &mut String, name: &str, value: impl std::fmt::Display) {
    writeln!(out, "{name} {value}").expect("a string takes everything");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_hold_what_is_below_them() {
        let metrics = Metrics::default();
        let route = "/v1/applicants/{id}";
        for millis in [1, 30, 70_000] {
            let time = Duration::from_millis(millis);
            metrics.request(route, &Method::GET, StatusCode::OK, time);
        }
        metrics.request(
            route,
            &Method::PATCH,
            StatusCode::METHOD_NOT_ALLOWED,
            Duration::ZERO,
        );
        let text = metrics.text(&Gauges {
            waiting: 2,
            reading: 1,
            applicants: 7,
        });
        let requests = "samehand_requests_total{route=\"/v1/applicants/{id}\",method=";
        for wanted in [
            format!("{requests}\"GET\",status=\"200\"}} 3\n"),
            format!("{requests}\"OTHER\",status=\"405\"}} 1\n"),
            "samehand_request_seconds_bucket{route=\"/v1/applicants/{id}\",le=\"0.005\"} 2\n"
                .into(),
            "samehand_request_seconds_bucket{route=\"/v1/applicants/{id}\",le=\"60\"} 3\n".into(),
            "samehand_request_seconds_bucket{route=\"/v1/applicants/{id}\",le=\"+Inf\"} 4\n".into(),
            "samehand_job_seconds_count 0\n".into(),
            "samehand_jobs_waiting 2\n".into(),
            "samehand_applicants 7\n".into(),
        ] {
            assert!(text.contains(&wanted), "{wanted}\n{text}");
        }
    }
}
