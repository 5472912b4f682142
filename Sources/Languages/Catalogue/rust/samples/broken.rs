fn main() {
    let name = String::from("never printed");
    let moved = name;
    println!("{name} {moved}");
}
