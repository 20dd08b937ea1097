//! What nobody would write, and what somebody might: it ends, and is never a pass.
