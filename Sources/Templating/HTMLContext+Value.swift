extension HTMLContext {
    /// What an attribute's value means to a browser.
    enum AttributeKind: Equatable {
        case plain
        case address
        /// Code or markup, or something else that escaping can't make safe.
        case forbidden(String)
    }

    /// How a value may stand at the present place.
    enum ValuePlace: Equatable {
        case text
        /// In a quoted attribute, textarea or title.
        case plain
        case address(Address.Part)
        case json
        case jsonString
    }

    private static let addressAttributes: Set<String> = [
        "href", "src", "action", "formaction", "poster", "data", "cite", "background", "xlink:href", "longdesc", "ping",
        "manifest", "codebase",
    ]
    private static let animations: Set<String> = [
        "animate", "set", "animatetransform", "animatemotion", "animatecolor",
    ]

    var kind: AttributeKind {
        let name = String(decoding: attribute, as: UTF8.self)
        let tag = String(decoding: element, as: UTF8.self)
        if Self.addressAttributes.contains(name) { return .address }
        if name.hasPrefix("on") { return .forbidden("The attribute \"\(name)\" is a script.") }
        switch name {
        case "style": return .forbidden("The attribute \"style\" is CSS.")
        case "srcdoc": return .forbidden("The attribute \"srcdoc\" is a page of its own.")
        case "srcset", "imagesrcset": return .forbidden("The attribute \"\(name)\" is a list of addresses.")
        case "type" where tag == "script": return .forbidden("The type decides how a script is read.")
        case "http-equiv": return .forbidden("The attribute \"http-equiv\" is an instruction to the browser.")
        default: break
        }
        if Self.animations.contains(tag) { return .forbidden("<\(tag)> can change any attribute.") }
        return .plain
    }

    /// Where a value would stand now; throws when none can. `isNumber`: it prints digits only.
    mutating func placeForValue(isNumber: Bool) throws(ContextProblem) -> ValuePlace {
        switch place {
        case .text: return .text
        case .plainText where endMatch == 0: return .plain
        case .json where endMatch == 0: return .json
        case .jsonString(isEscaped: false) where endMatch == 0: return .jsonString
        case .plainText, .json, .jsonString:
            throw ContextProblem("A value can't follow what may be an end tag or an escape.")
        case .rawText:
            let name = String(decoding: element, as: UTF8.self)
            throw ContextProblem(
                "A value can't stand inside <\(name)>.",
                hint: name == "script"
                    ? "Put it into a data- attribute or a <script type=\"application/json\">." : nil
            )
        case .comment:
            throw ContextProblem(
                "A value can't stand inside an HTML comment.",
                hint: "Comments of the template itself are {# … #}."
            )
        case .declaration, .markup: throw ContextProblem("A value can't stand inside a \"<!\" declaration.")
        case .tagOpen, .endTagOpen, .tagName: throw ContextProblem("A value can't be part of a tag's name.")
        case .inTag, .attributeName, .afterAttributeName:
            throw ContextProblem(
                "A value can't be an attribute or part of its name.",
                hint: "Write name=\"{{ … }}\", or {% if … %}name{% endif %}."
            )
        case .beforeValue, .unquotedValue:
            throw ContextProblem("An attribute with a value in it needs quotes.", hint: "Write name=\"{{ … }}\".")
        case .value: return try placeInAttribute(isNumber: isNumber)
        }
    }

    private mutating func placeInAttribute(isNumber: Bool) throws(ContextProblem) -> ValuePlace {
        if isEndTag { throw ContextProblem("An end tag has no attributes.") }
        let wasContent = attribute.elementsEqual("content".utf8)
        switch kind {
        case .forbidden(let reason):
            throw ContextProblem("A value can't stand here. \(reason)")
        case .plain:
            if wasContent, element.elementsEqual("meta".utf8), !isNumber { hasDynamicContent = true }
            valueHasDynamicPart = true
            return .plain
        case .address:
            let part = try address.partForValue()
            valueHasDynamicPart = true
            address.takeValue()
            return .address(part)
        }
    }
}
