//! `posture` over fleets of the lab: verdicts, calls, faults, alarms and forms.

mod alarms;
mod calls;
mod failures;
mod fleet;
mod forms;
mod journals;
mod metrics;
mod policies;
mod profiles;
mod status;
mod truth;
