//! What is known so far, and where to look next: a pure function of the verdicts, so that a recovered search goes on where it
//! was.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::place::Places;
use super::verdict::Verdict;
use super::{Nothing, Search};
use crate::domain::target::wire;

/// A search under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hunt {
    places: Places,
    /// The last place known to be good.
    good: usize,
    /// The first place known to be bad.
    bad: usize,
    /// Every place that was asked about, but for the ends.
    asked: BTreeMap<usize, Verdict>,
    /// So many places are asked about at most.
    most: u32,
}

/// Two facts that cannot both be, if bad stays bad.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the probe contradicts itself, or bad does not stay bad: {known} was {was}, and {at} is {is}")]
pub struct Contradiction {
    /// The place known before.
    pub known: String,
    /// What it was.
    pub was: &'static str,
    /// The place asked about now.
    pub at: String,
    /// What it is said to be.
    pub is: &'static str,
}

impl Hunt {
    /// Before the first question.
    pub fn begin(search: &Search) -> Result<Self, Nothing> {
        let places = search.places()?;
        let bad = places.last();
        let most = halvings(bad).saturating_add(search.skips);
        Ok(Self {
            places,
            good: 0,
            bad,
            asked: BTreeMap::new(),
            most,
        })
    }

    /// The place to ask about next; none when nothing more can be learned, or no more may be asked.
    pub fn next(&self) -> Option<usize> {
        if self.left() == 0 {
            return None;
        }
        let middle = self.good + (self.bad - self.good) / 2;
        let open = |place: &usize| *place > self.good && *place < self.bad && !self.asked.contains_key(place);
        // At most as many steps from the middle as places were skipped.
        (0..=self.asked.len() + 1)
            .flat_map(|away| [middle.checked_sub(away), middle.checked_add(away)])
            .flatten()
            .find(open)
    }

    /// What a place was found to be.
    pub fn judge(&mut self, place: usize, verdict: Verdict) -> Result<(), Contradiction> {
        match verdict {
            Verdict::Bad if place <= self.good => {
                return Err(self.contradiction(self.good, "good", place, "bad"));
            }
            Verdict::Good if place >= self.bad => {
                return Err(self.contradiction(self.bad, "bad", place, "good"));
            }
            Verdict::Good => self.good = self.good.max(place),
            Verdict::Bad => self.bad = self.bad.min(place),
            Verdict::Skip | Verdict::Stop => {}
        }
        let inside = place > 0 && place < self.places.last();
        if inside && verdict != Verdict::Stop {
            self.asked.insert(place, verdict);
        }
        Ok(())
    }

    /// How many places are asked about from here on, at most.
    pub fn left(&self) -> u32 {
        let asked = u32::try_from(self.asked.len()).unwrap_or(u32::MAX);
        let between = self.bad - self.good - 1;
        let skipped = self.asked.range(self.good + 1..self.bad).count();
        let open = u32::try_from(between - skipped.min(between)).unwrap_or(u32::MAX);
        self.most.saturating_sub(asked).min(open)
    }

    /// The last moment known to be good.
    pub fn good(&self) -> DateTime<Utc> {
        self.places.at(self.good).unwrap_or_default()
    }

    /// The first moment known to be bad.
    pub fn bad(&self) -> DateTime<Utc> {
        self.places.at(self.bad).unwrap_or_default()
    }

    /// True when they are neighbours: the culprit lies between them and nothing else does.
    pub fn is_decided(&self) -> bool {
        self.bad - self.good == 1
    }

    /// Steps between the two.
    pub fn apart(&self) -> usize {
        self.bad - self.good
    }

    /// The instant of a place.
    pub fn at(&self, place: usize) -> Option<DateTime<Utc>> {
        self.places.at(place)
    }

    /// The place of an instant.
    pub fn place(&self, at: DateTime<Utc>) -> Option<usize> {
        self.places.number(at)
    }

    /// What was asked about, and what it was found to be, in the order of time.
    pub fn asked(&self) -> impl Iterator<Item = (DateTime<Utc>, Verdict)> {
        let at = |place: usize| self.places.at(place).unwrap_or_default();
        self.asked
            .iter()
            .map(move |(place, verdict)| (at(*place), *verdict))
    }

    /// Every number that decides what comes next, for whoever tells searches apart.
    #[cfg(test)]
    pub fn numbers(&self) -> (usize, usize, usize) {
        (self.good, self.bad, self.asked.len())
    }

    fn contradiction(
        &self,
        known: usize,
        was: &'static str,
        place: usize,
        is: &'static str,
    ) -> Contradiction {
        let name = |place: usize| self.places.at(place).map_or_else(|| place.to_string(), wire);
        Contradiction {
            known: name(known),
            was,
            at: name(place),
            is,
        }
    }
}

/// So often can a stretch be halved until nothing is left between its ends.
fn halvings(length: usize) -> u32 {
    length.next_power_of_two().trailing_zeros()
}
