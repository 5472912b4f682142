fn main() {
    println!("Hello from Carrel");
}
