% Press Run, then type your name in the console below.

name = strtrim(input("What is your name? ", "s"));
if isempty(name)
  name = "friend";
end
printf("Hello, %s!\n", name);

letters = unique(lower(name(name != " ")));
printf("Your name uses %d different letters: %s\n", numel(letters), strjoin(num2cell(letters), " "));
