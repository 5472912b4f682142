// swift-tools-version: 6.1
import PackageDescription

// `Sources/ChangeSets` has links to the repository's own files: change sets and texts, without the database around them.
let package = Package(
    name: "editor-bench",
    targets: [
        .target(name: "ChangeSets"),
        .executableTarget(name: "editor-bench", dependencies: ["ChangeSets"]),
    ]
)

for target in package.targets {
    target.swiftSettings = [
        .swiftLanguageMode(.v6),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
    ]
}
