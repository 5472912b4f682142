public import FoundationEssentials

/// One named value of a view model.
///
/// The makers are inlinable so that a feature's own `{ $0.path }` is compiled into the reader: rendering then loads the
/// one property it needs instead of copying the whole model.
public struct Field<Model>: Sendable {
    @usableFromInline let name: String
    @usableFromInline let source: FieldSource

    @inlinable init(_ name: String, _ source: FieldSource) {
        self.name = name
        self.source = source
    }
}

extension Field {
    /// A text, escaped wherever it is printed.
    @inlinable public static func text(_ name: String, _ value: @escaping @Sendable (Model) -> String) -> Self {
        Field(name, .text({ value($0.assumingMemoryBound(to: Model.self).pointee) }, isOptional: false))
    }

    /// A text that may be missing; prints nothing then, and an `if` on it is false (also when it is empty).
    @inlinable public static func optionalText(_ name: String, _ value: @escaping @Sendable (Model) -> String?) -> Self
    {
        Field(name, .text({ value($0.assumingMemoryBound(to: Model.self).pointee) }, isOptional: true))
    }

    /// A whole number; an `if` on it is false at 0.
    @inlinable public static func int(_ name: String, _ value: @escaping @Sendable (Model) -> Int) -> Self {
        Field(name, .int({ value($0.assumingMemoryBound(to: Model.self).pointee) }, isOptional: false))
    }

    /// A whole number that may be missing; an `if` on it asks whether it is there, also when it is 0.
    @inlinable public static func optionalInt(_ name: String, _ value: @escaping @Sendable (Model) -> Int?) -> Self {
        Field(name, .int({ value($0.assumingMemoryBound(to: Model.self).pointee) }, isOptional: true))
    }

    /// A yes or no, for `if`; it can't be printed.
    @inlinable public static func bool(_ name: String, _ value: @escaping @Sendable (Model) -> Bool) -> Self {
        Field(name, .bool({ value($0.assumingMemoryBound(to: Model.self).pointee) }))
    }

    /// A moment, printed in UTC by the filters `date`, `datetime` and `iso`.
    @inlinable public static func date(_ name: String, _ value: @escaping @Sendable (Model) -> Date) -> Self {
        Field(
            name,
            .date({ value($0.assumingMemoryBound(to: Model.self).pointee).timeIntervalSince1970 }, isOptional: false)
        )
    }

    /// A moment that may be missing.
    @inlinable public static func optionalDate(_ name: String, _ value: @escaping @Sendable (Model) -> Date?) -> Self {
        Field(
            name,
            .date({ value($0.assumingMemoryBound(to: Model.self).pointee)?.timeIntervalSince1970 }, isOptional: true)
        )
    }

    /// Trusted markup, printed as it is; only where HTML may stand.
    @inlinable public static func html(_ name: String, _ value: @escaping @Sendable (Model) -> HTML) -> Self {
        Field(name, .html({ value($0.assumingMemoryBound(to: Model.self).pointee).text }))
    }

    /// A JSON document already encoded as text, for `{{ name | json }}` in `<script type="application/json">`.
    @inlinable public static func json(_ name: String, _ value: @escaping @Sendable (Model) -> String) -> Self {
        Field(name, .json({ value($0.assumingMemoryBound(to: Model.self).pointee) }))
    }

    /// Another view model, read as `name.field`.
    @inlinable public static func record<Record: ViewModel>(
        _ name: String,
        _ type: Record.Type,
        _ value: @escaping @Sendable (Model) -> Record
    ) -> Self {
        let reader: FieldSource.RecordReader = { instance, body in
            withUnsafePointer(to: value(instance.assumingMemoryBound(to: Model.self).pointee)) { body(Instance($0)) }
        }
        return Field(name, .record(reader, isOptional: false, RecordShape(type)))
    }

    /// A view model that may be missing; `name.field` prints nothing then.
    @inlinable public static func optionalRecord<Record: ViewModel>(
        _ name: String,
        _ type: Record.Type,
        _ value: @escaping @Sendable (Model) -> Record?
    ) -> Self {
        let reader: FieldSource.RecordReader = { instance, body in
            if let record = value(instance.assumingMemoryBound(to: Model.self).pointee) {
                withUnsafePointer(to: record) { body(Instance($0)) }
            }
        }
        return Field(name, .record(reader, isOptional: true, RecordShape(type)))
    }

    /// Rows for a `for`; each is a view model.
    @inlinable public static func list<Row: ViewModel>(
        _ name: String,
        of type: Row.Type,
        _ value: @escaping @Sendable (Model) -> [Row]
    ) -> Self {
        let reader: FieldSource.ListReader = { instance, body in
            value(instance.assumingMemoryBound(to: Model.self).pointee).withUnsafeBufferPointer { rows in
                body(rows.baseAddress.map { Instance($0) }, rows.count)
            }
        }
        return Field(name, .list(reader, stride: MemoryLayout<Row>.stride, RecordShape(type)))
    }

    /// Plain texts for a `for`; the loop's name is the text itself.
    @inlinable public static func texts(_ name: String, _ value: @escaping @Sendable (Model) -> [String]) -> Self {
        let reader: FieldSource.ListReader = { instance, body in
            value(instance.assumingMemoryBound(to: Model.self).pointee).withUnsafeBufferPointer { texts in
                body(texts.baseAddress.map { Instance($0) }, texts.count)
            }
        }
        return Field(name, .texts(reader))
    }
}
