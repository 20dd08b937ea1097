//! One process of the program: `run`, `recover` or `forward`, put together as the composition root does it, from the same
//! parts, but for time, person and application. It ends, is killed, or finds its disk full.

use std::cell::{Cell, RefCell};
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use backtrackctl::aws::{BacktrackOnce, Connection, Copies, Heard, Reads, Settings, connect_by};
use backtrackctl::clock::Observations;
use backtrackctl::domain::event::{self, Attached, Event};
use backtrackctl::domain::identity::{Identity, Person as Who};
use backtrackctl::domain::inspection::Surroundings;
use backtrackctl::domain::mode::Mode;
use backtrackctl::domain::notice::Notice;
use backtrackctl::domain::plan::{Access, Plan};
use backtrackctl::domain::run::Run;
use backtrackctl::domain::run_id::RunId;
use backtrackctl::domain::time_text::{DisplayZone, TimeText};
use backtrackctl::engine::{Engine, EngineError, Finish, Hands, Later, World};
use backtrackctl::journal::{Holder, ResumeError, Shelf, Writer};
use backtrackctl::ports::{ClusterReads as _, Operator, View};
use backtrackctl::ui::UnattendedOperator;
use tokio::time::Instant;

use super::chance::Chance;
use super::doom::{Death, Doom};
use super::journal::{Logbook, cut, events, payload};
use super::network::{Carrier, Wire};
use super::person::{Person, Signals, Temper};
use super::shop::{Shop, Trouble};
use super::story::{CLUSTER, Story};
use super::time::ProcessClock;
use crate::harness::eventually;

/// No process lasts so long.
const LONGEST: Duration = Duration::from_hours(72);

/// Which command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Errand {
    Run {
        to: String,
        hold: bool,
    },
    Rehearse {
        to: String,
    },
    Recover {
        resend: bool,
    },
    /// `None`: to the origin.
    Forward {
        to: Option<String>,
    },
}

/// Who answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Voice {
    Person(Temper),
    /// `--yes`, or not even that.
    Nobody {
        confirmed: bool,
    },
}

/// Everything about one process that chance decides.
#[derive(Clone, Debug)]
pub struct Process {
    pub errand: Errand,
    pub voice: Voice,
    pub reason: Option<String>,
    pub death: Option<Death>,
    pub wire: Wire,
    pub trouble: Trouble,
    pub signals: Vec<(Duration, &'static str)>,
    pub lid: Option<(u32, Duration)>,
    pub jump: Option<(Duration, Duration)>,
    pub chance: Chance,
}

/// How it ended.
#[derive(Debug)]
pub enum Ended {
    Itself(Box<Finish>),
    Died,
    DiskFull,
}

struct Deaf;

impl View for Deaf {
    fn show(&self, _notice: &Notice) {}
}

/// Clock, connection and reads of one process.
struct Desk {
    clock: ProcessClock,
    connection: Connection,
    reads: Reads,
}

impl Process {
    /// Lives, to whichever end.
    pub async fn live(self, story: &Story) -> Ended {
        let doom = Arc::new(Doom::new(self.death));
        let torn = Rc::default();
        let ended = tokio::select! {
            biased;
            () = doom.struck() => Ended::Died,
            ended = tokio::time::timeout(LONGEST, self.work(story, &doom, &torn)) => {
                ended.expect("a process ends within three days")
            }
            () = jump(self.jump, story) => unreachable!("time jumps once"),
        };
        cut(&torn);
        ended
    }

