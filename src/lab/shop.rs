//! The shop that writes to the clusters: whether it takes orders, and since when.

use serde::Serialize;

use super::moment::Moment;

/// One turn of the sign on the door.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Change {
    /// RFC 3339 with milliseconds.
    at: String,
    paused: bool,
}

/// The sample application.
#[derive(Debug)]
pub(crate) struct Shop {
    paused: bool,
    changes: Vec<Change>,
}

impl Shop {
    pub(crate) fn new(paused: bool) -> Self {
        Self {
            paused,
            changes: Vec::new(),
        }
    }

    pub(crate) fn paused(&self) -> bool {
        self.paused
    }

    /// Every change since the start. Pausing a paused shop is none.
    pub(crate) fn changes(&self) -> &[Change] {
        &self.changes
    }

    pub(crate) fn set_paused(&mut self, paused: bool, at: Moment) {
        if self.paused != paused {
            self.paused = paused;
            self.changes.push(Change {
                at: at.rfc3339_ms(),
                paused,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Moment, Shop};

    #[test]
    fn pausing_twice_is_one_change() {
        let mut shop = Shop::new(false);
        shop.set_paused(true, Moment::from_ms(1_000));
        shop.set_paused(true, Moment::from_ms(2_000));
        shop.set_paused(false, Moment::from_ms(3_000));
        let paused: Vec<bool> = shop.changes().iter().map(|change| change.paused).collect();
        assert_eq!(paused, [true, false]);
        assert_eq!(shop.changes()[0].at, "1970-01-01T00:00:01.000Z");
    }
}
