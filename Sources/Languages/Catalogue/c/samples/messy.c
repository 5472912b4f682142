#include <stdio.h>
int main(void)
{int x=1;if(x==1){printf("a\n");}
return 0;}
