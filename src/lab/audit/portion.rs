//! A part of a file, as DownloadDBLogFilePortion hands it out.

/// Bytes of a portion, at most.
const MOST_BYTES: usize = 1_048_576;
/// Lines of a portion, unless fewer are asked for.
const MOST_LINES: usize = 10_000;
/// What stands in the place of lines that did not fit.
const CUT: &str = "\n[Your log message was truncated]\n";

/// One portion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Portion {
    pub(crate) text: String,
    pub(crate) marker: String,
    pub(crate) pending: bool,
}

/// The marker is none that the lab gave out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PortionError;

/// The part of `content` that begins at `marker`, `0` being the top; without a marker, its last lines.
///
/// `truncates`: what would be longer than a portion is cut, and the rest of those lines is lost to the reader, who
/// must ask for fewer lines. Otherwise a portion ends earlier, with a whole line.
pub(crate) fn portion(
    content: &str,
    marker: Option<&str>,
    lines: Option<u32>,
    truncates: bool,
) -> Result<Portion, PortionError> {
    let most = lines.map_or(MOST_LINES, |lines| usize::try_from(lines).unwrap_or(MOST_LINES));
    let start = match marker {
        None => tail_start(content, most),
        Some("0") => 0,
        Some(marker) => open(marker).ok_or(PortionError)?,
    };
    let rest = content.get(start..).ok_or(PortionError)?;
    let (mut length, mut taken) = (0, 0);
    let mut cut = false;
    for line in rest.split_inclusive('\n').take(most) {
        if length + line.len() > MOST_BYTES && taken > 0 && !truncates {
            break;
        }
        cut |= length + line.len() > MOST_BYTES;
        length += line.len();
        taken += 1;
    }
    let whole = rest.get(..length).unwrap_or_default();
    let text = if cut {
        let kept = whole.floor_char_boundary(MOST_BYTES);
        format!("{}{CUT}", whole.get(..kept).unwrap_or_default())
    } else {
        whole.to_owned()
    };
    let end = start + length;
    Ok(Portion {
        text,
        marker: seal(end),
        pending: end < content.len(),
    })
}

/// Where the last `most` lines begin.
fn tail_start(content: &str, most: usize) -> usize {
    let lines: Vec<usize> = content.split_inclusive('\n').map(str::len).collect();
    let skipped = lines.len().saturating_sub(most);
    lines.iter().take(skipped).sum()
}

/// A place in a file as a marker, in letters that invite nobody to reckon with them.
fn seal(offset: usize) -> String {
    format!("{}:{offset}", offset % 24)
}

fn open(marker: &str) -> Option<usize> {
    let (check, offset) = marker.split_once(':')?;
    let offset: usize = offset.parse().ok()?;
    (check.parse() == Ok(offset % 24)).then_some(offset)
}
