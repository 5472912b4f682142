extension StartedAheadTests {
    /// Programs that show what a program can see of its interpreter, by language.
    static let probes: [String: [(name: String, text: String)]] = [
        "python": [
            (
                "state",
                """
                import gc, os, signal, sys, threading
                print(sys.argv, sys.orig_argv, sys.path, sys.flags, sys.executable, sys.warnoptions, sys._xoptions)
                print(__name__, __file__, __spec__, __loader__.path, list(globals()), sorted(sys.modules))
                print(os.getcwd(), sorted(os.environ.items()), sorted(os.listdir('/proc/self/fd')))
                print(sys._getframe().f_back, sys.getrecursionlimit(), len(threading.enumerate()), gc.isenabled())
                print([s.isatty() for s in (sys.stdin, sys.stdout, sys.stderr)], sys.stdin, sys.stdout, sys.stderr)
                print({int(s): str(signal.getsignal(s)) for s in signal.valid_signals()})
                shown = ('SigB', 'SigI', 'SigC', 'Uid', 'Sec', 'Cap')
                print([line for line in open('/proc/self/status') if line.startswith(shown)])
                print(open('/proc/self/limits').read(), os.getpgrp() == os.getpid(), os.nice(0), os.umask(0))
                """
            ),
            ("frames", "def f(n):\n    return 1 / n\nimport traceback\ntraceback.print_stack()\nf(0)\n"),
            (
                "depth", "def f(n):\n    try: return f(n + 1)\n    except RecursionError: return n\nprint(f(0))\n"
            ),
            ("exit", "import sys\nsys.stderr.write('bye')\nsys.exit(7)\n"),
            ("syntax", "print('a'\n"), ("signal", "import os\nos.kill(os.getpid(), 9)\n"),
            ("input", "print(input('Name? '))\nimport sys\nprint(repr(sys.stdin.read()), open('data.txt').read())\n"),
            ("child", "import subprocess\nprint(subprocess.run(['env'], capture_output=True).stdout)\n"),
        ],
        "javascript": [
            (
                "state",
                """
                const fs = require("fs")
                console.log(process.argv, process.execArgv, process.argv0, process.title, process.execPath, __filename)
                console.log(process.env, process.cwd(), process._preload_modules, module.paths, module.children)
                console.log(Object.keys(require.cache), Object.keys(require("module")._pathCache))
                console.log(process.eventNames(), Object.keys(process).sort(), Object.getOwnPropertyNames(globalThis))
                console.log(fs.readdirSync("/proc/self/fd"), process.stdin.isTTY, process.stdout.isTTY)
                console.log(fs.readFileSync("/proc/self/limits", "utf8"), new Error("x").stack)
                """
            ),
            ("frames", "function f() { throw new TypeError('bad') }\nconsole.log('x')\nf()\n"),
            ("promise", "Promise.reject(new Error('no'))\n"), ("syntax", "let a = ;\n"),
            ("exit", "process.stderr.write('bye')\nprocess.exitCode = 5\n"),
            ("signal", "process.kill(process.pid, 'SIGKILL')\n"),
            ("input", "process.stdin.on('data', d => process.stdout.write(d)).on('end', () => console.log('end'))\n"),
            (
                "worker",
                """
                const { Worker } = require("worker_threads")
                const inside = "[process.execArgv, process.env, Object.keys(require.cache), process._preload_modules]"
                const worker = new Worker(`require("worker_threads").parentPort.postMessage(${inside})`, { eval: true })
                worker.on("message", words => console.log(words))
                """
            ),
            (
                "child",
                """
                const { execFileSync } = require("child_process")
                console.log(execFileSync(process.execPath, ["-p", "[process.execArgv, process.env]"]).toString())
                console.log(execFileSync("ls", ["/proc/self/fd"]).toString())
                """
            ),
            ("module", "import('node:os').then(os => console.log(typeof os.cpus, process.argv))\n"),
        ],
        "ruby": [
            (
                "state",
                """
                p ARGV, $0, __FILE__, Dir.pwd, ENV.to_h.sort, $LOAD_PATH, $LOADED_FEATURES, $VERBOSE, $DEBUG
                p Dir.children("/proc/self/fd").sort, $stdin.tty?, $stdout.sync, $stderr.sync, Encoding.default_external
                p caller, caller_locations(0).map(&:to_s), global_variables.sort, local_variables, self
                p Object.constants.sort, Gem.loaded_specs.keys, Gem.path, Gem.instance_variables, Thread.list.size
                puts File.read("/proc/self/limits"), File.readlines("/proc/self/status").grep(/^(Sig[BIC]|Uid|Cap)/)
                """
            ),
            ("frames", "def f(n)\n  1 / n\nend\nputs 'x'\nf(0)\n"), ("meant", "foo = 1\nputs fooo\n"),
            ("exit", "$stderr.write('bye')\nexit 5\n"), ("syntax", "puts (\n"),
            ("signal", "Process.kill(:KILL, $$)\nsleep 1\n"),
            ("input", "print 'Name? '\nputs gets\np $stdin.read, DATA.read\n__END__\nhey\n"),
            ("child", "puts `ls /proc/self/fd; env | sort`\n"),
            ("last", "at_exit { puts 'bye' }\nraise ArgumentError, 'oh'\n"),
        ],
    ]
}
