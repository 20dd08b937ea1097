//! GetCallerIdentity, of STS: the lab has one caller.

use super::super::identity::ACCOUNT;
use super::super::wire::Element;

pub(super) fn get_caller_identity() -> Element {
    Element::new("GetCallerIdentityResult")
        .text(
            "Arn",
            format!("arn:aws:sts::{ACCOUNT}:assumed-role/drill/operator"),
        )
        .text("UserId", "AROADRILLDRILLDRILLD:operator")
        .text("Account", ACCOUNT)
}
