;;;; Press Run and think of a number. The program halves what is left with each question.

(defun ask (guess)
  "The first letter of the answer: y, h or l; nil at the end of the input. Asks again until it is one of them: a typing
error is no reason to lose the game."
  (loop
    (format t "Is it ~d? (yes, higher, lower) " guess)
    (finish-output)
    (let ((line (read-line *standard-input* nil)))
      (unless line
        (return nil))
      (let ((letter (find-if-not (lambda (c) (member c '(#\Space #\Tab))) line)))
        (when (and letter (find letter "yhl" :test #'char-equal))
          (return (char-downcase letter)))))))

(defun play (low high)
  "What there is to say in the end."
  (loop for guesses from 1
        while (<= low high)
        do (let ((guess (floor (+ low high) 2)))
             (case (ask guess)
               (#\y (return (format nil "Guesses needed: ~d." guesses)))
               (#\h (setf low (1+ guess)))
               (#\l (setf high (1- guess)))
               (t (return (format nil "~%Then another time.")))))
        finally (return "No number fits all your answers.")))

(let ((low 1) (high 100))
  (format t "Think of a whole number from ~d to ~d, and I will guess it.~%" low high)
  (format t "~a~%" (play low high)))
