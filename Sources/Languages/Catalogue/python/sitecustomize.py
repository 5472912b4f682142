# Where an interpreter that was started ahead waits: everything is initialised here but for the main file. Descriptor 3
# takes a byte when we are ready and gives one when the run begins. Nothing of this may be seen by the program: no module,
# no name, no descriptor, no frame.
import os

if "CARREL_WAITING" in os.environ:

    def wait():
        import site
        import sys

        del os.environ["CARREL_WAITING"]
        os.write(3, b"r")
        word = os.read(3, 1)
        os.close(3)
        if word != b"g":
            os._exit(0)
        # A home may have been laid over the folder that we are in.
        os.chdir(os.getcwd())
        # A folder for modules of one's own counts when it is there at the start, and this is meant to be the start.
        if site.ENABLE_USER_SITE and os.path.isdir(site.USER_SITE) and site.USER_SITE not in sys.path:
            signal = sys.modules["_signal"]
            for number in (signal.SIGPIPE, signal.SIGXFSZ):
                signal.signal(number, signal.SIG_DFL)
            os.execv(sys.executable, sys.orig_argv)

    wait()
    del wait
