export const names = {
  keyword: `
    and block case catch cond declare defclass defconstant defgeneric defmacro defmethod defpackage defparameter
    defstruct defun defvar destructuring-bind do dolist dotimes ecase eval-when flet function go handler-case if
    in-package labels lambda let let* locally loop macrolet multiple-value-bind or otherwise prog1 progn quote
    return return-from setf setq tagbody the throw typecase unless unwind-protect when with-open-file
    with-output-to-string
  `,
  constant: `
    nil t pi
  `,
  function: `
    1+ 1- abs acons adjoin append apply aref assoc atom butlast car cdr ceiling char char-upcase close coerce
    concatenate cons consp copy-list count decf delete elt eq eql equal error evenp every exp expt find first floor
    format funcall gcd getf gethash hash-table-count identity incf intern intersection last lcm length list
    list-length listp log make-array make-hash-table make-instance make-list map mapcan mapcar maphash max member
    min minusp mod not nreverse nth nthcdr null numberp oddp open parse-integer plusp pop position prin1 princ print
    push pushnew random read read-char read-line reduce rem remove remove-duplicates remove-if remove-if-not replace
    rest reverse round search second set-difference some sort sqrt string string-downcase string-trim string-upcase
    stringp subseq symbol-name third truncate union values vector vector-push-extend write write-line write-string
    zerop
  `
}

export const snippets = [
  ["defun", "function", "(defun ${1:name} (${2})\n\t${0})"],
  ["let", "variables", "(let ((${1:name} ${2:value}))\n\t${0})"],
  ["dolist", "over items", "(dolist (${1:item} ${2:items})\n\t${0})"],
  ["dotimes", "over numbers", "(dotimes (${1:i} ${2:n})\n\t${0})"],
  ["if", "condition", "(if ${1:condition}\n\t${2}\n\t${0})"],
  ["cond", "choice", "(cond (${1:condition} ${2})\n\t(t ${0}))"],
  ["loop", "over items", "(loop for ${1:item} in ${2:items}\n\tcollect ${0})"]
]
