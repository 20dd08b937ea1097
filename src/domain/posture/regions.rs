//! Regions without Backtrack, as data: such lists age.

/// Of when the list is: AWS's user guide of that month, with the Regions that the page of its Config rule added later.
pub const LISTED_ON: &str = "June 2023";

/// Regions that AWS names as without Backtrack.
const WITHOUT: [&str; 18] = [
    "af-south-1",
    "ap-east-1",
    "ap-south-2",
    "ap-southeast-3",
    "ap-southeast-4",
    "ap-southeast-6",
    "ca-west-1",
    "cn-north-1",
    "cn-northwest-1",
    "eu-central-2",
    "eu-north-1",
    "eu-south-1",
    "eu-south-2",
    "il-central-1",
    "me-central-1",
    "me-south-1",
    "sa-east-1",
    "us-gov",
];

/// True for a Region that is listed as without Backtrack. A Region that nobody listed is taken to have it.
pub fn without_backtrack(region: &str) -> bool {
    WITHOUT
        .iter()
        .any(|listed| region == *listed || (*listed == "us-gov" && region.starts_with("us-gov-")))
}
