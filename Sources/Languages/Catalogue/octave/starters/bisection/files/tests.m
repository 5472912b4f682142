% Press Run: this file is the project's main file, and runs the tests.

% A file that began with a function would be taken for the file of that function alone.
1;

function ok = is_refused (call)
  ok = false;
  try
    call ();
  catch
    ok = true;
  end
end

tests = {
  "the root of two",        @() abs (bisection (@(x) x^2 - 2, 0, 2) - sqrt (2)) < 1e-15
  "pi, from the sine",      @() abs (bisection (@sin, 3, 4) - pi) < 1e-15
  "a falling function",     @() abs (bisection (@(x) 1 - x, -10, 10) - 1) < 1e-12
  "a zero at the left end", @() bisection (@(x) x, 0, 1) == 0
  "a zero at the right end", @() bisection (@(x) x - 1, 0, 1) == 1
  "the same sign twice",    @() is_refused (@() bisection (@(x) x^2 + 1, -1, 1))
  "ends the wrong way",     @() is_refused (@() bisection (@sin, 4, 3))
  "an end without end",     @() is_refused (@() bisection (@(x) x, -Inf, 1))
};

failed = 0;
for row = 1:rows (tests)
  [name, test] = tests{row, :};
  if test ()
    printf ("ok      %s\n", name);
  else
    failed += 1;
    printf ("FAILED  %s\n", name);
  end
end
printf ("%d passed, %d failed\n", rows (tests) - failed, failed);
exit (double (failed > 0));
