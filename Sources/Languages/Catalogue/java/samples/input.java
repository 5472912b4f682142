import java.util.Scanner;

public class Main {
    public static void main(String[] arguments) {
        var input = new Scanner(System.in);
        var name = input.nextLine();
        var sum = 0;
        while (input.hasNextInt()) {
            sum += input.nextInt();
        }
        System.out.println(name + "'s numbers add up to " + sum);
    }
}
