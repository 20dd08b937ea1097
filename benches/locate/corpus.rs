//! Writes an Aurora audit log of any size with its truth beside it, the same for the same seed.
//!
//! `cargo bench --bench corpus -- DIR [--rows N] [--needles N] [--seed N] [--variant plain|crlf|cut|utf8|nul|long] [--pack none|gzip|zstd]`
#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a tool for benchmarks, not part of the product"
)]

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::PathBuf;

const STRIPES: usize = 4;
/// 2024-05-17T00:00:00Z
const START_US: u64 = 1_715_904_000_000_000;
const TABLES: [&str; 8] = [
    "orders",
    "order_items",
    "customers",
    "stock",
    "payments",
    "carts",
    "sessions",
    "audit_trail",
];
const USERS: [&str; 5] = ["app", "shop_api", "batch", "report", "admin"];
const NEEDLES: [&str; 8] = [
    "DELETE FROM orders",
    "UPDATE orders SET total = 0",
    "delete   from `customers`",
    "TRUNCATE TABLE payments",
    "/* clean up */ DELETE FROM stock",
    "UPDATE customers SET note = \\'where is it\\'",
    "ALTER TABLE orders DROP COLUMN total",
    "DELETE FROM orders WHERE 1=1",
];

/// Splitmix64.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }

    fn of<'a>(&mut self, items: &[&'a str]) -> &'a str {
        let at = self.below(items.len() as u64);
        items[usize::try_from(at).unwrap()]
    }
}

struct Options {
    folder: PathBuf,
    rows: u64,
    needles: u64,
    seed: u64,
    variant: String,
    pack: String,
}

/// None where no folder is named: `cargo bench` alone writes nothing.
fn options() -> Option<Options> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().filter(|folder| !folder.starts_with("--"))?;
    let mut options = Options {
        folder: PathBuf::from(folder),
        rows: 5_000_000,
        needles: 1,
        seed: 1,
        variant: "plain".into(),
        pack: "none".into(),
    };
    while let (Some(name), Some(value)) = (arguments.next(), arguments.next()) {
        match name.as_str() {
            "--rows" => options.rows = value.parse().unwrap(),
            "--needles" => options.needles = value.parse().unwrap(),
            "--seed" => options.seed = value.parse().unwrap(),
            "--variant" => options.variant = value,
            _ => options.pack = value,
        }
    }
    Some(options)
}

/// A row and, for a needle, its statement.
struct Row {
    text: String,
    needle: Option<u64>,
}

struct Stripe {
    out: Box<dyn Write>,
    name: String,
    lines: u64,
    waiting: Vec<Row>,
}

fn stripe(options: &Options, at: usize) -> Stripe {
    let mut name = format!("audit.log.{at}.2024-05-17-00-00.0");
    let suffix = match options.pack.as_str() {
        "gzip" => ".gz",
        "zstd" => ".zst",
        _ => "",
    };
    name.push_str(suffix);
    let file = BufWriter::with_capacity(1 << 20, File::create(options.folder.join(&name)).unwrap());
    let out: Box<dyn Write> = match options.pack.as_str() {
        "gzip" => Box::new(flate2::write::GzEncoder::new(file, flate2::Compression::new(3))),
        "zstd" => Box::new(zstd::Encoder::new(file, 1).unwrap().auto_finish()),
        _ => Box::new(file),
    };
    Stripe {
        out,
        name,
        lines: 0,
        waiting: Vec::new(),
    }
}

/// The audited text of one ordinary row, and its operation, object part and return code.
fn ordinary(dice: &mut Dice, number: u64) -> (String, &'static str, u64) {
    let mut text = String::new();
    let table = dice.of(&TABLES);
    let id = dice.below(9_000_000);
    let roll = dice.below(1000);
    let (operation, code) = match roll {
        0..550 => {
            let extra = match dice.below(50) {
                0 => "\\'DELETE FROM orders\\'",
                1 => "\\'it\\\\\\'s; TRUNCATE TABLE orders\\'",
                _ => "\\'paid\\'",
            };
            write!(text, "'SELECT o.id, o.customer_id, o.total, o.status, o.created_at FROM {table} o JOIN customers c ON c.id = o.customer_id WHERE o.customer_id = {id} AND o.status = {extra} ORDER BY o.created_at DESC LIMIT 20'").unwrap();
            ("QUERY", 0)
        }
        550..650 => {
            text.push_str(table);
            ("READ", 0)
        }
        650..730 => {
            text.push_str(table);
            ("WRITE", 0)
        }
        730..810 => {
            write!(text, "'UPDATE {table} SET status = \\'shipped\\', note = \\'left at the door, {number}\\', updated_at = NOW() WHERE id = {id}'").unwrap();
            ("QUERY", 0)
        }
        810..860 => {
            let rows = if dice.below(200) == 0 { 400 } else { 1 };
            write!(
                text,
                "'INSERT INTO {table} (customer_id, total, status, note) VALUES "
            )
            .unwrap();
            for row in 0..rows {
                let separator = if row == 0 { "" } else { "," };
                write!(
                    text,
                    "{separator}({id},{row}.95,\\'new\\',\\'said: DELETE FROM orders; and where\\')"
                )
                .unwrap();
            }
            text.push('\'');
            ("QUERY", 0)
        }
        860..890 => {
            write!(
                text,
                "'DELETE FROM {table} WHERE id = {id} AND status <> \\'paid\\' /* housekeeping {number} */'"
            )
            .unwrap();
            ("QUERY", 0)
        }
        890..892 => {
            write!(text, "'DELETE FROM {table} -- refused'").unwrap();
            ("QUERY", 1142)
        }
        892..910 => {
            text.push_str(if dice.below(2) == 0 { "'BEGIN'" } else { "'COMMIT'" });
            ("QUERY", 0)
        }
        910..955 => ("CONNECT", 0),
        _ => ("DISCONNECT", 0),
    };
    (text, operation, code)
}

