name = fgetl(stdin);
numbers = str2num(fgetl(stdin));
printf("%s's numbers add up to %d\n", name, sum(numbers));
