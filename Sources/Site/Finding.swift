/// One thing that the operator's command line looked at.
struct Finding {
    let subject: String
    /// What is wrong and how to put it right; nil when all is well.
    let fault: String?
    /// What there is to say when all is well.
    let detail: String
}
