;;;; A queue: what comes first is taken first. Two lists, so that no step takes longer the longer the queue is.

(defstruct (queue (:constructor make-queue ()))
  (front '())   ; what is taken next, in order
  (back '()))   ; what came last, the latest first

(defun queue-empty-p (queue)
  (and (null (queue-front queue)) (null (queue-back queue))))

(defun enqueue (item queue)
  "Puts an item at the end, and gives the queue."
  (push item (queue-back queue))
  queue)

(defun dequeue (queue)
  "Takes the first item away and gives it. A second value is nil when there was none: nil itself may be an item."
  (when (null (queue-front queue))
    ;; Each item is turned round once in its life, however often this happens.
    (setf (queue-front queue) (nreverse (queue-back queue))
          (queue-back queue) '()))
  (if (null (queue-front queue))
      (values nil nil)
      (values (pop (queue-front queue)) t)))

(defun queue-size (queue)
  (+ (length (queue-front queue)) (length (queue-back queue))))