    async fn work(
        &self,
        story: &Story,
        doom: &Arc<Doom>,
        torn: &Rc<RefCell<Option<(PathBuf, u64)>>>,
    ) -> Ended {
        let mut chance = self.chance.clone();
        let desk = self.sit(story, doom, &mut chance).await;
        let look = desk.reads.look(CLUSTER).await.ok();
        let operator = self.operator(&mut chance);
        let attended = operator.attended();
        let identity = look.map(|look| look.identity);
        let (run, writer, first) = match &self.errand {
            Errand::Run { to, .. } | Errand::Rehearse { to } => {
                let (run, writer) = self.open(story, &desk, identity, to);
                (run, writer, Vec::new())
            }
            Errand::Recover { .. } | Errand::Forward { .. } => {
                let (run, writer) = take(story, &desk);
                (run, writer, self.first(attended))
            }
        };
        let plan = run.plan().clone();
        let shop = Shop {
            lab: Rc::clone(&story.lab),
            worker: Rc::clone(&story.worker),
            trouble: self.trouble,
            chance: RefCell::new(chance.fork()),
            doom: Arc::clone(doom),
            trail: Rc::clone(&story.trail),
        };
        let now = {
            let (machine, heard) = (desk.clock.machine.clone(), Arc::clone(&desk.clock.heard));
            Arc::new(move || machine.service(&heard))
        };
        let backtracker = BacktrackOnce::new(desk.connection.clone(), BacktrackOnce::TIMEOUT, now);
        let copies = Copies::new(desk.connection.clone(), Copies::TIMEOUT);
        let signals = Signals {
            left: RefCell::new(
                self.signals
                    .iter()
                    .map(|(after, name)| (Instant::now() + *after, *name))
                    .collect(),
            ),
        };
        let world = World {
            reads: &desk.reads,
            hands: if plan.mode == Mode::Rehearsal {
                Hands::Tied
            } else {
                Hands::Free {
                    backtracker: &backtracker,
                    application: &shop,
                    copies: &copies,
                    sessions: None,
                }
            },
            database: None,
            operator: operator.as_ref(),
            clock: &desk.clock,
            view: &Deaf,
            interrupts: &signals,
            surroundings: Surroundings {
                attended,
                journal: "journal".to_owned(),
                ..Surroundings::default()
            },
            later: Later::Continue(String::new()),
            zone: DisplayZone::Named(chrono_tz::UTC),
            estimate_s: None,
        };
        let logbook = Logbook {
            writer,
            doom: Arc::clone(doom),
            tally: Arc::clone(&story.tally),
            trail: Rc::clone(&story.trail),
            lid: self.lid,
            machine: story.machine.clone(),
            lab: Rc::clone(&story.lab),
            torn: Rc::clone(torn),
        };
        ended(conduct(run, logbook, world, &first).await, doom)
    }

    async fn sit(&self, story: &Story, doom: &Arc<Doom>, chance: &mut Chance) -> Desk {
        let clock = ProcessClock {
            machine: story.machine.clone(),
            heard: Arc::new(Observations::default()),
        };
        let hearing = clock.clone();
        let listener = Arc::new(move |reply: Heard| {
            let (local, elapsed) = (hearing.machine.service(&hearing.heard), hearing.machine.elapsed());
            hearing.heard.record_at(reply.date, reply.lab_now, local, elapsed);
        });
        let settings = Settings {
            lab: Some(story.lab.endpoint()),
            version: "0".to_owned(),
            ..Settings::default()
        };
        let carrier = Carrier::client(
            self.wire,
            chance.fork(),
            Arc::clone(doom),
            Arc::clone(&story.tally),
        );
        let connection = connect_by(&settings, listener, carrier).await.unwrap();
        Desk {
            clock,
            reads: Reads::new(connection.clone()),
            connection,
        }
    }

    fn operator(&self, chance: &mut Chance) -> Box<dyn Operator> {
        match &self.voice {
            Voice::Person(temper) => Box::new(Person {
                temper: *temper,
                chance: RefCell::new(chance.fork()),
                asked: Cell::new(0),
            }),
            Voice::Nobody { confirmed } => Box::new(UnattendedOperator {
                confirmed: *confirmed,
                accept: true,
                reason: match self.errand {
                    Errand::Recover { .. } => self.reason.clone(),
                    Errand::Run { .. } | Errand::Rehearse { .. } | Errand::Forward { .. } => None,
                },
                resend: self.errand == Errand::Recover { resend: true },
            }),
        }
    }

