(defvar *numbers* (vector 1 2 3))
(format t "before~%")
(finish-output)
(print (aref *numbers* 7))
