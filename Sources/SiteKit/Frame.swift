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

    /// How the reader likes pages to look, as attributes of the page that style sheets and scripts read.
    public struct Look: ViewModel {
        /// `system`, `light`, `dark` or `contrast`.
        public var theme: String
        /// Pixels of the text of programs.
        public var codeSize: Int
        /// Columns from one tab stop to the next; nil leaves it to the file's language.
        public var tabWidth: Int?
        /// Whether long lines of code are broken where the window ends.
        public var wrapsLines: Bool
        /// Whether lines of code have their numbers beside them.
        public var numbersLines: Bool
        /// Whether the editor writes the second of a pair of brackets or quotes.
        public var closesBrackets: Bool
        /// Whether a file is formatted when its reader saves it.
        public var formatsOnSave: Bool
        /// `standard` or `emacs`.
        public var keys: String

        /// A look as given.
        public init(
            theme: String,
            codeSize: Int,
            tabWidth: Int?,
            wrapsLines: Bool,
            numbersLines: Bool,
            closesBrackets: Bool,
            formatsOnSave: Bool,
            keys: String
        ) {
            self.theme = theme
            self.codeSize = codeSize
            self.tabWidth = tabWidth
            self.wrapsLines = wrapsLines
            self.numbersLines = numbersLines
            self.closesBrackets = closesBrackets
            self.formatsOnSave = formatsOnSave
            self.keys = keys
        }

        /// What visitors see.
        static let standard = Look(
            theme: "system",
            codeSize: 14,
            tabWidth: nil,
            wrapsLines: false,
            numbersLines: true,
            closesBrackets: true,
            formatsOnSave: false,
            keys: "standard"
        )

        /// What the template may name.
        public static let fields = Fields<Self>(
            .text("theme") { $0.theme },
            .bool("isSystem") { $0.theme == "system" },
            .bool("isDark") { $0.theme == "dark" },
            .bool("isContrast") { $0.theme == "contrast" },
            .int("codeSize") { $0.codeSize },
            .text("tabWidth") { $0.tabWidth.map(String.init) ?? "auto" },
            .text("wrapLines") { $0.wrapsLines ? "on" : "off" },
            .text("lineNumbers") { $0.numbersLines ? "on" : "off" },
            .text("closeBrackets") { $0.closesBrackets ? "on" : "off" },
            .text("formatOnSave") { $0.formatsOnSave ? "on" : "off" },
            .text("keys") { $0.keys }
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
    var look: Look

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
        .record("look", Look.self) { $0.look }
    )
}