    fn open(&self, story: &Story, desk: &Desk, identity: Option<Identity>, to: &str) -> (Run, Writer) {
        use backtrackctl::ports::Clock as _;
        let now = desk.clock.service();
        let mode = match self.errand {
            Errand::Rehearse { .. } => Mode::Rehearsal,
            Errand::Run { .. } | Errand::Recover { .. } | Errand::Forward { .. } => Mode::Drill,
        };
        let id = RunId::new(now, u32::try_from(story.seed & 0xff_ffff).unwrap());
        let plan = Plan {
            run: id.clone(),
            program: "0".to_owned(),
            mode,
            cluster: CLUSTER.to_owned(),
            typed_at: now,
            goal: TimeText::parse(to, None).unwrap(),
            runbook: story.runbook.clone(),
            runbook_path: None,
            runbook_digest: String::new(),
            hold: matches!(self.errand, Errand::Run { hold: true, .. }),
            force: false,
            without_copy: false,
            located: None,
            search: None,
            reason: self.reason.clone(),
            access: Access {
                lab: Some(story.lab.endpoint()),
                region: Some(desk.connection.region()),
                ..Access::default()
            },
            identity,
            by: who(),
        };
        let shelf = if mode == Mode::Rehearsal {
            Shelf::Rehearsals
        } else {
            Shelf::Runs
        };
        let opened = Event::Opened(Box::new(plan.clone()));
        let holder = Holder::here(id.clone(), "operator", now);
        let writer = story.store.begin(shelf, &holder, now, &payload(&opened)).unwrap();
        *story.opened.borrow_mut() = Some((shelf, id));
        story.trail.borrow_mut().push((now, opened));
        (Run::open(plan, now), writer)
    }

    /// What such a process records before anything else.
    fn first(&self, attended: bool) -> Vec<Event> {
        let errand = match &self.errand {
            Errand::Recover { resend: true } => event::Errand::Resend,
            Errand::Forward { .. } => event::Errand::Forward,
            Errand::Recover { .. } | Errand::Run { .. } | Errand::Rehearse { .. } => event::Errand::Recover,
        };
        let mut first = vec![Event::Attached(Attached {
            errand,
            program: "0".to_owned(),
            by: who(),
            attended,
            reason: self.reason.clone(),
            from: None,
        })];
        if let Errand::Forward { to } = &self.errand {
            first.push(Event::HopOrdered {
                goal: to.as_ref().map(|to| TimeText::parse(to, None).unwrap()),
                reason: self.reason.clone(),
                without_copy: false,
            });
        }
        first
    }
}

async fn jump(jump: Option<(Duration, Duration)>, story: &Story) {
    if let Some((after, by)) = jump {
        tokio::time::sleep(after).await;
        story.lab.advance(by);
    }
    std::future::pending::<()>().await;
}

async fn conduct(
    run: Run,
    logbook: Logbook,
    world: World<'_>,
    first: &[Event],
) -> Result<Finish, EngineError> {
    let mut engine = Engine::new(run, Box::new(logbook), world);
    if !first.is_empty() {
        engine.record_first(first)?;
    }
    engine.drive().await
}

fn ended(ended: Result<Finish, EngineError>, doom: &Doom) -> Ended {
    match ended {
        Ok(finish) => Ended::Itself(Box::new(finish)),
        Err(EngineError::Journal { .. }) if doom.died() => Ended::Died,
        Err(EngineError::Journal { source, .. }) => {
            assert!(
                source.to_string().contains("no space"),
                "the journal failed by itself: {source}"
            );
            Ended::DiskFull
        }
        Err(error @ (EngineError::Beside { .. } | EngineError::Illegal(_) | EngineError::HandsTied(_))) => {
            panic!("a bug, exit 1: {error}")
        }
    }
}

/// Locks the run's journal and folds it.
fn take(story: &Story, desk: &Desk) -> (Run, Writer) {
    use backtrackctl::ports::Clock as _;
    let (_, id) = story.opened.borrow().clone().unwrap();
    let holder = Holder::here(id, "operator", desk.clock.local());
    // A process that another test starts at this moment has every file of this one open until it is another program.
    let (ledger, writer) = eventually("the lock that was let go", || match story.store.resume(&holder) {
        Err(ResumeError::Locked { .. }) => None,
        taken => Some(taken.unwrap()),
    });
    let events = events(&ledger);
    assert_eq!(
        events,
        *story.trail.borrow(),
        "what is on disk is what was durable"
    );
    let run = Run::replay(events.iter().map(|(at, event)| (*at, event))).unwrap();
    (run, writer)
}

fn who() -> Who {
    Who {
        os_user: "operator".to_owned(),
        host: "machine".to_owned(),
        terminal: None,
        pid: 1,
    }
}
