import FoundationEssentials
public import Templating
public import Web

/// Names the signed-in reader of a request for the frame; set by the session middleware.
public enum FrameUserKey: RequestKey {
    /// The reader as the frame names them.
    public typealias Value = Frame.User
}

/// Names how the reader of a request likes pages to look; set by the feature that keeps it.
public enum FrameLookKey: RequestKey {
    /// The look of this request's pages.
    public typealias Value = Frame.Look
}

/// Turns a view model into an answer: the frame around it, the page inside.
public struct Pages: Sendable {
    /// The templates, for features to look their pages up at start.
    public let library: TemplateLibrary
    /// Where the site is mounted: empty, or `/carrel`.
    public let basePath: String
    private let assets: String
    private let importMap: String
    private let siteName: String
    private let sameOrigin: SameOrigin
    private let flashes: Flashes

    /// - Parameter assetVersion: changes whenever a static file changes; browsers keep assets by it for a year.
    public init(
        library: TemplateLibrary,
        basePath: String,
        assetVersion: String,
        siteName: String,
        sameOrigin: SameOrigin,
        flashes: Flashes
    ) {
        self.library = library
        self.basePath = basePath
        self.siteName = siteName
        self.sameOrigin = sameOrigin
        self.flashes = flashes
        assets = "\(basePath)/assets/\(assetVersion)"
        importMap =
            #"{"imports":{"codemirror":"\#(assets)/vendor/codemirror/index.js","xterm":"\#(assets)/vendor/xterm/index.js"}}"#
    }

    /// The page with its frame. Takes the flash message of this request, if there is one.
    public func show<Model>(
        _ page: Page<Model>,
        _ model: Model,
        to request: Request,
        status: Status = .ok
    ) throws -> Response {
        .html(try page.render(model, shared: frame(for: request)), status: status)
    }

    /// An address for a link: the base path and a path below it.
    public func url(_ path: String) -> String { basePath + path }

    /// Sends the reader on, with a sentence for the next page.
    public func seeOther(_ path: String, _ flash: Flash, for request: Request) throws -> Response {
        var response = Response.seeOther(path)
        try flashes.put(flash, on: &response, for: request)
        return response
    }

    /// What is wrong with a form of this page, if the reader comes from sending it.
    public func fault(of form: String, for request: Request) -> (typed: String, message: String)? {
        guard let flash = flashes.take(request), let fault = flash.fault, fault.form == form else { return nil }
        return (fault.typed, flash.text)
    }

    private func frame(for request: Request) -> Frame {
        // What is told at a form's field is not told a second time above.
        let flash = flashes.take(request).flatMap { $0.fault == nil ? $0 : nil }.map {
            Frame.Notice(
                kind: $0.kind.rawValue,
                text: $0.text,
                actionLabel: $0.actionLabel,
                actionPath: $0.actionPath.map(url)
            )
        }
        return Frame(
            base: basePath,
            assets: assets,
            importMap: importMap,
            nonce: request.nonce,
            csrf: sameOrigin.token(for: request),
            name: siteName,
            user: request[FrameUserKey.self],
            flash: flash,
            path: request.path,
            requestID: request.id,
            look: request[FrameLookKey.self] ?? .standard
        )
    }
}

extension Pages {
    /// A form again, with what was typed and what is wrong with it; scripts get the problem as it is.
    public func show<Model>(
        _ page: Page<Model>,
        _ model: Model,
        to request: Request,
        problem: Problem
    ) throws -> Response {
        guard !request.prefersJSON else { throw problem }
        var response = try show(page, model, to: request, status: problem.status)
        problem.headers.forEach { response.headers.add($0, $1) }
        return response
    }
}
