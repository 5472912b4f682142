; Press Run, then type your name in the console below.

(defun ask (question default)
  "The line that is typed in answer to the question, or the default for an empty one."
  (format t "~a " question)
  (finish-output)
  (let ((answer (string-trim " " (read-line *standard-input* nil ""))))
    (if (string= answer "") default answer)))

(defun letters (text)
  "The letters of a text, each once, in order."
  (sort (remove-duplicates (remove #\Space (coerce (string-downcase text) 'list))) #'char<))

(let* ((name (ask "What is your name?" "friend"))
       (letters (letters name)))
  (format t "Hello, ~a!~%" name)
  (format t "Your name uses ~d different letters:~{ ~a~}~%" (length letters) letters))
