
# An interpreter that was started ahead waits here, at the end of the last library that Ruby loads by itself. Descriptor 3
# takes a byte when it is ready and gives one when the run begins. Nothing of this may be seen by the program: no
# variable, no name, no descriptor.
if ENV.delete("CARREL_WAITING")
  IO.for_fd(3).then do |control|
    control.syswrite("r")
    word = control.read(1)
    control.close
    exit!(0) unless word == "g"
  end
  # Ruby has opened its main file already and read the beginning, but parsed nothing. The file is another one by now.
  # An empty one it would not look at again, and options in a first line it has read: then it starts anew.
  begin
    words = File.binread("/proc/self/cmdline").split("\0", -1)[0...-1]
    main = ObjectSpace.each_object(File).find { |file| !file.closed? && file.path == words[1] }
    starts = [main.pread(2, 0), File.binread(words[1], 2)]
    raise IOError if starts.include?("#!")
    main.reopen(words[1])
  rescue StandardError
    exec(*words)
  end
end
