//! Who sits here, and whether there is anybody.

use std::io::IsTerminal;

use crate::domain::identity::Person;

/// What the machine knows of the person; `attended`: somebody can be asked, at the terminal.
pub fn person(attended: bool) -> Person {
    let name = |key: &str| std::env::var(key).ok().filter(|value| !value.is_empty());
    let uname = rustix::system::uname();
    Person {
        os_user: name("SUDO_USER")
            .map(|sudo| format!("{sudo} (as {})", name("USER").unwrap_or_default()))
            .or_else(|| name("USER"))
            .or_else(|| name("LOGNAME"))
            .unwrap_or_else(|| format!("uid {}", rustix::process::getuid().as_raw())),
        host: uname.nodename().to_string_lossy().into_owned(),
        terminal: attended.then(terminal),
        pid: std::process::id(),
    }
}

/// True when questions can be put: both what is typed and what is read go through a terminal.
pub fn attended() -> bool {
    std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
}

fn terminal() -> String {
    rustix::termios::ttyname(std::io::stdin(), Vec::new())
        .ok()
        .and_then(|name| name.into_string().ok())
        .unwrap_or_else(|| "a terminal".to_owned())
}

/// Offset of this machine's zone from UTC at `at`, in seconds.
pub fn utc_offset_s(at: chrono::DateTime<chrono::Utc>) -> i32 {
    at.with_timezone(&chrono::Local).offset().local_minus_utc()
}

/// The machine's own zone: by name where `TZ` says one, else its offset now. For display only.
pub fn zone() -> crate::domain::time_text::DisplayZone {
    use crate::domain::time_text::DisplayZone;
    let named = std::env::var("TZ")
        .ok()
        .and_then(|name| name.trim_start_matches(':').parse().ok());
    named.map_or_else(
        || DisplayZone::Offset(*crate::clock::machine_now().with_timezone(&chrono::Local).offset()),
        DisplayZone::Named,
    )
}
