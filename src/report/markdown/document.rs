//! The whole document, section after section.

use super::page::Page;
use super::{
    application, audit, debts, decisions, findings, headline, hops, left_behind, located, overrides,
    refusals, search, summary, timeline, undo, verifications, who,
};
use crate::report::facts::Incident;
use crate::report::trail::Trail;

/// The report as Markdown. Times are RFC 3339 in UTC.
pub fn markdown(trail: &Trail<'_>) -> String {
    let incident = Incident::of(trail);
    let mut page = Page::default();
    headline::write(&mut page, &incident);
    overrides::write(&mut page, &incident.overrides);
    summary::write(&mut page, &incident);
    located::write(&mut page, incident.located.as_ref());
    search::write(&mut page, incident.search.as_ref());
    who::write(&mut page, &incident.processes);
    hops::write(&mut page, &incident.hops);
    decisions::write(&mut page, &incident.decisions);
    findings::write(&mut page, &incident.looks);
    verifications::write(&mut page, &incident.verifications);
    application::write(&mut page, &incident.application);
    left_behind::write(&mut page, &incident.left_behind);
    refusals::write(&mut page, &incident.refusals);
    debts::write(&mut page, &incident.debts);
    undo::write(&mut page, incident.undo.as_ref());
    timeline::write(&mut page, &incident.timeline);
    audit::write(&mut page, &incident.audit);
    page.finish()
}
