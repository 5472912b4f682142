import ArgumentParser
import Site

/// The operator's command line.
@main
struct Carrel: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "carrel",
        abstract: "An online coding site that you run yourself.",
        discussion: "Reads CARREL_… from the environment; scripts/carrel sets them for an instance.",
        subcommands: [
            Serve.self, Migrate.self, RouteTable.self, User.self, SetupAddress.self, Check.self, CheckLanguages.self,
            Token.self,
        ]
    )
}

extension Carrel {
    struct Serve: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Answer requests until told to stop.")

        func run() throws { try OperatorCommands().serve() }
    }

    struct Migrate: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Bring the database's tables up to date.")

        func run() throws { try OperatorCommands().migrate() }
    }

    struct RouteTable: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "routes",
            abstract: "Print every address and who may use it."
        )

        func run() throws { try OperatorCommands().printRoutes() }
    }

    struct SetupAddress: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "setup-address",
            abstract: "Print the one-time path where the first administrator is made; nothing if there is one."
        )

        func run() throws { try OperatorCommands().printSetupAddress() }
    }

    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Look at everything the site depends on and say what is wrong."
        )

        func run() throws {
            guard try OperatorCommands().check() else { throw ExitCode.failure }
        }
    }

    struct CheckLanguages: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Run the sample programs of languages and compare what they do with what they should do."
        )

        @Argument(help: "Which languages; all when there are none.")
        var languages: [String] = []

        func run() throws {
            guard try OperatorCommands().checkLanguages(languages) else { throw ExitCode.failure }
        }
    }

    struct Token: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Access tokens, which programs show instead of a password.",
            subcommands: [Add.self]
        )

        struct Add: ParsableCommand {
            static let configuration = CommandConfiguration(abstract: "Make a token and print it.")

            @Option(help: "Whose programs use it.")
            var username: String

            @Option(help: "What it is for.")
            var name = "Made by the operator"

            func run() throws { try OperatorCommands().addToken(username: username, name: name) }
        }
    }

    struct User: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "People's accounts.", subcommands: [Add.self])

        struct Add: ParsableCommand {
            static let configuration = CommandConfiguration(abstract: "Make an account.")

            @Option(help: "2 to 32 letters, digits, - and _.")
            var username: String

            @Option
            var email: String

            @Flag(help: "The account may administer the site.")
            var admin = false

            @Flag(help: "Read the password from the first line of the standard input; there is no other way.")
            var passwordStdin = false

            func validate() throws {
                guard passwordStdin else {
                    throw ValidationError("Give --password-stdin and the password on the standard input.")
                }
            }

            func run() throws {
                let password = readLine(strippingNewline: true) ?? ""
                try OperatorCommands().addUser(
                    username: username,
                    email: email,
                    password: password,
                    isAdministrator: admin
                )
            }
        }
    }
}
