import AgentProtocol
import CDisks
import Glibc
import Threads
import UnixSocket

/// An open file that is closed when nobody needs it any more.
final class Descriptor: Sendable {
    let number: Int32

    /// Nil when opening failed; errno says why.
    init?(_ number: Int32) {
        guard number >= 0 else { return nil }
        self.number = number
    }

    deinit { close(number) }

    /// The beginning of what the kernel tells in this file, which is all it has to say in any that are read here.
    var text: String {
        let bytes = [UInt8](unsafeUninitializedCapacity: 16 * 1024) { buffer, count in
            count = max(0, read(number, buffer.baseAddress, buffer.count))
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// Why a disk could not be laid into a container.
struct DiskFault: Error, CustomStringConvertible {
    let step: String
    let code: Int32

    var description: String { "\(step): \(String(cString: strerror(code)))" }

    /// Whether it is the file system on the disk that can't be understood.
    var isDamage: Bool { step == "mount" && [EINVAL, EUCLEAN, EBADMSG, EIO].contains(code) }
}

/// The first process of a container, held by its folder in /proc: should it end and its number come to name another
/// process, nothing of that one is found here.
struct ContainerProcess {
    private let number: Int32
    private let folder: Descriptor
    /// The user outside that the container's root is.
    private let root: UInt32

    /// Nil when that process isn't the agent of this container, as the kernel sees it: it has ended, or the container is
    /// a sandbox with a kernel of its own.
    init?(_ number: Int32, of container: String) {
        guard let folder = Descriptor(open("/proc/\(number)", O_RDONLY | O_DIRECTORY | O_CLOEXEC)) else { return nil }
        self.number = number
        self.folder = folder
        var link = [CChar](repeating: 0, count: Int(PATH_MAX))
        let length = readlinkat(folder.number, "exe", &link, link.count)
        let program = link.prefix(max(0, length))
        guard String(decoding: program.map(UInt8.init(bitPattern:)), as: UTF8.self).hasSuffix("/sbin/carrel-agent"),
            Self.text("cgroup", in: folder)?.contains(container) == true,
            // "         0     100000      65536": inside, outside, how many.
            let line = Self.text("uid_map", in: folder)?.split(separator: "\n").first,
            case let words = line.split(separator: " "), words.count == 3, words[0] == "0", let root = UInt32(words[1])
        else { return nil }
        self.root = root
    }

    private static func text(_ name: String, in folder: Descriptor) -> String? {
        Descriptor(openat(folder.number, name, O_RDONLY | O_CLOEXEC))?.text
    }

    /// Mounts a disk image over the home in the container, as its user's own.
    func attach(_ image: Descriptor) throws(DiskFault) {
        guard let namespace = Descriptor(openat(folder.number, "ns/mnt", O_RDONLY | O_CLOEXEC)) else {
            throw DiskFault(step: "open the container", code: errno)
        }
        let owner = root + Launch.user
        let done = Monitor<DiskFault??>(nil)
        let refusal = OwnThread.start {
            var step: UnsafePointer<CChar>?
            let result = carrel_attach_disk(image.number, namespace.number, Launch.home, owner, &step)
            let fault = result == 0 ? nil : DiskFault(step: step.map { String(cString: $0) } ?? "", code: -result)
            done.withLock { $0 = .some(fault) }
        }
        if let refusal { throw DiskFault(step: "start a thread", code: refusal.code) }
        if let fault = done.wait(until: nil, { $0 }) ?? nil { throw fault }
    }

    /// The connection that its agent has ready for another runner; nil while it has none ready.
    func door() -> UnixStream? {
        let descriptor = carrel_take_descriptor(number, folder.number, AgentCommand.door)
        return descriptor < 0 ? nil : UnixStream(adopting: descriptor)
    }
}
