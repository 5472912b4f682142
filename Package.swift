// swift-tools-version: 6.1
import PackageDescription

// The manifest is the architecture: every part is a target, and the build checks the imports against this graph
// (`--explicit-target-dependency-import-check error`). Kit targets know nothing of Carrel's nouns; features know
// nothing of each other except along the arrows written here; only `Site` puts them together.

let log = Target.Dependency.product(name: "Logging", package: "swift-log")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let nio: [Target.Dependency] = ["NIOCore", "NIOPosix"].map { .product(name: $0, package: "swift-nio") }

let package = Package(
    name: "carrel",
    products: [
        .executable(name: "carrel", targets: ["carrel"]),
        .executable(name: "carrel-runner", targets: ["carrel-runner"]),
        .executable(name: "carrel-agent", targets: ["carrel-agent"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-log", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.0.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.80.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
    ],
    targets: [
        // Kit: one C library, one module map, one wrapper.
        .target(name: "CThreads"),
        .systemLibrary(name: "CFastCGI", providers: [.apt(["libfcgi-dev"])]),
        .systemLibrary(name: "CMariaDB", pkgConfig: "libmariadb", providers: [.apt(["libmariadb-dev"])]),
        .systemLibrary(name: "CArgon2", pkgConfig: "libargon2", providers: [.apt(["libargon2-dev"])]),
        .systemLibrary(name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
        .systemLibrary(
            name: "CCmark",
            pkgConfig: "libcmark-gfm",
            providers: [.apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"])]
        ),
        .systemLibrary(name: "CSodium", pkgConfig: "libsodium", providers: [.apt(["libsodium-dev"])]),
        .systemLibrary(name: "CICU", pkgConfig: "icu-i18n", providers: [.apt(["libicu-dev"])]),
        .target(name: "CRE2", linkerSettings: [.linkedLibrary("re2")]),
        .target(name: "Web", dependencies: [log, crypto]),
        .target(name: "Templating"),
        .target(name: "FastCGI", dependencies: ["CFastCGI", "Threads", "Web"]),
        .target(name: "MariaDB", dependencies: ["CMariaDB"]),
        .target(name: "Argon2", dependencies: ["CArgon2", "Threads"]),
        .target(name: "Archive", dependencies: ["CArchive"]),
        .target(name: "Markdown", dependencies: ["CCmark"]),
        .target(name: "Sodium", dependencies: ["CSodium"]),
        .target(name: "RE2", dependencies: ["CRE2"]),
        .target(name: "ICU", dependencies: ["CICU"]),
        .target(name: "Live", dependencies: nio + [crypto, log]),
        .target(name: "Threads", dependencies: ["CThreads"]),
        .target(name: "UnixSocket"),
        .target(name: "Wire"),
        .target(name: "ArchiveTesting"),
        .target(name: "DatabaseTesting", dependencies: ["MariaDB"]),

        // The contract between the processes.
        .target(name: "AgentProtocol", dependencies: ["Wire"]),
        .target(name: "RunProtocol", dependencies: ["Wire"]),
        .target(name: "Languages", exclude: ["Catalogue"]),
        .target(name: "RunnerClient", dependencies: ["RunProtocol", "UnixSocket", "Wire"]),

        // Features. `SiteKit` is what they share: identifiers, the frame of every page.
        .target(name: "SiteKit", dependencies: ["MariaDB", "Templating", "Web"]),
        .target(name: "Accounts", dependencies: ["Argon2", "MariaDB", "SiteKit", "Templating", "Web", crypto]),
        .target(name: "Preferences", dependencies: ["Accounts", "SiteKit", "Templating", "Web"]),
        .target(name: "Quotas", dependencies: ["RunProtocol", "Web"]),
        .target(
            name: "Projects",
            dependencies: [
                "Accounts", "ICU", "Languages", "MariaDB", "Quotas", "RunProtocol", "SiteKit", "Templating", "Web",
            ]
        ),
        .target(
            name: "Editing",
            dependencies: [
                "Accounts", "Live", "MariaDB", "Projects", "Quotas", "RunProtocol", "SiteKit", "Templating", "Web",
                crypto,
            ]
        ),
        .target(
            name: "Sharing",
            dependencies: [
                "Accounts", "Editing", "ExecuteAPI", "MariaDB", "Projects", "RunProtocol", "SiteKit", "Templating",
                "Viewing", "Web", crypto, log,
            ]
        ),
        .target(
            name: "Transfer",
            dependencies: [
                "Accounts", "Archive", "Editing", "Projects", "Quotas", "RunProtocol", "SiteKit", "Templating", "Web",
                log,
            ]
        ),
        .target(
            name: "Viewing",
            dependencies: [
                "Accounts", "Editing", "Markdown", "Projects", "RunProtocol", "SiteKit", "Templating", "Web",
            ]
        ),
        .target(
            name: "RunSettings",
            dependencies: [
                "Accounts", "MariaDB", "Projects", "RunProtocol", "SiteKit", "Sodium", "Templating", "Web", log,
            ]
        ),
        .target(
            name: "Running",
            dependencies: [
                "Accounts", "Editing", "Languages", "Live", "MariaDB", "Projects", "RunProtocol", "RunSettings",
                "RunnerClient", "SiteKit", "Templating", "Threads", "Web", log,
            ]
        ),
        .target(
            name: "Formatting",
            dependencies: [
                "Accounts", "Editing", "Languages", "Projects", "RunProtocol", "Running", "SiteKit", "Web",
            ]
        ),
        .target(
            name: "ExecuteAPI",
            dependencies: [
                "Accounts", "Languages", "MariaDB", "Projects", "RunProtocol", "RunnerClient", "Running", "SiteKit",
                "Threads", "Web", crypto, log,
            ]
        ),
        .target(
            name: "Searching",
            dependencies: [
                "Accounts", "Editing", "Projects", "RE2", "RunProtocol", "SiteKit", "Templating", "Web", crypto,
            ]
        ),
        .target(
            name: "LanguageServers",
            dependencies: [
                "Accounts", "Editing", "Languages", "Live", "Projects", "RunProtocol", "RunnerClient", "Running",
                "SiteKit", "Threads", "Web", log,
            ]
        ),
        .target(
            name: "Workbench",
            dependencies: [
                "Accounts", "Editing", "Projects", "Quotas", "RunProtocol", "Running", "SiteKit", "Templating",
                "Viewing", "Web",
            ]
        ),

        .target(
            name: "Administration",
            dependencies: [
                "Accounts", "Languages", "Projects", "RunProtocol", "Running", "SiteKit", "Templating", "Web",
            ]
        ),

        // Programs.
        .target(
            name: "Site",
            dependencies: [
                "Accounts", "Administration", "Argon2", "Editing", "ExecuteAPI", "FastCGI", "Formatting",
                "LanguageServers", "Languages",
                "Live", "MariaDB", "Preferences", "Projects", "Quotas", "RunProtocol", "RunSettings", "RunnerClient",
                "Running", "Searching", "Sharing", "SiteKit", "Templating", "Threads", "Transfer", "UnixSocket",
                "Viewing", "Web", "Workbench", crypto, log,
            ]
        ),
        .executableTarget(name: "carrel", dependencies: ["Site", arguments], path: "Sources/Carrel"),
        .target(name: "CDisks"),
        .target(name: "CProcess"),
        .target(name: "AgentCore", dependencies: ["AgentProtocol", "CProcess", "Wire"]),
        .executableTarget(name: "carrel-agent", dependencies: ["AgentCore"], path: "Sources/Agent"),
        .target(
            name: "RunnerCore",
            dependencies: [
                "AgentProtocol", "CDisks", "Languages", "RunProtocol", "Threads", "UnixSocket", "Wire", crypto, log,
            ]
        ),
        .executableTarget(
            name: "carrel-runner",
            dependencies: ["RunnerCore", "UnixSocket", log],
            path: "Sources/Runner"
        ),

        // Tests. `SiteTesting` is the front door: requests in, responses out, on a real database.
        .target(
            name: "SiteTesting",
            dependencies: [
                "Accounts", "Argon2", "DatabaseTesting", "MariaDB", "RunProtocol", "Site", "SiteKit", "Threads",
                "UnixSocket", "Web", "Wire", log,
            ]
        ),
        .testTarget(name: "WebTests", dependencies: ["Web"]),
        .testTarget(name: "TemplatingTests", dependencies: ["Templating"]),
        .testTarget(name: "FastCGITests", dependencies: ["CFastCGI", "FastCGI", "Web"]),
        .testTarget(name: "MariaDBTests", dependencies: ["DatabaseTesting", "MariaDB"]),
        .testTarget(name: "Argon2Tests", dependencies: ["Argon2"]),
        .testTarget(name: "ArchiveTests", dependencies: ["Archive", "ArchiveTesting"]),
        .testTarget(name: "MarkdownTests", dependencies: ["Markdown"]),
        .testTarget(name: "SodiumTests", dependencies: ["Sodium"]),
        .testTarget(name: "RE2Tests", dependencies: ["RE2"]),
        .testTarget(name: "ICUTests", dependencies: ["ICU"]),
        .testTarget(name: "LiveTests", dependencies: ["Live", .product(name: "NIOCore", package: "swift-nio")]),
        .testTarget(name: "WireTests", dependencies: ["Wire"]),
        .testTarget(name: "ThreadsTests", dependencies: ["Threads"]),
        .testTarget(name: "UnixSocketTests", dependencies: ["UnixSocket"]),
        .testTarget(name: "RunProtocolTests", dependencies: ["RunProtocol", "Wire"]),
        .testTarget(name: "LanguagesTests", dependencies: ["Languages"]),
        .testTarget(
            name: "AgentCoreTests",
            dependencies: ["AgentCore", "AgentProtocol", "CDisks", "Wire", "carrel-agent"]
        ),
        .testTarget(
            name: "RunnerCoreTests",
            dependencies: [
                "AgentProtocol", "Languages", "RunProtocol", "RunnerClient", "RunnerCore", "UnixSocket", "Wire",
                "carrel-runner", crypto, log,
            ],
            exclude: ["ContainerSpec.json"]
        ),
        .testTarget(
            name: "AccountsTests",
            dependencies: ["Accounts", "Argon2", "MariaDB", "Site", "SiteTesting", "Web"]
        ),
        .testTarget(name: "PreferencesTests", dependencies: ["MariaDB", "Site", "SiteTesting", "Web"]),
        .testTarget(
            name: "ProjectsTests",
            dependencies: [
                "DatabaseTesting", "Languages", "MariaDB", "Projects", "Quotas", "RunProtocol", "Site", "SiteTesting",
                "Web",
            ]
        ),
        .testTarget(
            name: "AdministrationTests",
            dependencies: ["Administration", "RunProtocol", "Site", "SiteTesting", "Web"]
        ),
        .testTarget(
            name: "RunningTests",
            dependencies: [
                "Languages", "Projects", "Quotas", "RunProtocol", "Running", "Site", "SiteTesting", "Web", crypto,
            ]
        ),
        .testTarget(
            name: "RunSettingsTests",
            dependencies: [
                "DatabaseTesting", "MariaDB", "RunProtocol", "RunSettings", "Site", "SiteTesting", "Web",
            ]
        ),
        .testTarget(
            name: "FormattingTests",
            dependencies: [
                "RunProtocol", "Site", "SiteTesting", "Threads", "Web",
            ]
        ),
        .testTarget(
            name: "ExecuteAPITests",
            dependencies: ["ExecuteAPI", "Site", "SiteTesting", "Web"]
        ),
        .testTarget(
            name: "SharingTests",
            dependencies: [
                "MariaDB", "Projects", "Quotas", "RunProtocol", "Running", "Sharing", "Site", "SiteTesting", "Web",
                crypto,
            ]
        ),
        .testTarget(
            name: "LanguageServersTests",
            dependencies: ["LanguageServers", "Languages", "Projects", "RunProtocol", "Site", "SiteTesting", "Web"]
        ),
        .testTarget(
            name: "SearchingTests",
            dependencies: ["Projects", "Quotas", "RunProtocol", "Searching", "Site", "SiteTesting", "Web"]
        ),
        .testTarget(
            name: "TransferTests",
            dependencies: ["Archive", "ArchiveTesting", "Projects", "Quotas", "Site", "SiteTesting", "Web"]
        ),
        .testTarget(name: "ViewingTests", dependencies: ["Quotas", "Site", "SiteTesting", "Viewing", "Web"]),
        .testTarget(
            name: "EditingTests",
            dependencies: ["Editing", "Projects", "Quotas", "Site", "SiteTesting", "Web"]
        ),
    ]
)

for target in package.targets where target.type != .system {
    target.swiftSettings = [
        .swiftLanguageMode(.v6),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
    ]
}
