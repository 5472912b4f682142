import Glibc

/// Reading what is in a folder.
enum FolderReading {
    /// Gives each name in a folder but `.` and `..`, whatever bytes it has, until `body` says that it is enough. True when
    /// all were given; nil when the folder can't be read.
    static func names(in folder: Descriptor, _ body: ([UInt8]) -> Bool) -> Bool? {
        // Read by another descriptor, which closedir closes; this one's place in the folder stays where it is.
        let copy = openat(folder.number, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard copy >= 0 else { return nil }
        guard let stream = fdopendir(copy) else {
            close(copy)
            return nil
        }
        defer { closedir(stream) }
        while true {
            errno = 0
            guard let entry = readdir(stream) else { return errno == 0 }
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
            guard name != [0x2E], name != [0x2E, 0x2E] else { continue }
            guard body(name) else { return false }
        }
    }
}
