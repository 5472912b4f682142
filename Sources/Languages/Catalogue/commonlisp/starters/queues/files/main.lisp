;;;; Press Run: this file loads the other and runs the tests.

(load "queue.lisp")

(defvar *passed* 0)
(defvar *failed* 0)

(defmacro check (form)
  "Counts whether the form is true. A macro gets the form itself and not its value, so it can show it."
  `(if ,form
       (incf *passed*)
       (progn
         (incf *failed*)
         (format t "FAILED ~s~%" ',form))))

(let ((queue (make-queue)))
  (check (queue-empty-p queue))
  (check (equal (multiple-value-list (dequeue queue)) '(nil nil)))

  (dolist (item '(a b c)) (enqueue item queue))
  (check (= (queue-size queue) 3))
  (check (eq (dequeue queue) 'a))
  ;; Put in between: it must not get before those that came earlier.
  (enqueue 'd queue)
  (check (equal (loop repeat 3 collect (dequeue queue)) '(b c d)))
  (check (queue-empty-p queue))

  (enqueue nil queue)
  (check (not (queue-empty-p queue)))
  (check (equal (multiple-value-list (dequeue queue)) '(nil t))))

(let ((queue (make-queue)))
  (dotimes (number 10000) (enqueue number queue))
  (check (loop for number below 10000 always (eql (dequeue queue) number))))

(format t "~d passed, ~d failed~%" *passed* *failed*)
(exit :code (if (zerop *failed*) 0 1))
