public class Main{
public static void main(String[] a){int x=1;
if(x==1){
System.out.println("a");}}}
