public class Main {
    public static void main(String[] arguments) {
        int[] numbers = {1, 2, 3};
        System.out.println("before");
        System.out.println(numbers[7]);
    }
}
