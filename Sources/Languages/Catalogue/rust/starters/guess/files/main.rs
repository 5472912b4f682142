// Press Run and think of a number. The program halves what is left with each question.

use std::cmp::Ordering;
use std::io::{self, BufRead, Write};

/// How the number that was thought of compares with a guess; None at the end of the input.
///
/// Asks again until the answer is one: a typing error is no reason to lose the game.
fn ask(guess: u32, lines: &mut impl Iterator<Item = io::Result<String>>) -> io::Result<Option<Ordering>> {
    loop {
        print!("Is it {guess}? (yes, higher, lower) ");
        io::stdout().flush()?;
        let Some(line) = lines.next().transpose()? else {
            return Ok(None);
        };
        match line.trim().to_lowercase().chars().next() {
            Some('y') => return Ok(Some(Ordering::Equal)),
            Some('h') => return Ok(Some(Ordering::Greater)),
            Some('l') => return Ok(Some(Ordering::Less)),
            _ => {}
        }
    }
}

fn main() -> io::Result<()> {
    let (mut low, mut high) = (1, 100);
    let mut guesses = 0;
    let mut lines = io::stdin().lock().lines();

    println!("Think of a whole number from {low} to {high}, and I will guess it.");
    while low <= high {
        let guess = (low + high) / 2;
        guesses += 1;
        match ask(guess, &mut lines)? {
            Some(Ordering::Equal) => {
                println!("Guesses needed: {guesses}.");
                return Ok(());
            }
            Some(Ordering::Greater) => low = guess + 1,
            Some(Ordering::Less) => high = guess - 1,
            None => {
                println!("\nThen another time.");
                return Ok(());
            }
        }
    }
    println!("No number fits all your answers.");
    Ok(())
}
