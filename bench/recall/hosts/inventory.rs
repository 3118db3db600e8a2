//! Counts what is in stock and what has been promised.
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::io::{self, BufRead, Write};

#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    pub name: String,
    pub count: u32,
    pub promised: u32,
}

#[derive(Debug)]
pub enum StockError {
    Unknown(String),
    TooFew { name: String, missing: u32 },
    Io(io::Error),
}

impl fmt::Display for StockError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StockError::Unknown(name) => write!(out, "{name} is not in stock"),
            StockError::TooFew { name, missing } => write!(out, "{missing} of {name} are missing"),
            StockError::Io(error) => write!(out, "{error}"),
        }
    }
}

impl From<io::Error> for StockError {
    fn from(error: io::Error) -> Self {
        StockError::Io(error)
    }
}

#[derive(Default)]
pub struct Inventory {
    items: BTreeMap<String, Item>,
    log: Vec<String>,
}

impl Inventory {
    pub fn read(input: impl BufRead) -> Result<Self, StockError> {
        let mut inventory = Inventory::default();
        for line in input.lines() {
            let line = line?;
            let mut parts = line.split_whitespace();
            let Some(name) = parts.next() else { continue };
            let count = parts.next().and_then(|text| text.parse().ok()).unwrap_or(1);
            inventory.add(name, count);
        }
        Ok(inventory)
    }

    pub fn add(&mut self, name: &str, count: u32) {
        let item = self.items.entry(name.to_string()).or_insert_with(|| {
            let empty = Item { name: name.to_string(), count: 0, promised: 0 };
            empty
        });
        item.count += count;
        self.log.push(format!("+{count} {name}"));
    }

    pub fn promise(&mut self, name: &str, count: u32) -> Result<u32, StockError> {
        let item = self.items.get_mut(name).ok_or_else(|| StockError::Unknown(name.to_string()))?;
        let free = item.count - item.promised;
        if free < count {
            let missing = count - free;
            return Err(StockError::TooFew { name: name.to_string(), missing });
        }
        item.promised += count;
        Ok(free - count)
    }

    pub fn write(&self, mut out: impl Write) -> io::Result<()> {
        for (name, item) in &self.items {
            if item.promised > 0 {
                writeln!(out, "{name}: {} ({} promised)", item.count, item.promised)?;
            } else {
                writeln!(out, "{name}: {}", item.count)?;
            }
        }
        out.flush()
    }

    pub fn totals(&self) -> HashMap<bool, u32> {
        let mut totals = HashMap::new();
        for item in self.items.values() {
            let key = item.promised > 0;
            *totals.entry(key).or_insert(0) += item.count;
        }
        totals
    }
}

pub fn compare(left: &Inventory, right: &Inventory) -> Vec<String> {
    let mut changed = Vec::new();
    for (name, item) in &left.items {
        match right.items.get(name) {
            Some(other) if other == item => {}
            Some(_) => changed.push(format!("{name} differs")),
            None => changed.push(format!("{name} is gone")),
        }
    }
    changed.sort();
    changed
}
