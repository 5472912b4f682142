import FoundationEssentials
import SiteKit
import Templating
import Web

struct LandingPage: ViewModel {
    static let fields = Fields<Self>()
}

struct SignUpPage: ViewModel {
    var username = ""
    var usernameError: String?
    var email = ""
    var emailError: String?
    var passwordError: String?
    var message: String?
    /// Where to go afterwards; empty for nowhere special.
    var returnPath = ""

    init(returnPath: String = "") {
        self.returnPath = returnPath
    }

    /// The form as it was sent, with what is wrong at each field.
    init(_ registration: Registration, _ problem: Problem, returnPath: String = "") {
        self.returnPath = returnPath
        username = registration.username
        email = registration.email
        usernameError = problem.fields["username"]
        emailError = problem.fields["email"]
        passwordError = problem.fields["password"]
        message = problem.fields.isEmpty ? problem.message : nil
    }

    static let fields = Fields<Self>(
        .text("username") { $0.username },
        .optionalText("usernameError") { $0.usernameError },
        .text("email") { $0.email },
        .optionalText("emailError") { $0.emailError },
        .optionalText("passwordError") { $0.passwordError },
        .optionalText("message") { $0.message },
        .text("returnPath") { $0.returnPath }
    )
}

struct SetupPage: ViewModel {
    var token: String
    var form: SignUpPage

    static let fields = Fields<Self>(
        .text("token") { $0.token },
        .text("username") { $0.form.username },
        .optionalText("usernameError") { $0.form.usernameError },
        .text("email") { $0.form.email },
        .optionalText("emailError") { $0.form.emailError },
        .optionalText("passwordError") { $0.form.passwordError },
        .optionalText("message") { $0.form.message }
    )
}

struct SignInPage: ViewModel {
    var login = ""
    var returnPath = ""
    var message: String?

    static let fields = Fields<Self>(
        .text("login") { $0.login },
        .text("returnPath") { $0.returnPath },
        .optionalText("message") { $0.message }
    )
}

struct SessionsPage: ViewModel {
    var sessions: [SessionRow]

    static let fields = Fields<Self>(
        .list("sessions", of: SessionRow.self) { $0.sessions },
        .int("others") { $0.sessions.count { !$0.isCurrent } }
    )
}

struct SessionRow: ViewModel {
    var session: Session
    var isCurrent: Bool

    static let fields = Fields<Self>(
        .text("id") { $0.session.id.description },
        .text("device") { Device.name(of: $0.session.userAgent) },
        .text("address") { $0.session.address },
        .date("lastSeen") { $0.session.lastSeen },
        .date("created") { $0.session.created },
        .bool("isCurrent") { $0.isCurrent }
    )
}

/// Reads from a browser's long name what its owner would call it.
enum Device {
    static func name(of userAgent: String) -> String {
        let browser =
            [
                ("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"),
                ("Safari/", "Safari"),
            ]
            .first { userAgent.contains($0.0) }?.1
        let system =
            [
                ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
                ("Mac OS X", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux"),
            ].first { userAgent.contains($0.0) }?.1
        switch (browser, system) {
        case (let browser?, let system?): return "\(browser) on \(system)"
        case (let browser?, nil): return browser
        case (nil, let system?): return "A browser on \(system)"
        case (nil, nil): return userAgent.isEmpty ? "Unknown device" : String(userAgent.prefix(40))
        }
    }
}
