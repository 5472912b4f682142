public class Main {
    public static void main(String[] arguments) {
        int number = "never printed";
        System.out.println(number);
    }
}
