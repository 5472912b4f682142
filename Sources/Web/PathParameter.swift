/// A type that a path component can stand for, as in `/projects/{project}`.
public protocol PathParameter: Sendable {
    /// Nil when the component can't be such a value; the address then leads nowhere.
    init?(pathComponent: String)
}

extension String: PathParameter {
    /// The component as it is, any text.
    public init?(pathComponent: String) { self = pathComponent }
}

extension Int: PathParameter {
    /// Plain decimal digits without sign or leading zero, so that one thing has one address.
    public init?(pathComponent: String) {
        guard let value = Int(pathComponent), value >= 0, String(value) == pathComponent else { return nil }
        self = value
    }
}