fn drain(stripe: &mut Stripe, dice: &mut Dice, down_to: usize, end: &str, truth: &mut Vec<String>) {
    while stripe.waiting.len() > down_to {
        let at = usize::try_from(dice.below(stripe.waiting.len() as u64)).unwrap();
        let row = stripe.waiting.swap_remove(at);
        stripe.lines += 1;
        if let Some(time_us) = row.needle {
            truth.push(format!(
                "{{\"time_us\":{time_us},\"file\":\"{}\",\"line\":{}}}",
                stripe.name, stripe.lines
            ));
        }
        stripe.out.write_all(row.text.as_bytes()).unwrap();
        stripe.out.write_all(end.as_bytes()).unwrap();
    }
}

fn main() {
    let Some(options) = options() else {
        println!("expected a folder to write to: cargo bench --bench corpus -- DIR");
        return;
    };
    fs::create_dir_all(&options.folder).unwrap();
    let mut dice = Dice(options.seed);
    let mut stripes: Vec<Stripe> = (0..STRIPES).map(|at| stripe(&options, at)).collect();
    let mut truth = Vec::new();
    let end = if options.variant == "crlf" { "\r\n" } else { "\n" };
    let every = options.rows.checked_div(options.needles).unwrap_or(0).max(1);
    let mut time_us = START_US;
    for number in 0..options.rows {
        time_us += 1 + dice.below(2 * 86_400_000_000 / options.rows.max(1));
        let connection = 1000 + dice.below(4000);
        let user = dice.of(&USERS);
        let needle = options.needles > 0 && number % every == every / 2 && number / every < options.needles;
        let (text, operation, code) = if needle {
            (format!("'{}'", dice.of(&NEEDLES)), "QUERY", 0)
        } else {
            ordinary(&mut dice, number)
        };
        // A needle's own connection shows no transaction.
        let connection = if needle { 900_000 + number } else { connection };
        let query = if operation.ends_with("CONNECT") {
            0
        } else {
            number + 10
        };
        let mut row = format!(
            "{time_us},shop-prod-1,{user},10.0.{}.{},{connection},{query},{operation},shop,{text},{code}",
            connection % 4,
            connection % 250
        );
        if options.variant == "long" && number == options.rows / 3 {
            row = format!(
                "{time_us},shop-prod-1,{user},10.0.0.1,{connection},{query},QUERY,shop,'INSERT INTO orders VALUES (\\'{}\\')',0",
                "x".repeat(16 << 20)
            );
        }
        if options.variant == "nul" && number % 1000 == 7 {
            row.insert(row.len() / 2, '\0');
        }
        let at = usize::try_from(dice.below(STRIPES as u64)).unwrap();
        stripes[at].waiting.push(Row {
            text: row,
            needle: needle.then_some(time_us),
        });
        if stripes[at].waiting.len() > 256 {
            drain(&mut stripes[at], &mut dice, 128, end, &mut truth);
        }
    }
    for mut stripe in stripes {
        drain(&mut stripe, &mut dice, 0, end, &mut truth);
        match options.variant.as_str() {
            "cut" => write!(
                stripe.out,
                "{time_us},shop-prod-1,app,10.0.0.1,5,5,QUERY,shop,'DELETE FROM ord"
            )
            .unwrap(),
            "utf8" => stripe
                .out
                .write_all(
                    b"1715904000000001,shop-prod-1,app,10.0.0.1,5,5,QUERY,shop,'SELECT \xff\xfe\x80',0\n",
                )
                .unwrap(),
            _ => {}
        }
        stripe.out.flush().unwrap();
    }
    fs::write(
        options.folder.with_file_name(truth_name(&options)),
        truth.join("\n") + "\n",
    )
    .unwrap();
    println!("{} needles", truth.len());
}

fn truth_name(options: &Options) -> String {
    format!(
        "{}.truth.jsonl",
        options.folder.file_name().unwrap().to_string_lossy()
    )
}
