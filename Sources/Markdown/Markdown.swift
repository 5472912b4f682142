import CCmark

/// Makes HTML of Markdown that anybody may have written.
///
/// HTML in the text is left out, and no address gets into the result but those that two questions give. Footnotes and
/// automatic links are not read, because of how long the library can take over them. Headings have no ids, so that
/// nothing in a text can pass for a part of the page.
public struct Markdown {
    /// Where a link leads, given what is written; nil leaves its words without a link.
    public typealias Link = (String) -> String?
    /// Where a picture is, given what is written; nil makes a link of it, or just its words.
    public typealias Picture = (String) -> String?

    private static let options = CMARK_OPT_DEFAULT | CMARK_OPT_VALIDATE_UTF8
    /// The library fills every row up to the number of its table's columns. A text that could have more cells than this
    /// is read without tables.
    private static let mostCells = 50_000

    /// The library keeps a list of its own, which is filled once.
    private static let isReady: Void = cmark_gfm_core_extensions_ensure_registered()

    /// The library writes the address and title of a definition out wherever it is used. A text in which that could come
    /// to more bytes than this is not read.
    private static let mostExpansion = 20_000_000

    /// The HTML of a text, without anything around it; nil for a text that is made to become huge.
    public static func html(_ text: String, link: Link, picture: Picture) -> String? {
        _ = isReady
        guard expansion(of: text) <= mostExpansion, let parser = cmark_parser_new(options) else { return nil }
        defer { cmark_parser_free(parser) }
        for name in mayHaveTables(text) ? ["table", "strikethrough"] : ["strikethrough"] {
            if let found = cmark_find_syntax_extension(name) { cmark_parser_attach_syntax_extension(parser, found) }
        }
        cmark_parser_feed(parser, text, text.utf8.count)
        guard let root = cmark_parser_finish(parser) else { return nil }
        defer { cmark_node_free(root) }
        // Pictures first: what becomes of one may be a link.
        for node in nodes(of: root, kind: CMARK_NODE_IMAGE) { settle(picture: node, picture, link) }
        for node in nodes(of: root, kind: CMARK_NODE_LINK) { settle(link: node, link) }
        guard let rendered = cmark_render_html(root, options, cmark_parser_get_syntax_extensions(parser)) else {
            return nil
        }
        defer { cmark_get_default_mem_allocator().pointee.free(rendered) }
        return String(cString: rendered)
    }

    /// At most so many bytes come of definitions: those of every paragraph that could hold one, for every bracket.
    private static func expansion(of text: String) -> Int {
        var (definitions, paragraph, mayDefine, uses) = (0, 0, false, 0)
        var previous: UInt8 = 10
        for byte in text.utf8 where byte != 13 {
            if byte == 10, previous == 10 {
                if mayDefine { definitions += paragraph }
                (paragraph, mayDefine) = (0, false)
            }
            if byte == UInt8(ascii: "[") { uses += 1 }
            if byte == UInt8(ascii: ":"), previous == UInt8(ascii: "]") { mayDefine = true }
            paragraph += 1
            previous = byte
        }
        if mayDefine { definitions += paragraph }
        return definitions * uses
    }

    private static func mayHaveTables(_ text: String) -> Bool {
        let lines = text.utf8.split(omittingEmptySubsequences: false) { $0 == 10 || $0 == 13 }
        let columns = lines.lazy.map { line in line.count { $0 == UInt8(ascii: "|") } + 1 }.max() ?? 0
        return columns * lines.count <= mostCells
    }

    private typealias Node = OpaquePointer

    private static func nodes(of root: Node, kind: cmark_node_type) -> [Node] {
        guard let walk = cmark_iter_new(root) else { return [] }
        defer { cmark_iter_free(walk) }
        var found: [Node] = []
        while case let event = cmark_iter_next(walk), event != CMARK_EVENT_DONE {
            guard event == CMARK_EVENT_ENTER, let node = cmark_iter_get_node(walk) else { continue }
            if cmark_node_get_type(node) == kind { found.append(node) }
        }
        return found
    }

    private static func settle(picture node: Node, _ picture: Picture, _ link: Link) {
        let written = cmark_node_get_url(node).map { String(cString: $0) } ?? ""
        if let address = picture(written) {
            cmark_node_set_url(node, address)
        } else if !isInLink(node), link(written) != nil, let made = cmark_node_new(CMARK_NODE_LINK) {
            cmark_node_set_url(made, written)
            while let child = cmark_node_first_child(node) { cmark_node_append_child(made, child) }
            cmark_node_replace(node, made)
            cmark_node_free(node)
        } else {
            unwrap(node)
        }
    }

    private static func settle(link node: Node, _ link: Link) {
        let written = cmark_node_get_url(node).map { String(cString: $0) } ?? ""
        if let address = link(written) { cmark_node_set_url(node, address) } else { unwrap(node) }
    }

    private static func isInLink(_ node: Node) -> Bool {
        var parent = cmark_node_parent(node)
        while let next = parent {
            if cmark_node_get_type(next) == CMARK_NODE_LINK { return true }
            parent = cmark_node_parent(next)
        }
        return false
    }

    /// Leaves what is in a node in its place.
    private static func unwrap(_ node: Node) {
        while let child = cmark_node_first_child(node) { cmark_node_insert_before(node, child) }
        cmark_node_free(node)
    }
}
