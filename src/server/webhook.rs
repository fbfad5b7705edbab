//! Results are sent on: each finished applicant's, as JSON, signed, tried a few times, never holding up the server.
//!
//! Whoever listens checks the signature over the time and the body (docs/serve.md shows how), and refuses an old time. A result
//! may arrive twice, and not in the order of the requests. What could not be delivered is told; the result stands in the
//! index all the same. No redirect is followed and no proxy used: results go where they were told to go and nowhere else.

use crate::model::ApplicantId;
use crate::server::Witness;
use crate::server::answer::Answer;
use crate::server::jobs::Finished;
use crate::server::seal::{SHORTEST, signature};
use anyhow::Context;
use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use ureq::Agent;

/// Results that wait to be delivered; beyond that the newest is not sent.
const MOST: usize = 1000;

/// Bytes of those.
const BYTES: usize = 256 << 20;

/// How long to wait after each attempt that failed; then it is given up.
const PAUSES: [Duration; 4] = [
    Duration::from_secs(1),
    Duration::from_secs(5),
    Duration::from_secs(25),
    Duration::from_secs(125),
];

/// How long an attempt may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// Where results are sent, and the secret that signs them.
pub struct Hook {
    url: String,
    secret: Vec<u8>,
}

/// Why a webhook cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum HookError {
    /// It is no address.
    #[error("the webhook is no address of http or https")]
    NotAnAddress,
    /// It would send people's data in the clear.
    #[error("the webhook is on another machine and not https: results would travel in the clear")]
    InTheClear,
    /// The secret can be guessed.
    #[error("the webhook's secret is shorter than {SHORTEST} bytes")]
    ShortSecret,
}

impl std::fmt::Debug for Hook {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Hook")
            .field("url", &self.url)
            .finish_non_exhaustive()
    }
}

impl Hook {
    /// A webhook; white space around the secret does not belong to it.
    ///
    /// # Errors
    /// When one of the two cannot be used.
    pub fn new(url: &str, secret: &str) -> Result<Self, HookError> {
        let parsed = url::Url::parse(url).map_err(|_| HookError::NotAnAddress)?;
        let is_here = match parsed.host() {
            Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
            Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
            Some(url::Host::Domain(name)) => name == "localhost",
            None => return Err(HookError::NotAnAddress),
        };
        match parsed.scheme() {
            "https" => {}
            "http" if is_here => {}
            "http" => return Err(HookError::InTheClear),
            _ => return Err(HookError::NotAnAddress),
        }
        let secret = secret.trim().as_bytes().to_vec();
        match secret.len() < SHORTEST {
            true => Err(HookError::ShortSecret),
            false => Ok(Self {
                url: url.into(),
                secret,
            }),
        }
    }

    /// Starts the thread that sends.
    ///
    /// # Errors
    /// When it cannot be started.
    pub(in crate::server) fn start(self, witness: Arc<dyn Witness>) -> anyhow::Result<Sender> {
        let queue = Arc::new((Mutex::new(Queue::default()), Condvar::new()));
        let sender = Sender {
            queue: Arc::clone(&queue),
            witness: Arc::clone(&witness),
        };
        let deliverer = Deliverer {
            agent: agent(),
            hook: self,
            sender: Sender { queue, witness },
        };
        std::thread::Builder::new()
            .name("webhook".into())
            .spawn(move || deliverer.run())
            .context("failed to start a thread")?;
        Ok(sender)
    }
}

fn agent() -> Agent {
    let config = Agent::config_builder()
        .timeout_global(Some(PATIENCE))
        .max_redirects(0)
        .proxy(None)
        .user_agent(concat!("samehand/", env!("CARGO_PKG_VERSION")))
        .build();
    config.new_agent()
}

/// A result on its way.
struct Delivery {
    id: ApplicantId,
    body: Vec<u8>,
    attempts: usize,
    due: Instant,
}

#[derive(Default)]
struct Queue {
    waiting: VecDeque<Delivery>,
    bytes: usize,
    delivered: u64,
    given_up: u64,
    not_taken: u64,
    busy: bool,
}

/// Takes results that are to be sent.
pub(in crate::server) struct Sender {
    queue: Arc<(Mutex<Queue>, Condvar)>,
    witness: Arc<dyn Witness>,
}

