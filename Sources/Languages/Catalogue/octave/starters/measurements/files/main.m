% Fits a line through the measurements of spring.csv: how far a spring stretches (mm) under a weight (g).

data = dlmread ("spring.csv", ",", 1, 0);   % without the first row, which has names
weight = data(:, 1);
stretch = data(:, 2);

% A measurement below zero is the instrument's way to say that there was none.
good = stretch >= 0;
printf ("%d of %d measurements are used.\n", sum (good), numel (good));
weight = weight(good);
stretch = stretch(good);
if numel (weight) < 2
  error ("a line needs two measurements at least");
end

% The backslash solves the equations as well as can be: the squares of what is left are the smallest.
fit = [weight, ones(size (weight))] \ stretch;
rest = stretch - (fit(1) * weight + fit(2));

printf ("stretch = %.4f mm/g * weight + %.3f mm\n", fit(1), fit(2));
printf ("typical distance from the line: %.3f mm\n", sqrt (mean (rest .^ 2)));
printf ("\n%8s %10s %10s\n", "weight", "measured", "line");
printf ("%6.0f g %7.2f mm %7.2f mm\n", [weight, stretch, stretch - rest]');
