class Program{
static void Main(){int x=1;
if(x==1){
System.Console.WriteLine("a");}}}
