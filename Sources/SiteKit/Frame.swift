public import Templating

/// What every page shows around its own content: the view `site` of the templates.
public struct Frame: ViewModel {
    /// The signed-in reader, as the page's corner names them.
    public struct User: ViewModel {
        /// What the corner shows.
        public var username: String
        /// Whether the way to the site's administration is shown.
        public var isAdministrator: Bool

        /// The reader of one page.
        public init(username: String, isAdministrator: Bool) {
            self.username = username
            self.isAdministrator = isAdministrator
        }

        /// What the template may name.
        public static let fields = Fields<Self>(
            .text("username") { $0.username },
            .bool("isAdministrator") { $0.isAdministrator }
        )
    }

    /// A sentence about what was just done.
    public struct Notice: ViewModel {
        /// `ok` or `bad`.
        public var kind: String
        /// One or two plain sentences.
        public var text: String
        /// The label of a button beside it; nil for none.
        public var actionLabel: String?
        /// Where that button posts to, with the base path.
        public var actionPath: String?

        /// What the template may name.
        public static let fields = Fields<Self>(
            .text("kind") { $0.kind },
            .text("text") { $0.text },
            .optionalText("actionLabel") { $0.actionLabel },
            .optionalText("actionPath") { $0.actionPath }
        )
    }

    var base: String
    var assets: String
    var importMap: String
    var nonce: String
    var csrf: String
    var name: String
    var user: User?
    var flash: Notice?
    var path: String
    var requestID: String
    var theme: String

    /// What the template may name.
    public static let fields = Fields<Self>(
        .text("base") { $0.base },
        .text("assets") { $0.assets },
        .json("importMap") { $0.importMap },
        .text("nonce") { $0.nonce },
        .text("csrf") { $0.csrf },
        .text("name") { $0.name },
        .optionalRecord("user", User.self) { $0.user },
        .optionalRecord("flash", Notice.self) { $0.flash },
        .text("path") { $0.path },
        .text("requestID") { $0.requestID },
        .text("theme") { $0.theme }
    )
}
