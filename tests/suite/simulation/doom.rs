//! When and how a process dies: at an append, at a request, at a step of the runbook, or at some time.

use std::sync::Mutex;
use std::time::Duration;

use tokio::sync::Notify;

use super::chance::Chance;

/// What an append leaves behind when the process dies in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    Nothing,
    /// So many bytes in a thousand of the record.
    Torn(u32),
    /// The whole record, durable.
    All,
}

/// How a process ends before its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Death {
    AtAppend {
        nth: u32,
        left: Left,
    },
    /// It lives, and its disk takes no more.
    DiskFull {
        nth: u32,
    },
    AtRequest {
        nth: u32,
        sent: bool,
    },
    AtStep {
        nth: u32,
        done: bool,
    },
    After(Duration),
}

/// What is left to happen in an append.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Append {
    Lives,
    Dies(Left),
    DiskFull,
}

/// One process's fate.
#[derive(Debug, Default)]
pub struct Doom {
    death: Option<Death>,
    so_far: Mutex<SoFar>,
    dead: Notify,
}

#[derive(Debug, Default)]
struct SoFar {
    appends: u32,
    requests: u32,
    steps: u32,
    /// Nothing may be done any more: it is dead, or cannot write.
    silent: Option<&'static str>,
    died: bool,
}

impl Death {
    pub fn draw(chance: &mut Chance) -> Self {
        let left = chance.weighed(&[(3, Left::Nothing), (2, Left::Torn(0)), (4, Left::All)]);
        let left = match left {
            Left::Torn(_) => Left::Torn(u32::try_from(chance.within(0..=999)).unwrap()),
            Left::Nothing | Left::All => left,
        };
        let nth = u32::try_from(chance.within(1..=18)).unwrap();
        let request = u32::try_from(chance.within(1..=45)).unwrap();
        let step = u32::try_from(chance.within(1..=5)).unwrap();
        let late = chance.percent(50);
        let time = Duration::from_millis(chance.within(1..=120_000));
        chance.weighed(&[
            (6, Self::AtAppend { nth, left }),
            (2, Self::DiskFull { nth }),
            (
                4,
                Self::AtRequest {
                    nth: request,
                    sent: late,
                },
            ),
            (
                2,
                Self::AtStep {
                    nth: step,
                    done: late,
                },
            ),
            (1, Self::After(time)),
        ])
    }
}

impl Doom {
    pub fn new(death: Option<Death>) -> Self {
        Self {
            death,
            ..Self::default()
        }
    }

    pub fn append(&self) -> Append {
        self.act("append a record");
        let mut so_far = self.so_far.lock().unwrap();
        so_far.appends += 1;
        match self.death {
            Some(Death::AtAppend { nth, left }) if nth == so_far.appends => {
                so_far.silent = Some("it died in an append");
                so_far.died = true;
                Append::Dies(left)
            }
            Some(Death::DiskFull { nth }) if nth == so_far.appends => {
                so_far.silent = Some("its disk was full");
                Append::DiskFull
            }
            _ => Append::Lives,
        }
    }

    /// Counts a request. True: the process dies now, before (`false`) or after it was sent.
    pub fn request(&self) -> Option<bool> {
        let mut so_far = self.so_far.lock().unwrap();
        so_far.requests += 1;
        match self.death {
            Some(Death::AtRequest { nth, sent }) if nth == so_far.requests => Some(sent),
            _ => None,
        }
    }

    /// The same for a step of the runbook.
    pub fn step(&self) -> Option<bool> {
        let mut so_far = self.so_far.lock().unwrap();
        so_far.steps += 1;
        match self.death {
            Some(Death::AtStep { nth, done }) if nth == so_far.steps => Some(done),
            _ => None,
        }
    }

    /// The process is gone: whoever calls this never returns.
    pub async fn die(&self) -> ! {
        self.strike();
        std::future::pending().await
    }

    fn strike(&self) {
        let mut so_far = self.so_far.lock().unwrap();
        so_far.silent = Some("it was dead");
        so_far.died = true;
        self.dead.notify_one();
    }

    /// Returns when the process has died.
    pub async fn struck(&self) {
        if let Some(Death::After(time)) = self.death {
            tokio::select! {
                biased;
                () = self.dead.notified() => {}
                () = tokio::time::sleep(time) => self.strike(),
            }
        } else {
            self.dead.notified().await;
        }
    }

    pub fn died(&self) -> bool {
        self.so_far.lock().unwrap().died
    }

    /// Write ahead, or stop: after an append that failed nothing more is done.
    pub fn act(&self, what: &str) {
        let silent = self.so_far.lock().unwrap().silent;
        assert!(
            silent.is_none(),
            "expected no more of this process since {}, got: {what}",
            silent.unwrap_or("")
        );
    }
}
