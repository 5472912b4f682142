% bisection (F, LOW, HIGH): a place between LOW and HIGH where the function F is zero, to the last bits of a double.
%
% F must be continuous and have different signs at the two ends: then there is a zero between them, and each step
% halves where it can be.
function zero = bisection (f, low, high)
  if ! (isfinite (low) && isfinite (high) && low < high)
    error ("bisection: the ends must be two finite numbers, the smaller first");
  end
  at_low = f (low);
  at_high = f (high);
  if at_low == 0
    zero = low;
    return;
  elseif at_high == 0
    zero = high;
    return;
  elseif sign (at_low) == sign (at_high)
    error ("bisection: the function has the same sign at both ends");
  end
  while true
    zero = low + (high - low) / 2;
    % Between two neighbouring doubles there is no other.
    if zero <= low || zero >= high
      return;
    end
    at_zero = f (zero);
    if at_zero == 0
      return;
    elseif sign (at_zero) == sign (at_low)
      low = zero;
    else
      high = zero;
    end
  end
end
