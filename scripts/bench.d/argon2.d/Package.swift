// swift-tools-version: 6.1
import PackageDescription

// All but `Sources/argon2-bench` are links to the repository's own targets.
let package = Package(
    name: "argon2-bench",
    targets: [
        .systemLibrary(name: "CArgon2", pkgConfig: "libargon2", providers: [.apt(["libargon2-dev"])]),
        .target(name: "CThreads"),
        .target(name: "Threads", dependencies: ["CThreads"]),
        .target(name: "Argon2", dependencies: ["CArgon2", "Threads"]),
        .executableTarget(name: "argon2-bench", dependencies: ["Argon2"]),
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
