//! Identifiers and names as AWS forms them: resource ids, ARNs, endpoints.

use uuid::Uuid;

/// The account of every lab.
pub(crate) const ACCOUNT: &str = "123456789012";
const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// `cluster-ABCDEFGHIJKLMNOPQRSTUVWXYZ`: unlike any other since the world began.
pub(crate) fn resource_id(prefix: &str) -> String {
    let mut bits = Uuid::new_v4().as_u128();
    let mut id = format!("{prefix}-");
    for _ in 0..26 {
        let letter = usize::try_from(bits & 31).unwrap_or(0);
        id.push(char::from(ALPHABET[letter]));
        bits >>= 5;
    }
    id
}

/// `arn:aws:rds:us-east-1:123456789012:cluster:orders--drill`. `kind`: `cluster`, `db`, `cluster-pg`.
pub(crate) fn arn(region: &str, kind: &str, name: &str) -> String {
    format!("arn:aws:rds:{region}:{ACCOUNT}:{kind}:{name}")
}

/// A host name of the right form that no resolver knows.
pub(crate) fn host(name: &str, part: &str, region: &str) -> String {
    format!("{name}.{part}.{region}.rds.invalid")
}

/// The secret that RDS manages for a cluster: `arn:aws:secretsmanager:…:secret:rds!cluster-…`.
pub(crate) fn secret_arn(region: &str, resource_id: &str) -> String {
    format!("arn:aws:secretsmanager:{region}:{ACCOUNT}:secret:rds!{resource_id}")
}
