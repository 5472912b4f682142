#include <iostream>
int main()
{int x=1;if(x==1){std::cout<<"a\n";}
return 0;}