impl Sender {
    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes a result; does not wait.
    pub fn send(&self, id: &ApplicantId, done: &Finished) {
        let body = serde_json::to_vec(&Answer::new(id, done)).expect("a result is plain data");
        let mut queue = self.queue();
        if queue.waiting.len() >= MOST || queue.bytes + body.len() > BYTES {
            queue.not_taken += 1;
            drop(queue);
            let line = format!("the webhook is too slow: the result of {id} is not sent to it");
            return self.witness.tell(&line);
        }
        queue.bytes += body.len();
        queue.waiting.push_back(Delivery {
            id: id.clone(),
            body,
            attempts: 0,
            due: Instant::now(),
        });
        self.queue.1.notify_one();
    }

    /// What was delivered and what was given up, for `/metrics`.
    pub fn metrics(&self) -> String {
        let queue = self.queue();
        let outcomes = [
            ("delivered", queue.delivered),
            ("given up", queue.given_up),
            ("not taken", queue.not_taken),
        ];
        let line = |(outcome, n)| format!("samehand_webhook_total{{outcome=\"{outcome}\"}} {n}\n");
        let lines: String = outcomes.map(line).concat();
        format!(
            "# HELP samehand_webhook_total Results for the webhook.\n# TYPE samehand_webhook_total counter\n{lines}\
             # HELP samehand_webhook_waiting Results that wait to be sent.\n# TYPE samehand_webhook_waiting gauge\n\
             samehand_webhook_waiting {}\n",
            queue.waiting.len()
        )
    }

    /// Waits until everything is delivered, not longer than to a moment; tells what was not.
    pub fn finish(&self, end: Instant) {
        let is_done = |queue: &Queue| queue.waiting.is_empty() && !queue.busy;
        while !is_done(&self.queue()) && Instant::now() < end {
            std::thread::sleep(Duration::from_millis(10));
        }
        for delivery in &self.queue().waiting {
            let line = format!("stopped before the result of {} was sent on", delivery.id);
            self.witness.tell(&line);
        }
    }
}

struct Deliverer {
    agent: Agent,
    hook: Hook,
    sender: Sender,
}

impl Deliverer {
    fn run(&self) {
        loop {
            let mut delivery = self.next();
            let size = delivery.body.len();
            let tried = self.attempt(&delivery.body);
            let mut queue = self.sender.queue();
            queue.busy = false;
            let pause = PAUSES.get(delivery.attempts);
            match (tried, pause) {
                (Ok(()), _) => {
                    queue.delivered += 1;
                    queue.bytes -= size;
                }
                (Err(_), Some(pause)) => {
                    delivery.attempts += 1;
                    delivery.due = Instant::now() + *pause;
                    queue.waiting.push_back(delivery);
                }
                (Err(why), None) => {
                    queue.given_up += 1;
                    queue.bytes -= size;
                    drop(queue);
                    let id = &delivery.id;
                    let line = format!("the webhook did not take the result of {id}: {why}");
                    self.sender.witness.tell(&line);
                }
            }
        }
    }

    /// The delivery that is due first, when it is.
    fn next(&self) -> Delivery {
        let mut queue = self.sender.queue();
        loop {
            let waiting = queue.waiting.iter().enumerate();
            let first = waiting
                .min_by_key(|(_, d)| d.due)
                .map(|(at, d)| (at, d.due));
            let wait = match first {
                Some((at, due)) if due <= Instant::now() => {
                    queue.busy = true;
                    return queue.waiting.remove(at).expect("it was just found");
                }
                Some((_, due)) => due - Instant::now().min(due),
                None => Duration::from_secs(3600),
            };
            let woken = self.sender.queue.1.wait_timeout(queue, wait);
            queue = woken.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    fn attempt(&self, body: &[u8]) -> Result<(), String> {
        let time = jiff::Timestamp::now().as_second().to_string();
        let seal = signature(&self.hook.secret, &time, body);
        let request = self
            .agent
            .post(&self.hook.url)
            .header("Content-Type", "application/json")
            .header("X-Samehand-Timestamp", &time)
            .header("X-Samehand-Signature", format!("sha256={seal}"));
        match request.send(body) {
            Ok(answer) if answer.status().is_success() => Ok(()),
            Ok(answer) => Err(format!("it answered {}", answer.status())),
            Err(e) => Err(e.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_travel_sealed_or_stay_on_this_machine() {
        let secret = "0123456789abcdef";
        for (url, fine) in [
            ("https://hooks.example/x", true),
            ("http://127.0.0.1:8000/x", true),
            ("http://localhost/x", true),
            ("http://[::1]/x", true),
            ("http://hooks.example/x", false),
            ("http://127.0.0.1.example/x", false),
            ("file:///etc/passwd", false),
            ("hooks.example", false),
        ] {
            assert_eq!(Hook::new(url, secret).is_ok(), fine, "{url}");
        }
        assert!(Hook::new("https://hooks.example", "short").is_err());
    }
}
