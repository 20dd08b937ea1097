//! Whether a program can be started, before it is needed.

use std::ffi::OsStr;
use std::path::Path;

use rustix::fs::{Access, access};

/// Whether the name leads to a program: by itself when it holds a `/`, else by a folder of `path`.
pub(super) fn is_there(name: &str, path: &OsStr) -> bool {
    if name.contains('/') {
        return is_program(Path::new(name));
    }
    !name.is_empty() && std::env::split_paths(path).any(|folder| is_program(&folder.join(name)))
}

fn is_program(path: &Path) -> bool {
    path.is_file() && access(path, Access::EXEC_OK).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_is_found_by_its_path_or_in_a_folder() {
        let folders = OsStr::new("/nonexistent:/bin:/usr/bin");
        assert!(is_there("sh", folders));
        assert!(is_there("/bin/sh", OsStr::new("")));
        assert!(!is_there("sh", OsStr::new("/nonexistent")));
        assert!(!is_there("", folders));
    }

    #[test]
    fn a_folder_and_a_file_that_cannot_be_run_are_no_programs() {
        assert!(!is_there("/bin", OsStr::new("")));
        assert!(!is_there("/etc/passwd", OsStr::new("")));
    }
}
