import Web

/// A file that a form carries.
public struct Sent {
    let field: String
    let name: String
    let bytes: [UInt8]

    /// A file with these bytes, from the form's field of that name.
    public init(_ name: String, _ bytes: [UInt8], field: String = "files") {
        self.field = field
        self.name = name
        self.bytes = bytes
    }

    /// A file with this text.
    public init(_ name: String, _ text: String) { self.init(name, Array(text.utf8)) }

    /// What a form for archives sends.
    public static func archive(_ bytes: [UInt8]) -> Sent { Sent("archive.zip", bytes, field: "archive") }
}

extension TestClient {
    /// Posts a form with files, as a browser without scripts does, or for JSON as the site's scripts do.
    public func send(
        _ files: [Sent],
        _ fields: [String: String] = [:],
        to path: String,
        accept: String = "text/html"
    ) throws -> TestAnswer {
        var body: [UInt8] = []
        for (name, value) in fields.merging(["_csrf": try token()], uniquingKeysWith: { own, _ in own }) {
            body += Array("--b0undary\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8)
        }
        for file in files {
            let head = "form-data; name=\"\(file.field)\"; filename=\"\(file.name)\""
            body += Array("--b0undary\r\nContent-Disposition: \(head)\r\nContent-Type: text/html\r\n\r\n".utf8)
            body += file.bytes + [13, 10]
        }
        body += Array("--b0undary--\r\n".utf8)
        return send(
            .post,
            path,
            headers: [
                "Accept": accept, "Content-Type": "multipart/form-data; boundary=b0undary",
                "Origin": "http://carrel.test", "Sec-Fetch-Site": "same-origin",
            ],
            body: body
        )
    }
}
