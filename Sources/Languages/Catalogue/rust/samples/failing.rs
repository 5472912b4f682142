fn main() {
    let numbers = vec![1, 2, 3];
    println!("before");
    let index = numbers.len() + 4;
    println!("{}", numbers[index]);
}
