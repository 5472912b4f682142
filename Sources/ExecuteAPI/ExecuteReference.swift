import Web

extension ExecuteRoutes {
    static let listing = Operation(
        "The languages that can be run",
        response: .list(
            .record([
                .required("language", .text, "The name to ask for."),
                .required("version", .text, "Three numbers."),
                .required("aliases", .list(.text), "Other names to ask for."),
            ])
        )
    )

    static let execution = Operation(
        "Run a program",
        details: """
            Runs the first file in a container without a network, where nothing is left of any other program, and \
            answers when it has ended. What is printed beyond the limit is cut: the beginning is kept, and the program \
            is ended.
            """,
        request: .record([
            .required("language", .text, "A language's name or one of its aliases."),
            .required("version", .text, "Which version, as npm writes ranges: *, 3.x, ^3.11, >=3 <4."),
            .required(
                "files",
                .list(
                    .record([
                        .optional(
                            "name",
                            .text,
                            "A path below the program's directory; file0.code and so on if left out."
                        ),
                        .required("content", .text, "What is in it."),
                        .optional("encoding", .choice(["utf8", "base64", "hex"]), "How the content is written: utf8."),
                    ])
                ),
                "The first one is started."
            ),
            .optional("stdin", .text, "What the program reads; a line break is added at its end."),
            .optional("args", .list(.text), "The program's arguments."),
            .optional("run_timeout", .whole, "Milliseconds until the program is ended."),
            .optional("compile_timeout", .whole, "Milliseconds until the compiler is ended."),
            .optional("run_cpu_time", .whole, "Milliseconds of processor time for the program."),
            .optional("compile_cpu_time", .whole, "Milliseconds of processor time for the compiler."),
            .optional("run_memory_limit", .whole, "Bytes for the program; -1 for as many as there are."),
            .optional("compile_memory_limit", .whole, "Bytes for the compiler; -1 for as many as there are."),
        ]),
        response: .record([
            .required("language", .text, "The language's own name."),
            .required("version", .text, "Three numbers."),
            .required("run", stage, "What the program did; what the compiler did if it refused the program."),
            .optional("compile", stage, "What the compiler did, if the language has one."),
        ]),
        faults: [
            400: "Something is missing, of the wrong type or above a limit.",
            401: "No access token was shown, or one that is not valid.",
            415: "The request is not of type application/json.",
            429: "Too many jobs at this time; Retry-After says after how many seconds to try again.",
            503: "Programs can't be run at the moment.",
        ]
    )

    static let packageListing = Operation(
        "The packages, which are the languages of the site",
        details: "For administrators' tokens. A package is installed when its image is there and it is switched on.",
        response: .list(
            .record([
                .required("language", .text, "The name to ask for."),
                .required("language_version", .text, "Three numbers; 0.0.0 when there is no image."),
                .required("installed", .flag, "Whether it can be run."),
            ])
        ),
        faults: packageFaults
    )

    static let installation = Operation(
        "Switch a language on",
        details: "For administrators' tokens. Images are built by whoever runs the site, not here.",
        request: package,
        response: installed,
        faults: packageFaults.merging([404: "There is no such package."]) { $1 }
    )

    static let uninstallation = Operation(
        "Switch a language off",
        details: "For administrators' tokens. Nobody can run it or begin a project in it then; its image stays.",
        request: package,
        response: installed,
        faults: packageFaults.merging([404: "There is no such package."]) { $1 }
    )

    private static let package = Operation.Shape.record([
        .required("language", .text, "A language's own name."),
        .required("version", .text, "Which version, as npm writes ranges."),
    ])

    private static let installed = Operation.Shape.record([
        .required("language", .text, "The language's own name."),
        .required("version", .text, "Three numbers."),
    ])

    private static let packageFaults = [
        401: "No access token was shown, or one that is not valid.",
        403: "The token is not an administrator's.",
        503: "Programs can't be run at the moment.",
    ]

    private static let stage = Operation.Shape.record([
        .required("stdout", .text, "What was printed."),
        .required("stderr", .text, "What was printed as errors."),
        .required("output", .text, "Both, in the order in which they came."),
        .required("code", .optional(.whole), "The exit code; null if a signal ended it."),
        .required("signal", .optional(.text), "The signal that ended it, or null."),
        .required("message", .optional(.text), "What went wrong, or null."),
        .required(
            "status",
            .optional(.choice(["RE", "SG", "TO", "OL", "EL", "XX"])),
            """
            RE: a code other than 0. SG: a signal. TO: out of time. OL, EL: too much on stdout, on stderr. XX: our fault. \
            Null: none of these.
            """
        ),
        .required("cpu_time", .whole, "Milliseconds on the processor."),
        .required("wall_time", .whole, "Milliseconds."),
        .required("memory", .whole, "Bytes of the largest process."),
    ])
}
