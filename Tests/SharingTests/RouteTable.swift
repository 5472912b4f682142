/// What every address of the site answers to whom.
///
/// A line is a method, an address, and what is answered to the owner, an editor, a runner and a reader of a project; to
/// somebody signed in who is no member, where the project is public (by its link: unlisted) and where it is private; and
/// to a signed-out person, the same two. `in` is to be led to sign-in (303 there, or 401 where something is changed).
/// Behind it stands the body of a form, of JSON, or the query.
enum RouteTable {
    struct Line: Sendable {
        let method: String
        let address: String
        let answers: [String]
        let body: String

        var route: String { "\(method) \(address)" }

        /// Whether no project is another one after that answer.
        func changesNothing(_ answer: String) -> Bool {
            method == "GET" || !address.contains("{") || ["in", "403", "404"].contains(answer)
        }
    }

    static let lines: [Line] = text.split(separator: "\n").map { line in
        let words = line.split(separator: " ", maxSplits: 10, omittingEmptySubsequences: true).map(String.init)
        return Line(
            method: words[0],
            address: words[1],
            answers: Array(words[2..<10]),
            body: words.count > 10 ? String(words[10].drop { $0 == " " }) : ""
        )
    }

    private static let text = """
        GET  /                                                303 303 303 303 303 303 200 200
        GET  /healthz                                         200 200 200 200 200 200 200 200
        GET  /api                                             200 200 200 200 200 200 200 200
        GET  /api/openapi.json                                200 200 200 200 200 200 200 200
        GET  /sign-up                                         303 303 303 303 303 303 200 200
        POST /sign-up                                         422 422 422 422 422 422 422 422
        GET  /sign-in                                         303 303 303 303 303 303 200 200
        POST /sign-in                                         422 422 422 422 422 422 422 422
        GET  /setup/{token}                                   404 404 404 404 404 404 404 404
        POST /setup/{token}                                   404 404 404 404 404 404 404 404
        GET  /account/sessions                                200 200 200 200 200 200 in  in
        POST /account/sessions/revocations                    303 303 303 303 303 303 in  in
        POST /account/sessions/{session}/revocation           404 404 404 404 404 404 in  in
        GET  /account/tokens                                  200 200 200 200 200 200 in  in
        POST /account/tokens                                  422 422 422 422 422 422 in  in
        POST /account/tokens/{token}/revocation               404 404 404 404 404 404 in  in
        GET  /admin/languages                                 404 404 404 404 404 404 in  in
        POST /admin/languages/{language}/availability         404 404 404 404 404 404 in  in
        GET  /admin/templates                                 404 404 404 404 404 404 in  in
        POST /admin/templates                                 404 404 404 404 404 404 in  in  project={project}&summary=x
        POST /admin/templates/{project}/deletion              404 404 404 404 404 404 in  in
        POST /projects/{project}/template/deletion            404 403 403 403 403 404 in  in
        GET  /projects                                        200 200 200 200 200 200 in  in
        POST /projects                                        422 422 422 422 422 422 in  in
        GET  /projects/new                                    200 200 200 200 200 200 in  in
        GET  /projects/deleted                                200 200 200 200 200 200 in  in
        GET  /projects/{project}                              303 303 303 303 303 404 in  in
        GET  /projects/{project}/files/{path...}              200 200 200 200 303 404 in  in
        GET  /projects/{project}/files.json                   200 200 200 200 404 404 in  in
        GET  /files/{file}/content                            200 200 200 200 404 404 in  in
        GET  /documents/{document}                            200 200 200 200 404 404 in  in
        GET  /documents/{document}/updates                    200 200 200 200 404 404 in  in  ?since=0
        POST /projects/{project}/files                        303 303 403 403 403 404 in  in  path=new.py
        POST /projects/{project}/arrangements                 303 303 403 403 403 404 in  in  act=delete&entry=main.py
        POST /files/{file}/path                               303 303 403 403 404 404 in  in  path=other.py
        POST /files/{file}/deletion                           303 303 403 403 404 404 in  in
        POST /files/{deleted}/restoration                     303 303 403 403 404 404 in  in
        GET  /documents/{document}/updates/latest             200 200 200 200 404 404 in  in
        POST /documents/{document}/text                       303 303 403 403 404 404 in  in  text=x&version=0
        POST /documents/{document}/updates                    200 200 403 403 404 404 in  in  {push}
        POST /documents/{document}/formats                    503 503 403 403 404 404 in  in  {}
        POST /documents/{document}/formats/{name}/reversal    404 404 403 403 404 404 in  in
        GET  /projects/{project}/deleted-files                200 200 403 403 403 404 in  in
        GET  /projects/{project}/settings                     200 403 403 403 403 404 in  in
        POST /projects/{project}/star                         303 303 303 303 404 404 in  in
        POST /projects/{project}/star/deletion                303 303 303 303 404 404 in  in
        POST /projects/{project}/name                         303 403 403 403 403 404 in  in  name=Other
        POST /projects/{project}/deletion                     303 403 403 403 403 404 in  in
        POST /projects/{project}/restoration                  303 403 403 403 403 404 in  in
        GET  /projects/{project}/run-settings                 200 403 403 403 403 404 in  in
        POST /projects/{project}/run-settings                 303 403 403 403 403 404 in  in  command=
        POST /projects/{project}/secrets                      303 403 403 403 403 404 in  in  name=KEY&value=x
        POST /secrets/{secret}/deletion                       303 404 404 404 404 404 in  in
        POST /projects/{project}/runs                         201 201 201 403 403 404 in  in  {"file":"main.py"}
        POST /projects/{project}/intelligence                 200 200 200 403 403 404 in  in  {"kind":"sync","path":"main.py","version":0}
        POST /projects/{project}/checks                       200 200 200 403 403 404 in  in  {"file":"main.py"}
        POST /projects/{project}/terminals                    201 201 403 403 403 404 in  in  {}
        GET  /projects/{project}/runs                         200 200 200 200 404 404 in  in
        GET  /runs/{run}                                      200 200 200 200 404 404 in  in
        GET  /runs/{run}/output                               200 200 200 200 404 404 in  in
        GET  /runs/{run}/output.txt                           200 200 200 200 404 404 in  in
        POST /runs/{run}/input                                503 503 403 403 404 404 in  in  {}
        POST /runs/{run}/size                                 503 503 403 403 404 404 in  in  {"rows":24,"columns":80}
        POST /runs/{run}/cancellation                         503 503 403 403 404 404 in  in
        GET  /projects/{project}/workspace                    200 200 200 200 404 404 in  in
        POST /projects/{project}/workspace/deletion           503 503 503 403 403 404 in  in
        GET  /live                                            200 200 200 200 404 404 in  in  ?c=project/{project}
        GET  /projects/{project}/members                      200 403 403 403 403 404 in  in
        POST /projects/{project}/members                      303 403 403 403 403 404 in  in  username=mallory&role=reader
        POST /projects/{project}/members/{member}/role        303 403 403 403 403 404 in  in  role=runner
        POST /projects/{project}/members/{member}/removal     303 403 403 403 403 404 in  in
        POST /projects/{project}/invitations                  201 403 403 403 403 404 in  in  role=reader&days=7&uses=1
        POST /invitations/{invitation}/revocation             303 404 404 404 404 404 in  in
        POST /projects/{project}/visibility                   303 403 403 403 403 404 in  in  visibility=private
        POST /projects/{project}/archive                      303 403 403 403 403 404 in  in
        POST /projects/{project}/archive/deletion             303 403 403 403 403 404 in  in
        POST /projects/{project}/transfer                     303 403 403 403 403 404 in  in  member={member}
        POST /projects/{project}/transfer/acceptance          303 303 303 303 404 404 in  in
        POST /projects/{project}/transfer/deletion            404 404 404 404 404 404 in  in
        GET  /projects/{project}/membership                   303 200 200 200 404 404 in  in
        POST /projects/{project}/membership/deletion          409 303 303 303 404 404 in  in
        GET  /invitations/{token}                             404 404 404 404 404 404 in  in
        POST /invitations/{token}/acceptance                  404 404 404 404 404 404 in  in
        GET  /@{owner}/{slug}                                 303 303 303 303 200 404 200 404
        GET  /@{owner}/{slug}/files/{path...}                 303 303 303 303 200 404 200 404
        GET  /shared/{key}                                    303 303 303 303 200 404 200 404
        GET  /shared/{key}/files/{path...}                    303 303 303 303 200 404 200 404
        GET  /@{owner}/{slug}/content/{path...}               200 200 200 200 200 404 200 404
        GET  /shared/{key}/content/{path...}                  200 200 200 200 200 404 200 404
        POST /projects/{project}/forks                        303 303 303 303 303 404 in  in
        POST /shared/{key}/forks                              303 303 303 303 303 404 in  in
        POST /@{owner}/{slug}/runs                            303 303 303 303 503 404 in  in  file=main.py
        POST /shared/{key}/runs                               303 303 303 303 503 404 in  in  file=main.py
        GET  /account/preferences                             200 200 200 200 200 200 in  in
        POST /account/preferences                             422 422 422 422 422 422 in  in  theme=pink
        GET  /projects/import                                 200 200 200 200 200 200 in  in
        POST /projects/imports                                422 422 422 422 422 422 in  in
        GET  /projects/{project}/transfer                     200 200 200 200 404 404 in  in
        GET  /projects/{project}/files.zip                    200 200 200 200 404 404 in  in
        POST /projects/{project}/uploads                      422 422 403 403 403 404 in  in
        POST /projects/{project}/imports                      422 422 403 403 403 404 in  in
        GET  /files/{file}/download                           200 200 200 200 404 404 in  in
        GET  /files/{file}/picture                            200 200 200 200 404 404 in  in
        GET  /files/{file}/hex                                200 200 200 200 404 404 in  in
        GET  /files/{file}/text                               200 200 200 200 404 404 in  in
        GET  /files/{file}/table                              200 200 200 200 404 404 in  in
        GET  /files/{file}/rendered                           200 200 200 200 404 404 in  in
        GET  /projects/{project}/search                       200 200 200 200 404 404 in  in  ?q=night
        GET  /projects/{project}/symbols.json                 200 200 200 200 404 404 in  in
        POST /projects/{project}/replacements                 422 422 403 403 403 404 in  in
        POST /projects/{project}/replacements/{name}/reversal 404 404 403 403 403 404 in  in
        GET  /api/v2                                          200 200 200 200 200 200 200 200
        GET  /api/v2/piston                                   200 200 200 200 200 200 200 200
        POST /sign-out                                        303 303 303 303 303 303 303 303
        """
}
