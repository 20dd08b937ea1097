//! Rules of live clusters.
