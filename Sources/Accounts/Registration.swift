import FoundationEssentials
import Web

/// What somebody typed to get an account, and the rules for it.
struct Registration: Sendable {
    var username: String
    var email: String
    var password: String

    init(_ form: Form) {
        username = form.trimmed("username")
        email = form.trimmed("email")
        password = form["password"] ?? ""
    }

    init(username: String, email: String, password: String) {
        self.username = username
        self.email = email
        self.password = password
    }

    /// What is wrong with which field, in words that say how to put it right; empty when all is well.
    var faults: [String: String] {
        var faults: [String: String] = [:]
        if let fault = usernameFault { faults["username"] = fault }
        if let fault = emailFault { faults["email"] = fault }
        if let fault = passwordFault { faults["password"] = fault }
        return faults
    }

    private var usernameFault: String? {
        guard !username.isEmpty else { return "Choose a username." }
        guard (2...32).contains(username.utf8.count) else { return "A username has 2 to 32 characters." }
        let letters = username.utf8.allSatisfy {
            ($0 >= 48 && $0 <= 57) || ($0 >= 65 && $0 <= 90) || ($0 >= 97 && $0 <= 122) || $0 == 45 || $0 == 95
        }
        guard letters, let first = username.utf8.first, first != 45, first != 95 else {
            return "A username has letters a to z, digits, - and _, and begins with a letter or digit."
        }
        return nil
    }

    private var emailFault: String? {
        guard !email.isEmpty else { return "Give your email address." }
        let parts = email.split(separator: "@", omittingEmptySubsequences: false)
        let plain = email.utf8.allSatisfy { $0 > 32 && $0 != 127 && $0 != 60 && $0 != 62 && $0 != 44 && $0 != 59 }
        guard plain, email.utf8.count <= 254, parts.count == 2, !parts[0].isEmpty, parts[0].utf8.count <= 64,
            !parts[1].isEmpty, !parts[1].hasPrefix("."), !parts[1].hasSuffix("."), !parts[1].contains("..")
        else { return "This does not look like an email address. It has the form name@example.org." }
        return nil
    }

    private var passwordFault: String? {
        guard !password.isEmpty else { return "Choose a password." }
        guard password.count >= 8 else {
            return "A password has at least 8 characters. A few unrelated words are good."
        }
        guard password.utf8.count <= 1_024 else { return "A password has at most 1,024 bytes." }
        let lowered = password.lowercased()
        guard lowered != username.lowercased(), lowered != email.lowercased(), !Self.common.contains(lowered) else {
            return "This password is one of the first that a stranger would try. Choose another."
        }
        return nil
    }

    /// The passwords of eight and more characters that lists of stolen ones begin with.
    private static let common: Set<String> = [
        "password", "12345678", "123456789", "1234567890", "qwertyui", "qwertyuiop", "password1", "iloveyou",
        "11111111", "abcd1234", "1q2w3e4r", "sunshine", "princess", "football", "baseball", "trustno1", "superman",
        "passw0rd", "letmein1", "00000000", "88888888", "asdfghjkl", "changeme", "administrator",
    ]
}
