// swift-tools-version: 6.1
import PackageDescription

// `Sources/Templating` is a link to the repository's own target: its two Swift peers must not become dependencies of
// the site, so they live in a package apart.
let package = Package(
    name: "templates-bench",
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
        .package(url: "https://github.com/stencilproject/Stencil", exact: "0.15.1"),
    ],
    targets: [
        .target(name: "Templating"),
        .executableTarget(
            name: "templates-bench",
            dependencies: [
                "Templating",
                .product(name: "Mustache", package: "swift-mustache"),
                .product(name: "Stencil", package: "Stencil"),
            ]
        ),
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
