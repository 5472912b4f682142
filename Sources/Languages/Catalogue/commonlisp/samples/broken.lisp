(progn
  (format t "never printed~%")
  (format t "nor this~%")
