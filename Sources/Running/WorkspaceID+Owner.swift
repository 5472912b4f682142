public import Accounts
public import Projects
public import RunProtocol
public import SiteKit

extension WorkspaceID {
    /// Those who may edit a project share its workspace. Who may only run it has one of their own, which nobody else
    /// uses: what their programs leave there would come back into the project with the next run of an editor, and a
    /// program of theirs could read what an editor's terminal knows, or stop it.
    ///
    /// Numbers of projects stay below 2^32, so that no two workspaces have one number.
    public init(of project: Project, for person: Account.ID) {
        let number = UInt64(project.id.rawValue)
        let isShared = project.role?.may(.edit) == true
        self.init(isShared ? number : UInt64(person.rawValue) << 32 | number)
    }

    /// Whose it is: the project, and the person whose own it is; nil for the one of all who may edit the project.
    public var owner: (project: Project.ID, person: Account.ID?) {
        let person = Int(value >> 32)
        return (Project.ID(Int(value & 0xFFFF_FFFF)), person == 0 ? nil : Account.ID(person))
    }
}
