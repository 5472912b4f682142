// Press Run, then type your name in the console below.

use std::collections::BTreeSet;
use std::io::{self, Write};

fn main() -> io::Result<()> {
    print!("What is your name? ");
    io::stdout().flush()?;

    let mut line = String::new();
    io::stdin().read_line(&mut line)?;
    let name = match line.trim() {
        "" => "friend",
        name => name,
    };
    println!("Hello, {name}!");

    let letters: BTreeSet<char> = name.to_lowercase().chars().filter(|c| !c.is_whitespace()).collect();
    print!("Your name uses {} different letters:", letters.len());
    for letter in &letters {
        print!(" {letter}");
    }
    println!();
    Ok(())
}
