public import RunProtocol

/// Kinds of pictures that a browser shows and that can do nothing: no SVG, which may hold scripts.
public enum Picture: String, Sendable {
    /// Portable Network Graphics.
    case png = "image/png"
    /// JPEG.
    case jpeg = "image/jpeg"
    /// GIF.
    case gif = "image/gif"
    /// WebP.
    case webp = "image/webp"

    /// The kind that a file's name says; nil for none of these.
    public init?(path: ProjectPath) {
        switch path.fileExtension {
        case "png": self = .png
        case "jpg", "jpeg": self = .jpeg
        case "gif": self = .gif
        case "webp": self = .webp
        default: return nil
        }
    }
}
