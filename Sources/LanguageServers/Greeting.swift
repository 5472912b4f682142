import Web

/// How we introduce ourselves to a language server, and what we read of its answer.
enum Greeting {
    /// What we say we can do: plain text everywhere, no snippets, no making or renaming of files, nothing asked of us.
    static func parameters(home: String) -> JSONValue {
        let uri = JSONValue.string(ProjectURI.folder(home))
        return [
            "processId": .null,
            "clientInfo": ["name": "Carrel"],
            "rootPath": .string(home),
            "rootUri": uri,
            "workspaceFolders": [["uri": uri, "name": "project"]],
            "capabilities": [
                "general": ["positionEncodings": ["utf-16"]],
                "workspace": [
                    "workspaceEdit": ["documentChanges": true],
                    "didChangeWatchedFiles": ["dynamicRegistration": false],
                    "configuration": true,
                    "workspaceFolders": true,
                ],
                "textDocument": [
                    "synchronization": ["didSave": false],
                    "completion": [
                        "completionItem": [
                            "snippetSupport": false,
                            "documentationFormat": ["plaintext"],
                            "resolveSupport": ["properties": ["documentation", "detail"]],
                        ],
                        "contextSupport": true,
                    ],
                    "hover": ["contentFormat": ["plaintext"]],
                    "signatureHelp": [
                        "signatureInformation": [
                            "documentationFormat": ["plaintext"],
                            "parameterInformation": ["labelOffsetSupport": true],
                            "activeParameterSupport": true,
                        ]
                    ],
                    "definition": ["linkSupport": false],
                    "references": [:],
                    "rename": ["prepareSupport": false],
                    "publishDiagnostics": ["relatedInformation": false],
                ],
            ],
        ]
    }

    /// What the server says it can do.
    static func abilities(_ capabilities: JSONValue) -> ServerConversation.Abilities {
        func letters(_ value: JSONValue?) -> [String] {
            (value?.elements ?? []).prefix(20).compactMap(\.text).filter { (1...4).contains($0.utf8.count) }
        }
        let completion = capabilities["completionProvider"]
        let signature = capabilities["signatureHelpProvider"]
        var abilities = ServerConversation.Abilities(
            completionTriggers: letters(completion?["triggerCharacters"]),
            signatureTriggers: letters(signature?["triggerCharacters"]),
            resolvesCompletions: completion?["resolveProvider"] == .bool(true)
        )
        let providers = [
            "completionProvider": "textDocument/completion", "hoverProvider": "textDocument/hover",
            "signatureHelpProvider": "textDocument/signatureHelp", "definitionProvider": "textDocument/definition",
            "referencesProvider": "textDocument/references", "renameProvider": "textDocument/rename",
        ]
        for (provider, method) in providers {
            switch capabilities[provider] {
            case nil, .null, .bool(false): continue
            default: abilities.methods.insert(method)
            }
        }
        return abilities
    }
}
