(let* ((name (read-line))
       (numbers (with-input-from-string (line (read-line))
                  (loop for number = (read line nil) while number collect number))))
  (format t "~a's numbers add up to ~d~%" name (reduce #'+ numbers)))
