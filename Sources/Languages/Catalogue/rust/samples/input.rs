use std::io;

fn main() {
    let mut lines = io::stdin().lines().map(Result::unwrap);
    let name = lines.next().unwrap();
    let numbers = lines.next().unwrap();
    let sum: i32 = numbers.split(' ').map(|word| word.parse::<i32>().unwrap()).sum();
    println!("{name}'s numbers add up to {sum}");
}
