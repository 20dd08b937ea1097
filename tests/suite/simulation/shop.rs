//! The application of a simulated run: the lab's shop, and a worker beside it. Its steps and checks fail now and then,
//! but nothing here ever says "well" that is not.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use backtrackctl::domain::event::Done;
use backtrackctl::domain::runbook::{Check, Command};
use backtrackctl::domain::search::{Said, Verdict};
use backtrackctl::lab::InsideLab;
use backtrackctl::ports::{Application, Moment};

use super::chance::Chance;
use super::doom::Doom;
use super::journal::Trail;
use super::oracle;

/// How unreliable it is.
#[derive(Clone, Copy, Debug, Default)]
pub struct Trouble {
    /// So many steps of a hundred fail, half of them having done their work.
    pub steps: u32,
    /// So many checks of a hundred fail.
    pub checks: u32,
    /// It cannot be opened at all.
    pub stuck: bool,
    /// Its data never look right.
    pub gloomy: bool,
}

/// What is open and closed, beyond any process.
#[derive(Debug, Default)]
pub struct Worker {
    pub paused: Cell<bool>,
}

/// The application as one process meets it.
pub struct Shop {
    pub lab: Rc<InsideLab>,
    pub worker: Rc<Worker>,
    pub trouble: Trouble,
    pub chance: RefCell<Chance>,
    pub doom: Arc<Doom>,
    pub trail: Trail,
}

impl Shop {
    fn is_paused(&self, item: &str) -> bool {
        if item == "worker" {
            self.worker.paused.get()
        } else {
            self.lab.world()["shop"]["paused"].as_bool().unwrap()
        }
    }

    fn set(&self, item: &str, paused: bool) {
        if !paused && self.is_paused(item) {
            oracle::assert_may_open(&self.trail.borrow(), &self.lab);
        }
        if item == "worker" {
            self.worker.paused.set(paused);
        } else {
            self.lab.pause_shop(paused);
        }
    }

    async fn takes(&self) {
        let ms = {
            let mut chance = self.chance.borrow_mut();
            let most = chance.weighed(&[(6, 0), (6, 3_000), (1, 40_000)]);
            chance.within(0..=most)
        };
        tokio::time::sleep(Duration::from_millis(ms)).await;
    }
}

fn words(command: &Command) -> (&str, &str) {
    (&command.argv[0], &command.argv[1])
}

fn well(how: &str) -> Done {
    Done::Well { how: how.to_owned() }
}

fn badly(how: &str) -> Done {
    Done::Badly { how: how.to_owned() }
}

#[async_trait(?Send)]
impl Application for Shop {
    async fn alone(&self) -> Result<(), String> {
        // A step goes with the process that runs it.
        Ok(())
    }

    async fn run(&self, command: &Command, _moment: &Moment) -> Done {
        self.doom.act("a step of the runbook");
        let (item, step) = words(command);
        let fate = self.doom.step();
        if fate == Some(false) {
            self.doom.die().await;
        }
        self.takes().await;
        let (fails, half) = {
            let mut chance = self.chance.borrow_mut();
            (chance.percent(self.trouble.steps), chance.percent(50))
        };
        let stuck = self.trouble.stuck && step == "resume";
        if !stuck && (!fails || half) {
            self.set(item, step == "pause");
        }
        if fate == Some(true) {
            self.doom.die().await;
        }
        if fails || stuck {
            badly("exit code 1")
        } else {
            well("exit code 0")
        }
    }

    async fn ask(&self, command: &Command, _moment: &Moment) -> Said {
        self.doom.act("the probe of a search");
        let (fails, skips) = {
            let mut chance = self.chance.borrow_mut();
            (
                chance.percent(self.trouble.checks / 4),
                chance.percent(self.trouble.checks / 2),
            )
        };
        let _ = command;
        let verdict = match (fails, skips) {
            (true, _) => Verdict::Stop,
            (false, true) => Verdict::Skip,
            (false, false) if self.lab.shop_is_content() => Verdict::Good,
            (false, false) => Verdict::Bad,
        };
        Said {
            verdict,
            how: format!("the probe of the simulation: {}", verdict.as_str()),
        }
    }

    async fn check(&self, check: &Check, _moment: &Moment) -> Done {
        let Some(command) = check.command() else {
            return Done::Nobody;
        };
        let (item, asked) = words(command);
        let fails = self.chance.borrow_mut().percent(self.trouble.checks);
        let so = match asked {
            "is-paused" => self.is_paused(item),
            "is-open" => !self.is_paused(item),
            _ => self.lab.shop_is_content() && !self.trouble.gloomy,
        };
        if so && !fails {
            well("as expected")
        } else {
            badly("not as expected")
        }
    }
}
